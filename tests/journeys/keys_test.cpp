// The life of a key, from the command line.
#include "certs/kek_file.hpp"
#include "db/rekey.hpp"
#include "service/key_lock.hpp"
#include "service/key_watch.hpp"
#include "tests/journeys/command_clinic.hpp"
#include "tests/support/soft_token.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

std::vector<certs::kek> keks_of(command_clinic const& c) {
  return certs::read_key_file(c.path("intake.keys")).keks;
}

std::string current_of(command_clinic const& c) {
  auto const keks = keks_of(c);
  return std::ranges::find(keks, certs::kek_state::current, &certs::kek::state)->id;
}

std::string rows_not_under(command_clinic& c, std::string const& kek) {
  return c.home.rows().value("SELECT count(*) FROM wrapped_key WHERE kek_id <> '" + kek + "'");
}

void print_sheet(command_clinic& c, std::string const& name) {
  auto const printed = c.run({"key", "escrow", "-o", c.path(name)});
  ASSERT_EQ(printed.code, 0) << printed.said;
}

TEST(Keys, ARotationGoesStepByStepAndEndsWithNoRowUnderTheOldKey) {
  command_clinic c;
  c.submit(2);
  auto const old = current_of(c);
  auto const first = c.run({"key", "rotate"});
  ASSERT_EQ(first.code, 0) << first.said;
  EXPECT_EQ(current_of(c), old);
  ASSERT_EQ(keks_of(c).size(), 2U);
  auto const made = keks_of(c).back().id;

  auto const unprinted = c.run({"key", "rotate"});
  EXPECT_EQ(unprinted.code, 4);
  EXPECT_TRUE(says(unprinted, "was never printed")) << unprinted.said;
  print_sheet(c, "sheet");

  db::note_key_reader(c.home.app().desk, {"other", {old}, old, c.home.now});
  auto const behind = c.run({"key", "rotate"});
  EXPECT_EQ(behind.code, 4);
  EXPECT_TRUE(says(behind, "do not have the new key yet: other")) << behind.said;
  db::note_key_reader(c.home.app().desk, {"other", {old, made}, old, c.home.now});

  auto const switched = c.run({"key", "rotate"});
  ASSERT_EQ(switched.code, 0) << switched.said;
  EXPECT_EQ(current_of(c), made);
  auto const early = c.run({"key", "rotate"});
  EXPECT_TRUE(says(early, "still seal with an older key: other")) << early.said;
  db::note_key_reader(c.home.app().desk, {"other", {old, made}, made, c.home.now});
  auto const last = c.run({"key", "rotate"});
  ASSERT_EQ(last.code, 0) << last.said;
  EXPECT_TRUE(says(last, "No row is under an older key.")) << last.said;
  EXPECT_EQ(rows_not_under(c, made), "0");
  EXPECT_EQ(c.run({"key", "verify"}).code, 0);
  EXPECT_EQ(c.home.rows().value("SELECT count(*) FROM audit_event WHERE action LIKE 'key-%'"), "3");
}

TEST(Keys, OneIsRetiredOnlyWhenNoRowAndNoBackupNeedsIt) {
  command_clinic c;
  c.submit(1);
  auto const old = current_of(c);
  EXPECT_EQ(c.run({"key", "retire", "kek-1"}).code, 2);
  EXPECT_TRUE(says(c.run({"key", "retire", old}), "is the current key"));
  ASSERT_EQ(c.run({"key", "rotate"}).code, 0);
  print_sheet(c, "sheet");
  ASSERT_EQ(c.run({"key", "rotate"}).code, 0);
  auto const rows = c.run({"key", "retire", old});
  EXPECT_EQ(rows.code, 4);
  EXPECT_TRUE(says(rows, "1 rows are still under")) << rows.said;
  ASSERT_EQ(c.run({"key", "rotate"}).code, 0);
  c.home.now += std::chrono::days(34);
  auto const early = c.run({"key", "retire", old});
  EXPECT_EQ(early.code, 4);
  EXPECT_TRUE(says(early, "backups that are kept")) << early.said;
  c.home.now += std::chrono::days(2);
  auto const retired = c.run({"key", "retire", old});
  EXPECT_EQ(retired.code, 0) << retired.said;
  EXPECT_EQ(keks_of(c).size(), 1U);
  EXPECT_EQ(c.run({"key", "verify"}).code, 0);
}

