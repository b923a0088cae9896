// Heads of the audit trail that are kept outside the database.
#include "service/audit_heads.hpp"

#include "service/filter_command.hpp"
#include "service/head_watch.hpp"
#include "tests/journeys/command_clinic.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

struct watched {
  command_clinic c;
  service::event_log log{-1, c.home.app().world.now};
  service::head_watch watch{{c.home.app().desk,
                             c.home.app().world,
                             log,
                             c.home.parts().keys(),
                             c.path("heads"),
                             {"/bin/sh", "-c", "cat >>" + c.path("elsewhere")}}};
};

std::size_t lines_in(std::string const& text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(AuditHeads, AreAppendedOnlyWhenTheTrailHasMoved) {
  watched w;
  w.watch.write();
  EXPECT_FALSE(std::filesystem::exists(w.c.path("heads")));
  w.c.submit(1);
  w.watch.write();
  auto const first = read_text_file(w.c.path("heads"));
  EXPECT_EQ(lines_in(first), 1U);
  w.watch.write();
  EXPECT_EQ(read_text_file(w.c.path("heads")), first);
  w.c.submit(1);
  w.watch.write();
  auto const second = read_text_file(w.c.path("heads"));
  EXPECT_TRUE(second.starts_with(first));
  EXPECT_EQ(lines_in(second), 2U);
  EXPECT_EQ(read_text_file(w.c.path("elsewhere")), second);
}

TEST(AuditHeads, ALineThatWasCutOffSpoilsNoneAfterIt) {
  watched w;
  w.c.submit(1);
  w.watch.write();
  auto const first = read_text_file(w.c.path("heads"));
  std::ofstream(w.c.path("heads"), std::ios::app) << first.substr(0, first.size() / 2);
  w.c.submit(1);
  w.watch.write();
  auto const reading = service::read_heads(read_text_file(w.c.path("heads")),
                                           service::head_signer(w.c.home.parts().keys()));
  EXPECT_EQ(reading.heads.size(), 2U);
  EXPECT_EQ(reading.cut_lines, 1U);
  EXPECT_TRUE(reading.bad_lines.empty());
  auto const verified = w.c.run({"audit", "verify", "--heads", w.c.path("heads")});
  EXPECT_EQ(verified.code, 0) << verified.said;
  EXPECT_TRUE(says(verified, "1 lines were cut off")) << verified.said;
  std::ofstream(w.c.path("heads"), std::ios::trunc).close();
  auto const empty = w.c.run({"audit", "verify", "--heads", w.c.path("heads")});
  EXPECT_EQ(empty.code, 1);
  EXPECT_TRUE(says(empty, "holds no signed head")) << empty.said;
}

TEST(AuditHeads, APlaceThatFailsKeepsNothingFromTheOther) {
  command_clinic c;
  service::event_log log{-1, c.home.app().world.now};
  service::head_watch watch({c.home.app().desk,
                             c.home.app().world,
                             log,
                             c.home.parts().keys(),
                             "/dev/full",
                             {"/bin/sh", "-c", "cat >>" + c.path("elsewhere")}});
  c.submit(1);
  watch.write();
  EXPECT_EQ(lines_in(read_text_file(c.path("elsewhere"))), 1U);
  EXPECT_EQ(watch.failures(), 1);
  watch.write();
  EXPECT_EQ(lines_in(read_text_file(c.path("elsewhere"))), 1U) << "it has that one";
  EXPECT_EQ(watch.failures(), 2);
}

TEST(AuditHeads, AreComparedByTheCommandThatVerifies) {
  watched w;
  w.c.submit(2);
  w.watch.write();
  auto const verify = [&] { return w.c.run({"audit", "verify", "--heads", w.c.path("heads")}); };
  auto const whole = verify();
  EXPECT_EQ(whole.code, 0) << whole.said;
  EXPECT_TRUE(says(whole, "signed heads were compared")) << whole.said;

  w.c.home.rows().sql(
      "TRUNCATE audit_event, audit_head, submission, submission_version, part, wrapped_key, "
      "search_token");
  EXPECT_EQ(w.c.run({"audit", "verify"}).code, 0);
  auto const removed = verify();
  EXPECT_EQ(removed.code, 1);
  EXPECT_TRUE(says(removed, "entry 1: from here on, entries are missing")) << removed.said;
}

TEST(AuditHeads, AFileThatWasChangedIsNotBelieved) {
  watched w;
  w.c.submit(1);
  w.watch.write();
  auto text = read_text_file(w.c.path("heads"));
  auto const signer = service::head_signer(w.c.home.parts().keys());
  ASSERT_EQ(service::read_heads(text, signer).heads.size(), 1U);
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    auto changed = text;
    changed[at] ^= 1;
    auto const reading = service::read_heads(changed, signer);
    EXPECT_TRUE(reading.heads.empty() || changed[at] == '\n') << at;
  }
  auto const cut = service::read_heads(text + text.substr(0, 100), signer);
  EXPECT_EQ(cut.heads.size(), 1U);
  EXPECT_TRUE(cut.bad_lines.empty());
  text[30] ^= 1;
  std::ofstream(w.c.path("heads")) << text;
  auto const refused = w.c.run({"audit", "verify", "--heads", w.c.path("heads")});
  EXPECT_EQ(refused.code, 1);
  EXPECT_TRUE(says(refused, "line 1: not a head that this installation has signed"));
}

TEST(AuditHeads, ACommandThatFailsOrHangsIsAnError) {
  using std::chrono::milliseconds;
  EXPECT_NO_THROW(
      service::feed_command({"/bin/sh", "-c", "grep -q two"}, "one\ntwo\n", milliseconds(5000)));
  EXPECT_THROW(service::feed_command({"/bin/false"}, "x", milliseconds(5000)), std::runtime_error);
  EXPECT_THROW(service::feed_command({"/nonexistent"}, "x", milliseconds(5000)),
               std::runtime_error);
  EXPECT_THROW(service::feed_command({"/bin/sleep", "5"}, "x", milliseconds(50)),
               std::runtime_error);
}

}  // namespace
}  // namespace intake::tests
