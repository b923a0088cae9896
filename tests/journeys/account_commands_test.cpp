#include "tests/journeys/command_clinic.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::HasSubstr;

std::string code_in(std::string const& said) {
  auto const at = said.find("good for 7 days: ");
  return at == std::string::npos ? "" : said.substr(at + 17, 11);
}

TEST(AccountCommands, SetupMakesTheFirstAdministratorOnce) {
  command_clinic c;
  auto const lost = c.run({"setup"});
  EXPECT_EQ(lost.code, 0) << lost.said;
  auto const made = c.run({"setup"});
  EXPECT_EQ(made.code, 0) << "a code that was lost: " << made.said;
  auto const choose = [&](std::string const& code) {
    return c.home
        .post_form("/desk/set-up",
                   {{"name", "admin"}, {"code", code}, {"password", "brittle walruss"}})
        .status;
  };
  EXPECT_EQ(choose(code_in(lost.said)), 401);
  EXPECT_EQ(choose(code_in(made.said)), 200);
  auto const again = c.run({"setup"});
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.said, HasSubstr("there is an administrator already"));
}

TEST(AccountCommands, TheLastAdministratorStays) {
  command_clinic c;
  c.home.add_account("root", db::account_role::administrator);
  c.home.add_account("nora", db::account_role::front_desk);
  EXPECT_EQ(c.run({"account", "disable", "root"}).code, 1);
  EXPECT_EQ(c.run({"account", "role", "root", "billing"}).code, 1);
  EXPECT_EQ(c.run({"account", "role", "nora", "administrator"}).code, 0);
  EXPECT_EQ(c.run({"account", "disable", "root"}).code, 0);
  EXPECT_EQ(c.run({"account", "disable", "nora"}).code, 1);
  EXPECT_EQ(c.run({"account", "enable", "root"}).code, 0);
  EXPECT_EQ(c.run({"account", "disable", "nora"}).code, 0);
}

TEST(AccountCommands, EveryActIsInTheTrail) {
  command_clinic c;
  struct {
    std::vector<std::string> line;
    char const* action;
  } const rows[] = {
      {{"account", "add", "lee", "--role", "billing"}, "account-added"},
      {{"account", "role", "lee", "manager"}, "account-role-changed"},
      {{"account", "reset-password", "lee"}, "account-password-reset"},
      {{"account", "reset-second-factor", "lee"}, "account-second-factor-reset"},
      {{"account", "sign-out", "lee"}, "account-signed-out"},
      {{"account", "disable", "lee"}, "account-disabled"},
      {{"account", "enable", "lee"}, "account-enabled"},
  };
  for (auto const& row : rows) {
    auto const done = c.run(row.line);
    EXPECT_EQ(done.code, 0) << row.action << ": " << done.said;
    EXPECT_EQ(c.home.rows().value("SELECT count(*) FROM audit_event e JOIN account a ON a.id = "
                                  "e.subject WHERE a.name = 'lee' AND e.action = '" +
                                  std::string(row.action) + "'"),
              "1")
        << row.action;
  }
  EXPECT_THAT(c.run({"account", "list"}).said, HasSubstr("waits for its one-time code"));
}

/// The patients' role writes the trail; without it nothing may happen that the trail does not tell.
TEST(AccountCommands, NothingHappensThatTheTrailCouldNotTell) {
  command_clinic c;
  c.home.add_account("maria", db::account_role::manager);
  ASSERT_EQ(c.run({"client", "add", "scanner", "--scope", "submit"}).code, 0);
  ASSERT_EQ(c.run({"key", "rotate"}).code, 0);
  auto const sheet = c.run({"key", "escrow", "-o", c.path("sheet")});
  ASSERT_EQ(sheet.code, 0) << sheet.said;
  auto const keys = read_text_file(c.path("intake.keys"));
  auto const state = [&] {
    return c.home.rows().value(
        "SELECT string_agg(concat_ws(' ', name, role, disabled, password_hash), ',' ORDER BY name) "
        "|| (SELECT string_agg(concat_ws(' ', id, disabled), ',' ORDER BY id) FROM client) FROM "
        "account");
  };
  auto const before = state();
  auto settings = read_text_file(c.path("intake.toml"));
  auto const role = settings.find("user=intake_portal");
  ASSERT_NE(role, std::string::npos);
  std::ofstream(c.path("mute.toml"))
      << settings.replace(role, 18, "user=nobody_here ")
             .insert(settings.find("[database]\n") + 11, "wait_seconds = 1\n");
  std::vector<std::string> const lines[] = {{"account", "role", "maria", "administrator"},
                                            {"account", "disable", "maria"},
                                            {"account", "reset-password", "maria"},
                                            {"account", "add", "lee", "--role", "billing"},
                                            {"client", "add", "ghost", "--scope", "submit"},
                                            {"client", "disable", "scanner"},
                                            {"key", "rotate"}};
  for (auto const& line : lines) {
    EXPECT_EQ(c.run(line, "mute.toml").code, 3) << line[0] << " " << line[1];
    EXPECT_EQ(state(), before) << line[0] << " " << line[1];
  }
  EXPECT_EQ(read_text_file(c.path("intake.keys")), keys);
  auto const printed = c.run({"key", "escrow"}, "mute.toml");
  EXPECT_EQ(printed.code, 0) << "keys are printed before there is a database, too";
  EXPECT_THAT(printed.said, HasSubstr("The audit trail does not tell of this"));
}

TEST(AccountCommands, KeysThatArePrintedOrPutUnderOtherWordsAreInTheTrail) {
  command_clinic c;
  std::ofstream(c.path("words")) << "correct horse battery staple\n";
  std::filesystem::permissions(c.path("words"), std::filesystem::perms::owner_read);
  ASSERT_EQ(c.run({"key", "escrow"}).code, 0);
  ASSERT_EQ(c.run({"key", "passphrase", "--new-file", c.path("words")}).code, 0);
  EXPECT_EQ(c.home.rows().value("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_event"),
            "keys-printed key-passphrase-changed");
}

TEST(AccountCommands, WhatIsNoAccountOrRoleIsSaid) {
  command_clinic c;
  EXPECT_EQ(c.run({"account", "disable", "nobody"}).code, 1);
  EXPECT_EQ(c.run({"account", "add", "lee", "--role", "owner"}).code, 2);
  EXPECT_EQ(c.run({"account", "add", "lee", "--role", "billing"}).code, 0);
  auto const taken = c.run({"account", "add", "LEE", "--role", "billing"});
  EXPECT_EQ(taken.code, 1);
  EXPECT_THAT(taken.said, HasSubstr("already"));
}

}  // namespace
}  // namespace intake::tests
