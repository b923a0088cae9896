#include "service/config.hpp"

#include <cstdio>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

config_result read(std::string toml, std::map<std::string, std::string> environment = {}) {
  return read_config({"/etc/intake/intake.toml", std::move(toml), std::move(environment)});
}

struct wrong_case {
  std::string_view name;
  std::string_view toml;
  std::size_t line;
  std::size_t column;
  std::string_view says;
};

void PrintTo(wrong_case const& c, std::ostream* out) {
  *out << c.name;
}

class ConfigProblem : public testing::TestWithParam<wrong_case> {};

TEST_P(ConfigProblem, IsNamedAtItsPlace) {
  auto const& wrong = GetParam();
  auto const result = read(std::string(wrong.toml));
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].line, wrong.line);
  EXPECT_EQ(result.problems[0].column, wrong.column);
  EXPECT_THAT(to_text(result.problems[0]), testing::HasSubstr(std::string(wrong.says)));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ConfigProblem,
    testing::Values(
        wrong_case{"unknown key", "[server]\nprot = 8443\n", 2, 1,
                   R"(unknown key "prot" in [server])"},
        wrong_case{"unknown section", "[sever]\nport = 1\n", 1, 2, "there is no such section"},
        wrong_case{"unknown section without a key", "[nosuch]\n", 1, 2, "unknown section [nosuch]"},
        wrong_case{"unknown key outside a section", "mod = \"evaluation\"\n", 1, 1,
                   R"(unknown key "mod")"},
        wrong_case{"text where a number belongs", "[server]\nport = \"8443\"\n", 2, 8,
                   "whole number"},
        wrong_case{"number out of range", "[server]\nport = 70000\n", 2, 8, "from 1 to 65535"},
        wrong_case{"flag as text", "[database]\nrequire_standby = \"yes\"\n", 2, 19,
                   "true or false"},
        wrong_case{"list as text", "[fonts]\nfiles = \"a.ttf\"\n", 2, 9, "square brackets"},
        wrong_case{"not TOML", "[server\nport = 1\n", 1, 8, "TOML"},
        wrong_case{"mode", "mode = \"test\"\n", 0, 0, "evaluation"},
        wrong_case{"address", "[server]\naddress = \"localhost\"\n", 0, 0, "[server] address"},
        wrong_case{"proxy", "[server]\ntrusted_proxies = [\"foo\"]\n", 0, 0, "trusted_proxies"},
        wrong_case{"network", "[server]\ntrusted_proxies = [\"10.0.0.0/99\"]\n", 0, 0,
                   "10.0.0.0/99"},
        wrong_case{"public address", "[server]\npublic_url = \"foo\"\n", 0, 0, "public_url"},
        wrong_case{"no host", "[server]\npublic_url = \"https://\"\n", 0, 0, "public_url"},
        wrong_case{"mail server", "[delivery]\nsmtp_url = \"http://x\"\n", 0, 0, "smtp_url"},
        wrong_case{"program", "[delivery]\nmail_command = [\"sendmail\"]\n", 0, 0, "mail_command"},
        wrong_case{"usage", "[eligibility]\nusage = \"X\"\n", 0, 0, "usage"},
        wrong_case{"provider number", "[eligibility]\nnpi = \"123\"\n", 0, 0, "npi"}),
    [](auto const& each) {
      std::string name(each.param.name);
      for (auto& c : name) c = c == ' ' ? '_' : c;
      return name;
    });

TEST(Config, ReportsEveryProblemAtOnce) {
  EXPECT_EQ(read("[server]\nprot = 1\nport = 0\n[clinic]\nname = 3\n").problems.size(), 3U);
}

TEST(Config, EnvironmentOverridesTheFile) {
  auto const result = read("[server]\nport = 1000\n", {{"INTAKE_SERVER__PORT", "2000"}});
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(result.settings.server_port, 2000);
}

