#include "tests/certs/temporary_folder.hpp"
#include "tests/service/command_run.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using tests::run_command;

constexpr std::string_view request =
    R"({"envelope":{"sender":"EXAMPLECLINIC","receiver":"EXAMPLEHUB","date":"2026-11-28",)"
    R"("time":"09:58","control":17,"group_control":17},"inquiries":[{"control":"0017",)"
    R"("reference":"REQ0017","payer":{"name":"Example Mutual","id":"EXM01"},"provider":{"name":)"
    R"("Example Pain Center","npi":"1234567893"},"subscriber":{"last":"Sample","first":"Sally",)"
    R"("member_id":"EX17","birth_date":"1970-01-01","sex":"F"},)"
    R"("trace":{"number":"TRACE0017","origin":"9EXAMPLECL"},"service_date":"2026-11-30"}]})";

class X12Commands : public testing::Test {
 protected:
  std::string file(std::string const& name, std::string_view text) const {
    auto const path = (folder_ / name).string();
    std::ofstream{path, std::ios::binary} << text;
    return path;
  }

  certs::temporary_folder folder_;
};

TEST_F(X12Commands, WhatIsWrittenIsReadClean) {
  auto const written = run_command({"x12", "write-270", file("request.json", request)});
  ASSERT_EQ(written.code, 0) << written.err;
  auto const read = run_command({"x12", "read", file("asked.x12", written.out)});
  EXPECT_EQ(read.code, 0) << read.out;
  EXPECT_NE(read.out.find(R"("verdict":"clean")"), std::string::npos);
  EXPECT_NE(read.out.find(R"("number":"TRACE0017")"), std::string::npos);
  EXPECT_EQ(read.out.back(), '\n');
}

TEST_F(X12Commands, LineEndsAreWrittenWhereTheyAreAskedFor) {
  auto const written =
      run_command({"x12", "write-270", file("request.json", request), "--line-ends"});
  EXPECT_NE(written.out.find("~\nGS*"), std::string::npos);
  EXPECT_EQ(run_command({"x12", "read", file("asked.x12", written.out)}).code, 0);
}

TEST_F(X12Commands, DeviationsEndWithOneAndStrictWithTwo) {
  auto text = run_command({"x12", "write-270", file("request.json", request)}).out;
  text.replace(text.find("SE*"), 3, "SE*9");
  auto const odd = file("odd.x12", text);
  auto const tolerant = run_command({"x12", "read", odd});
  EXPECT_EQ(tolerant.code, 1);
  EXPECT_NE(tolerant.out.find(R"("code":"se-count")"), std::string::npos);
  auto const strict = run_command({"x12", "read", odd, "--strict"});
  EXPECT_EQ(strict.code, 2);
  EXPECT_NE(strict.out.find(R"("verdict":"refused")"), std::string::npos);
}

TEST_F(X12Commands, WhatIsNoX12EndsWithTwoAndSaysWhere) {
  auto const read = run_command({"x12", "read", file("page.html", "<html>Gateway timeout</html>")});
  EXPECT_EQ(read.code, 2);
  EXPECT_NE(read.out.find(R"("segment":1,"element":0,"code":"not-x12")"), std::string::npos);
}

TEST_F(X12Commands, CallsThatCannotWorkSaySo) {
  struct wrong_call {
    std::vector<std::string> arguments;
    int code;
    std::string_view says;
  };
  auto const good = file("good.x12", "ISA");
  wrong_call const cases[] = {
      {{"x12", "read", (folder_ / "none").string()}, 2, "none"},
      {{"x12", "read", good, "--date", "tomorrow"}, 2, "--date is no day"},
      {{"x12", "write-270", (folder_ / "none").string()}, 2, "none"},
      {{"x12", "write-270", file("empty.json", "{}")}, 1, "envelope"},
      {{"x12"}, 2, "subcommand"},
  };
  for (auto const& one : cases) {
    auto const ended = run_command(one.arguments);
    EXPECT_EQ(ended.code, one.code) << ended.err;
    EXPECT_NE(ended.err.find(one.says), std::string::npos) << ended.err;
    EXPECT_EQ(ended.out, "");
  }
}

}  // namespace
}  // namespace intake::service
