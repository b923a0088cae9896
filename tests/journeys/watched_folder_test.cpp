// A copy and a JSON file of every received version, each once, whatever ends the program meanwhile.
#include "service/outgoing/watched_folder.hpp"

#include "certs/digest.hpp"
#include "certs/hash_chain.hpp"
#include "certs/hex.hpp"
#include "certs/secret.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/fhir_client.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct folder_clinic {
  folder_clinic() { c.use_watched_folder((folder / ".").string(), "desk"); }
  void once() { service::outgoing::watched_folder(c.app(), counts).once(); }
  /// Every name in the folder, hidden ones too, in order.
  std::vector<std::string> names() {
    std::vector<std::string> all;
    for (auto const& each : std::filesystem::directory_iterator(folder / ".")) {
      all.push_back(each.path().filename().string());
    }
    std::ranges::sort(all);
    return all;
  }
  std::string hidden(std::string const& id, std::string const& ending) {
    return "." + id + ".1.main." + ending + ".part";
  }
  void move(std::string const& from, std::string const& to) {
    std::filesystem::rename(folder / from, folder / to);
  }

  certs::temporary_folder folder;
  clinic c;
  service::outgoing::counters counts;
};

TEST(WatchedFolder, GetsTheCopyAndWhatItIs) {
  folder_clinic w;
  auto const id = submit_sample(w.c);
  w.once();
  auto const names = w.names();
  ASSERT_THAT(names, SizeIs(2));
  EXPECT_TRUE(names[0].starts_with("intake-") && names[0].ends_with("-v1-desk.json")) << names[0];
  auto const copy = read_text_file((w.folder / names[1]).string());
  EXPECT_TRUE(copy.starts_with("%PDF-"));
  std::string hash;
  certs::append_hex(hash, certs::sha256(certs::as_bytes(copy)));
  EXPECT_THAT(
      read_text_file((w.folder / names[0]).string()),
      AllOf(HasSubstr("\"submission\":\"" + id + "\""), HasSubstr(names[1]),
            HasSubstr("\"sha256\":\"" + hash + "\""), HasSubstr("\"birthDate\":\"1951-03-08\"")));
  EXPECT_EQ(w.c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'pdf-written' AND "
                             "who = 'system' AND content IS NOT NULL AND subject = '" +
                             id + "'"),
            "1");
  EXPECT_EQ(w.c.rows().value("SELECT count(*) FROM outbox"), "0");
}

TEST(WatchedFolder, GetsEachOnceThoughItIsEmptiedAndEveryRunStartsAnew) {
  folder_clinic w;
  for (int at = 0; at < 3; ++at) submit_sample(w.c);
  w.once();
  EXPECT_THAT(w.names(), SizeIs(6));
  for (auto const& each : w.names()) std::filesystem::remove(w.folder / each);
  w.once();
  EXPECT_THAT(w.names(), IsEmpty());
  submit_sample(w.c);
  w.once();
  EXPECT_THAT(w.names(), SizeIs(2));
}

TEST(WatchedFolder, GoesOnWhereItWasInterrupted) {
  folder_clinic w;
  auto const id = submit_sample(w.c);
  // Ended while it wrote: what is there is thrown away, and made anew.
  std::ofstream(w.folder / w.hidden(id, "pdf")) << "half a cop";
  w.once();
  auto const names = w.names();
  ASSERT_THAT(names, SizeIs(2));
  auto const copy = read_text_file((w.folder / names[1]).string());
  EXPECT_TRUE(copy.starts_with("%PDF-"));
  // Ended after the row, before either name.
  w.move(names[0], w.hidden(id, "json"));
  w.move(names[1], w.hidden(id, "pdf"));
  w.once();
  EXPECT_EQ(w.names(), names);
  EXPECT_EQ(read_text_file((w.folder / names[1]).string()), copy);
  // Ended between the two names.
  w.move(names[0], w.hidden(id, "json"));
  w.once();
  EXPECT_EQ(w.names(), names);
  // Ended between the two names, and the other program was quick.
  w.move(names[0], w.hidden(id, "json"));
  std::filesystem::remove(w.folder / names[1]);
  w.once();
  EXPECT_THAT(w.names(), testing::ElementsAre(names[0]));
  // Another instance's hidden files are its own.
  std::ofstream(w.folder / ("." + id + ".1.other.pdf.part")) << "of another";
  w.once();
  EXPECT_THAT(w.names(), SizeIs(2));
}

TEST(WatchedFolder, TaskThatCameBackWritesNothingAgain) {
  folder_clinic w;
  auto const id = submit_sample(w.c);
  w.once();
  for (auto const& each : w.names()) std::filesystem::remove(w.folder / each);
  w.c.rows().sql("INSERT INTO outbox (topic, submission_id, version) VALUES ('folder', '" + id +
                 "', 1)");
  w.once();
  EXPECT_THAT(w.names(), IsEmpty());
  EXPECT_EQ(w.c.rows().value("SELECT count(*) FROM outbox"), "0");
}

TEST(WatchedFolder, WaitsForAFolderThatIsAway) {
  folder_clinic w;
  submit_sample(w.c);
  w.c.use_watched_folder((w.folder / "later").string(), "desk");
  EXPECT_THROW(w.once(), std::runtime_error);
  EXPECT_EQ(w.c.rows().value("SELECT count(*) FROM outbox"), "1");
  std::filesystem::create_directory(w.folder / "later");
  w.once();
  EXPECT_EQ(w.c.rows().value("SELECT count(*) FROM outbox"), "0");
}

TEST(WatchedFolder, GetsNoVoidRecordAndNoneThatWasDestroyed) {
  folder_clinic w;
  auto const id = submit_sample(w.c);
  w.c.sign_in("maria", db::account_role::front_desk);
  ASSERT_EQ(w.c.post_form("/desk/submissions/" + id + "/acts",
                          {{"csrf", w.c.csrf()}, {"act", "void"}, {"words", "a test"}})
                .status,
            303);
  auto const gone = submit_sample(w.c);
  w.c.rows().sql("ALTER TABLE wrapped_key DISABLE TRIGGER ALL");
  w.c.rows().sql("DELETE FROM wrapped_key WHERE submission_id = '" + gone + "'");
  w.once();
  EXPECT_THAT(w.names(), IsEmpty());
  EXPECT_EQ(w.c.rows().value("SELECT count(*) FROM outbox"), "0");
}

TEST(WatchedFolder, PutsOffWhatDoesNotOpen) {
  folder_clinic w;
  submit_sample(w.c);
  w.c.install_other_keys();
  w.once();
  EXPECT_THAT(w.names(), IsEmpty());
  EXPECT_EQ(w.c.rows().value("SELECT count(*) FROM outbox WHERE attempts = 1"), "1");
  EXPECT_THAT(w.c.logged(), HasSubstr("outbox-put-off"));
}

}  // namespace
}  // namespace intake::tests
