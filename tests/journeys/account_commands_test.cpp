#include "tests/journeys/command_clinic.hpp"

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
