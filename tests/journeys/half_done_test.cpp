// A command whose result has no place to go stores nothing that nobody can use.
#include "service/command_line.hpp"
#include "tests/journeys/command_clinic.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

struct full_clinic {
  full_clinic() { std::ofstream(c.path("note")) << "a file, not a folder"; }
  std::string count(std::string const& table) {
    return c.home.rows().value("SELECT count(*) FROM " + table);
  }
  command_clinic c;
};

TEST(HalfDone, AnInvitationIsStoredOnlyWithItsSheet) {
  full_clinic f;
  std::vector<std::string> line{"invitation", "new",        "--name", "Smith, Nora",
                                "--born",     "1961-02-28", "-o",     f.c.path("note/sheet.pdf")};
  EXPECT_EQ(f.c.run(line).code, 3);
  EXPECT_EQ(f.count("invitation"), "0");
  line.back() = f.c.path("sheet.pdf");
  auto const made = f.c.run(line);
  EXPECT_EQ(made.code, 0) << made.said;
  EXPECT_EQ(f.count("invitation"), "1");
}

TEST(HalfDone, AnInvitationIsForSomebodyWhoCanBe) {
  full_clinic f;
  struct {
    char const* name;
    char const* born;
    char const* option;
    char const* value;
  } const rows[] = {{"birth date to come", "2061-02-28", "--phone", "305-555-0142"},
                    {"no mail address", "1961-02-28", "--mail", "notamail"},
                    {"no number", "1961-02-28", "--phone", "abc"}};
  for (auto const& row : rows) {
    auto const refused = f.c.run(
        {"invitation", "new", "--name", "Smith, Nora", "--born", row.born, row.option, row.value});
    EXPECT_EQ(refused.code, 2) << row.name << ": " << refused.said;
  }
  EXPECT_EQ(f.count("invitation"), "0");
}

TEST(HalfDone, ACertificatesClientIsAddedOnlyWithItsFiles) {
  full_clinic f;
  std::ofstream(f.c.path("intake.toml"), std::ios::app)
      << "[tls]\nclient_authority_file = \"authority.crt\"\n"
         "client_authority_key_file = \"authority.key\"\n";
  auto const issue = [&](char const* folder) {
    return f.c.run({"certs", "issue", "tablet", "--scope", "submit", "-o", f.c.path(folder)});
  };
  EXPECT_NE(issue("note").code, 0);
  EXPECT_EQ(f.count("client"), "0");
  std::filesystem::create_directory(f.c.path("certificates"));
  auto const made = issue("certificates");
  EXPECT_EQ(made.code, 0) << made.said;
  EXPECT_EQ(f.count("client"), "1");
}

TEST(HalfDone, AClientIsAddedOnlyWhenItsSecretIsOut) {
  full_clinic f;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> const full(std::fopen("/dev/full", "w"),
                                                             &std::fclose);
  EXPECT_EQ(
      service::run_command_line(
          {.world = f.c.home.app().world, .out = full.get(), .err = full.get(), .assets = {}},
          {"client", "add", "scanner", "--scope", "submit", "--config", f.c.path("intake.toml")},
          {}),
      3);
  EXPECT_EQ(f.count("client"), "0");
}

TEST(HalfDone, AFileThatCantBeReadIsTheCallersMistake) {
  full_clinic f;
  std::vector<std::string> const lines[] = {
      {"account", "add", "lee", "--role", "billing", "--password-file", "/nope"},
      {"audit", "verify", "--heads", "/nope"}};
  for (auto const& line : lines) EXPECT_EQ(f.c.run(line).code, 2) << line.front();
}

}  // namespace
}  // namespace intake::tests