TEST(Keys, AreNotChangedWhileAnotherCommandChangesThem) {
  command_clinic c;
  std::ofstream(c.path("words")) << "correct horse battery staple\n";
  std::filesystem::permissions(c.path("words"), std::filesystem::perms::owner_read);
  auto const before = read_text_file(c.path("intake.keys"));
  auto other = std::make_unique<service::key_lock>(c.home.settings());
  struct {
    char const* name;
    std::vector<std::string> line;
  } const rows[] = {
      {"rotate", {"key", "rotate"}},
      {"retire", {"key", "retire", current_of(c)}},
      {"passphrase", {"key", "passphrase", "--new-file", c.path("words")}},
  };
  for (auto const& row : rows) {
    auto const refused = c.run(row.line);
    EXPECT_EQ(refused.code, 4) << row.name << ": " << refused.said;
    EXPECT_TRUE(says(refused, "another command is changing the keys")) << row.name;
    EXPECT_EQ(read_text_file(c.path("intake.keys")), before) << row.name;
  }
  other.reset();
  EXPECT_EQ(c.run({"key", "rotate"}).code, 0);
}

TEST(Keys, ASheetThatWasTypedInIsProvenAgainstTheKeyFile) {
  command_clinic c;
  print_sheet(c, "sheet");
  auto const good = c.run({"key", "verify", "--sheet", c.path("sheet")});
  EXPECT_EQ(good.code, 0) << good.said;
  EXPECT_TRUE(says(good, "brings back exactly the keys"));

  auto const file = read_text_file(c.path("intake.keys"));
  EXPECT_NE(c.run({"key", "new", "--sheet", c.path("sheet")}).code, 0);
  std::filesystem::remove(c.path("intake.keys"));
  ASSERT_EQ(c.run({"key", "new", "--sheet", c.path("sheet")}).code, 0);
  EXPECT_EQ(read_text_file(c.path("intake.keys")), file);

  auto text = read_text_file(c.path("sheet"));
  auto const at = text.find("\n  2  ") + 6;
  text[at] = text[at] == '7' ? '8' : '7';
  std::ofstream(c.path("mistyped")) << text;
  auto const mistyped = c.run({"key", "verify", "--sheet", c.path("mistyped")});
  EXPECT_EQ(mistyped.code, 2);

  ASSERT_EQ(c.run({"key", "rotate"}).code, 0);
  auto const older = c.run({"key", "verify", "--sheet", c.path("sheet")});
  EXPECT_EQ(older.code, 1);
  EXPECT_TRUE(says(older, "printed before the last rotation")) << older.said;
}

TEST(Keys, TheListSaysWhatEachOneIsForAndWhatIsMissing) {
  command_clinic c;
  c.submit(2);
  auto const listed = c.run({"key", "list"});
  EXPECT_EQ(listed.code, 0) << listed.said;
  EXPECT_TRUE(says(listed, current_of(c) + "  current")) << listed.said;
  EXPECT_TRUE(says(listed, "2 rows, 2 wraps, NOT PRINTED")) << listed.said;
  c.home.now += std::chrono::days(400);
  EXPECT_TRUE(says(c.run({"key", "list"}), "older than a year"));
  c.home.rows().sql("UPDATE wrapped_key SET kek_id = 'kek-lost'");
  auto const lost = c.run({"key", "list"});
  EXPECT_EQ(lost.code, 1);
  EXPECT_TRUE(says(lost, "kek-lost  NOT IN THE KEY FILE, 2 rows")) << lost.said;
}

TEST(Keys, VerificationFindsADataKeyThatIsThereTwiceOrDoesNotOpen) {
  command_clinic c;
  c.submit(2);
  ASSERT_EQ(c.run({"key", "verify"}).code, 0);
  c.home.rows().sql(
      "INSERT INTO wrapped_key SELECT gen_random_uuid(), 1, kek_id, wrapped FROM wrapped_key "
      "LIMIT 1");
  auto const twice = c.run({"key", "verify"});
  EXPECT_EQ(twice.code, 1);
  EXPECT_TRUE(says(twice, "TWO OF THEM ARE THE SAME")) << twice.said;
  c.home.rows().sql("UPDATE wrapped_key SET wrapped = set_byte(wrapped, 0, 1)");
  EXPECT_EQ(c.run({"key", "verify"}).code, 1);
}

