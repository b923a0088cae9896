// What the command line says of itself, and of what it can't take.
#include "tests/service/command_run.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::run_command;

TEST(CommandLine, NamesACommandThatThereIsNot) {
  auto const top = run_command({"nosuch"});
  EXPECT_EQ(top.code, 2);
  EXPECT_THAT(top.err, HasSubstr("There is no command 'nosuch'"));
  auto const inner = run_command({"--config", "/nowhere", "key", "nosuch", "--flag"});
  EXPECT_EQ(inner.code, 2);
  EXPECT_THAT(inner.err, HasSubstr("There is no command 'key nosuch'"));
}

TEST(CommandLine, PrintsItsVersion) {
  auto const told = run_command({"--version"});
  EXPECT_EQ(told.code, 0);
  EXPECT_THAT(told.out, HasSubstr("intake 0."));
}

TEST(CommandLine, HelpForAllHasTheOptionsOfCommandsInGroups) {
  auto const help = run_command({"--help-all"});
  EXPECT_EQ(help.code, 0);
  for (auto const* part : {"--rows-per-second", "--reason", "Usage: intake submission pdf",
                           "Usage: intake [OPTIONS]"}) {
    EXPECT_THAT(help.out, HasSubstr(part));
  }
  EXPECT_THAT(help.out, Not(HasSubstr("Processes that serve starts")));
}

TEST(CommandLine, ACopysIdsAreWrittenAsThePersonTypesThem) {
  EXPECT_THAT(run_command({"submission", "pdf", "--help"}).out, HasSubstr(" ID..."));
  EXPECT_THAT(run_command({"submission", "pdf", "--help"}).out, Not(HasSubstr("ID(1x)")));
}

TEST(CommandLine, SaysWhatAnOptionTakes) {
  auto const format = run_command({"audit", "verify", "--format", "xml"});
  EXPECT_EQ(format.code, 2);
  EXPECT_THAT(format.err, HasSubstr("--format takes text or json"));
  auto const rows = run_command({"key", "rotate", "--rows-per-second", "-5"});
  EXPECT_EQ(rows.code, 2);
  EXPECT_THAT(rows.err, HasSubstr("not in range"));
}

TEST(CommandLine, ABadNameForACertificateIsTheCallersMistake) {
  auto const folder = testing::TempDir() + "/dev-certificates";
  std::filesystem::create_directories(folder);
  auto const refused = run_command({"certs", "dev", folder, "--name", "bad name"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, Not(HasSubstr("please report it")));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace intake::service