TEST(Config, ReadsListsFromTheEnvironment) {
  auto const proxies = [](std::string text) {
    return read("", {{"INTAKE_SERVER__TRUSTED_PROXIES", std::move(text)}})
        .settings.server_trusted_proxies;
  };
  using testing::ElementsAre;
  EXPECT_THAT(proxies("192.0.2.10, 2001:db8::/32"), ElementsAre("192.0.2.10", "2001:db8::/32"));
  EXPECT_THAT(proxies(R"(["::1", "10.0.0.0/8"])"), ElementsAre("::1", "10.0.0.0/8"));
  EXPECT_THAT(proxies(""), testing::IsEmpty());
  auto const places = read("", {{"INTAKE_CLINIC__LOCATIONS", R"(["m, America/New_York, Miami"])"}});
  EXPECT_THAT(places.settings.clinic_locations, ElementsAre("m, America/New_York, Miami"));
  for (auto const* wrong : {"[\"a\"", "[1]", "[\"a\"]\nb = 1"}) {
    EXPECT_EQ(read("", {{"INTAKE_FONTS__FILES", wrong}}).problems.size(), 1U) << wrong;
  }
}

TEST(Config, NamesAFolderWhereAFileBelongs) {
  auto const result = read("", {{"INTAKE_DATABASE__DESK_FILE", "/"}});
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_THAT(to_text(result.problems[0]), testing::HasSubstr("Is a directory"));
}

TEST(Config, ReadsASecretFromTheFileThatTheEnvironmentNames) {
  std::string const path = testing::TempDir() + "/database_secret";
  std::ofstream(path) << "host=db password=hush\n";
  auto const result = read("", {{"INTAKE_DATABASE__DESK_FILE", path}});
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(result.settings.database_desk, "host=db password=hush");
  EXPECT_THAT(print_config(result.settings), testing::Not(testing::HasSubstr("hush")));
  std::remove(path.c_str());
}

TEST(Config, PrintsNoPasswordHoweverItIsWritten) {
  struct {
    char const* name;
    char const* text;
    char const* still_shown;
  } const rows[] = {
      {"keyword", "[database]\ndesk = \"host=db password=hush\"\n", "[database]"},
      {"URI", "[database]\ndesk = \"postgresql://intake_desk:hush@db/intake\"\n", "[database]"},
      {"URI's parameter", "[database]\ndesk = \"postgresql://db/intake?password=hush\"\n",
       "[database]"},
      {"no connection string", "[database]\ndesk = \"db hush\"\n", "[database]"},
      {"webhook", "[webhook]\nurl = \"https://u:hush@x.example/a@b\"\n", "(hidden)@x.example/a@b"},
      {"webhook's secret", "[webhook]\nsecret = \"hush\"\n", "secret = '(hidden)'"},
      {"webhook's query", "[webhook]\nurl = \"https://x.example/a?key=hush\"\n",
       "https://x.example/a?(hidden)"},
      {"mail server", "[delivery]\nsmtp_url = \"smtps://u:hush@mail.example\"\n", "@mail.example"},
  };
  for (auto const& row : rows) {
    auto const printed = print_config(read(row.text).settings);
    EXPECT_THAT(printed, testing::Not(testing::HasSubstr("hush"))) << row.name;
    EXPECT_THAT(printed, testing::HasSubstr(row.still_shown)) << row.name;
  }
  EXPECT_THAT(print_config(read("[database]\ndesk = \"postgresql://db/intake\"\n").settings),
              testing::HasSubstr("postgresql://db/intake"));
}

TEST(Config, NamesAMissingSecretFileAndAnUnknownVariable) {
  EXPECT_EQ(read("", {{"INTAKE_DATABASE__DESK_FILE", "/nowhere"}}).problems.size(), 1U);
  EXPECT_EQ(read("", {{"INTAKE_SERVER__PROT", "1"}}).problems.size(), 1U);
  EXPECT_TRUE(read("", {{"INTAKE_SHARED", "x"}, {"HOME", "/root"}}).problems.empty());
}

TEST(Config, TakesRelativeFilesFromItsOwnFolder) {
  EXPECT_EQ(read("[keys]\nfile = \"k/intake.keys\"\n").settings.keys_file,
            "/etc/intake/k/intake.keys");
  EXPECT_EQ(read("[keys]\nfile = \"/run/k\"\n").settings.keys_file, "/run/k");
}

TEST(Config, PrintsWhatItReads) {
  auto const first =
      read("mode = \"production\"\n[fonts]\nfiles = [\"/a.ttf\", \"/b.ttf\"]\n").settings;
  auto const second = read(print_config(first)).settings;
  EXPECT_EQ(print_config(first), print_config(second));
  EXPECT_EQ(second.parsed_mode(), operating_mode::production);
  EXPECT_EQ(second.fonts_files, (std::vector<std::string>{"/a.ttf", "/b.ttf"}));
}

}  // namespace
}  // namespace intake::service