// A service that runs takes the new keys without a restart, but never another installation's.
TEST(Keys, AreReadAgainWhileTheServiceRuns) {
  command_clinic c;
  c.submit(1);
  ASSERT_EQ(c.run({"key", "rotate"}).code, 0);
  EXPECT_EQ(c.home.parts().keks().ids().size(), 1U);
  auto settings = c.home.settings();
  c.home.parts().reload_keys(settings);
  EXPECT_EQ(c.home.parts().keks().ids().size(), 2U);
  settings.keys_file = c.path("other.keys");
  certs::create_key_file(settings.keys_file, certs::new_key_set(c.home.app().world));
  EXPECT_THROW(c.home.parts().reload_keys(settings), std::runtime_error);
  EXPECT_EQ(c.home.parts().keks().ids().size(), 2U);
}

void point_at_token(command_clinic const& c, std::string const& module) {
  std::ofstream(c.path("pin")) << soft_token::pin << "\n";
  std::filesystem::permissions(c.path("pin"), std::filesystem::perms::owner_read);
  auto settings = read_text_file(c.path("intake.toml"));
  settings.replace(settings.find("[keys]\n"), 7,
                   "[keys]\ntoken_module = \"" + module + "\"\ntoken_pin_file = \"pin\"\n");
  std::ofstream(c.path("intake.toml")) << settings;
}

// From the key file into a token is a rotation; from there the key file alone opens nothing.
TEST(Keys, MoveIntoATokenByARotationAndLeaveTheKeyFileEmpty) {
  auto const module = soft_token::module();
  if (module.empty()) GTEST_SKIP() << "softhsm2 is not installed";
  command_clinic c;
  c.submit(2);
  auto const old = current_of(c);
  point_at_token(c, module);
  for (int step = 0; step < 3; ++step) {
    auto const rotated = c.run({"key", "rotate"});
    ASSERT_EQ(rotated.code, 0) << rotated.said;
    if (step == 0) print_sheet(c, "sheet");
  }
  auto const listed = c.run({"key", "list"});
  EXPECT_TRUE(says(listed, "  current, in the token, made ")) << listed.said;
  EXPECT_EQ(rows_not_under(c, current_of(c)), "0");
  c.home.now += std::chrono::days(40);
  ASSERT_EQ(c.run({"key", "retire", old}).code, 0);
  auto const text = read_text_file(c.path("intake.keys"));
  EXPECT_EQ(text.find("\nkek "), std::string::npos);
  EXPECT_EQ(text.find("\nindex-root "), std::string::npos);
  auto const verified = c.run({"key", "verify"});
  EXPECT_EQ(verified.code, 0) << verified.said;
  EXPECT_TRUE(says(verified, "2 data keys open, 0 do not")) << verified.said;

  auto settings = c.home.settings();
  EXPECT_THROW(c.home.parts().reload_keys(settings), std::runtime_error);
  settings.keys_token_module = module;
  settings.keys_token_pin_file = c.path("pin");
  c.home.parts().reload_keys(settings);
  c.submit(1);
  EXPECT_EQ(rows_not_under(c, current_of(c)), "0");
}

TEST(Keys, AWornKeyRaisesAnAlarmOnceAnHourAndTheListSaysSo) {
  command_clinic c;
  auto& app = c.home.app();
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> lines(std::tmpfile(), &std::fclose);
  service::event_log const log(::fileno(lines.get()), app.world.now);
  service::key_watch watch({app.desk, app.world, c.home.parts().keks(), log, "main", 2});
  auto const alarms = [&] {
    std::string text(65536, '\0');
    std::rewind(lines.get());
    text.resize(std::fread(text.data(), 1, text.size(), lines.get()));
    std::size_t found = 0;
    for (auto at = text.find("key-worn"); at != text.npos; at = text.find("key-worn", at + 1))
      ++found;
    return found;
  };
  c.submit(2);
  watch.tell();
  EXPECT_EQ(watch.wraps(), 2);
  EXPECT_EQ(alarms(), 0U);
  c.submit(1);
  watch.tell();
  watch.tell();
  EXPECT_EQ(watch.wraps(), 3);
  EXPECT_EQ(alarms(), 1U);
  c.home.now += std::chrono::minutes(61);
  watch.tell();
  EXPECT_EQ(alarms(), 2U);
  c.home.rows().sql("UPDATE kek_wraps SET wraps = 1073741825");
  auto const listed = c.run({"key", "list"});
  EXPECT_TRUE(says(listed, "current")) << listed.said;
  EXPECT_TRUE(says(listed, "1073741825 wraps")) << listed.said;
  EXPECT_TRUE(says(listed, "WORN by too many wraps")) << listed.said;
}

}  // namespace
}  // namespace intake::tests
