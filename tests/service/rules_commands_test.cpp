// The commands about insurance rules that need no database.
#include "tests/service/command_run.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

namespace intake::service {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::run_command;

std::string const example = INTAKE_SOURCE "/forms/rules/example";

class rules_commands : public testing::Test {
 protected:
  rules_commands() : folder_(std::filesystem::temp_directory_path() / "intake-tables-XXXXXX") {
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder");
    std::filesystem::copy(example, folder_);
  }
  ~rules_commands() override { std::filesystem::remove_all(folder_); }

  void edit(std::string const& from, std::string const& to) const {
    std::ostringstream read;
    read << std::ifstream(folder_ + "/accept.csv", std::ios::binary).rdbuf();
    auto text = read.str();
    auto const at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    std::ofstream(folder_ + "/accept.csv", std::ios::binary) << text.replace(at, from.size(), to);
  }

  std::string folder_;
};

TEST_F(rules_commands, diff_of_a_set_with_itself_is_empty) {
  auto const same = run_command({"rules", "diff", example, folder_});
  EXPECT_EQ(same.code, 0) << same.err;
  EXPECT_THAT(same.out, HasSubstr("0 rows differ; 0 of "));
}

TEST_F(rules_commands, diff_names_rows_and_the_cases_that_change) {
  edit("We take this plan.", "We take this very plan.");
  auto const text = run_command({"rules", "diff", example, folder_});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("accept.csv A100 changed"), HasSubstr("1 rows differ"),
                              HasSubstr("cases of tests.csv would change"),
                              HasSubstr("T001 on 2026-11-23: accept (A100) -> accept (A100)"),
                              HasSubstr("say: We take this very plan.")));
  EXPECT_THAT(text.out, Not(HasSubstr("T005")));
  // A visit of several coverages is one case: V03's employer plan pays first.
  EXPECT_THAT(text.out, HasSubstr("V03 on "));
  auto const json = run_command({"rules", "diff", example, folder_, "--format", "json"});
  EXPECT_THAT(json.out,
              AllOf(HasSubstr(R"("tool":"intake rules diff")"), HasSubstr(R"("kind":"changed")"),
                    HasSubstr(R"("id":"T001")"), HasSubstr(R"("to_come":false)")));
}

TEST_F(rules_commands, diff_says_what_it_needs) {
  EXPECT_EQ(run_command({"rules", "diff", example}).code, 2);
  auto const hash = run_command({"rules", "diff", example, "3f9c2a71"});
  EXPECT_EQ(hash.code, 2);
  EXPECT_THAT(hash.err, AllOf(HasSubstr("is not a folder"), HasSubstr("--config")));
  edit("We take this plan.", "");
  auto const bad = run_command({"rules", "diff", example, folder_});
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.err, HasSubstr("accept.csv, row 14"));
}

TEST_F(rules_commands, decide_explains_row_contract_and_near_misses) {
  auto const text = run_command({"rules", "decide", example, "payer=example_blue",
                                 "plan_name=Blue Care", "accident_kind=none", "age=44"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("A102 (accept.csv, row "), HasSubstr("contract K101"),
                              HasSubstr("would be accepted if referral = yes (A101)")));
  EXPECT_EQ(run_command({"rules", "decide", example, "accident_kind=meteor"}).code, 2);
}

TEST_F(rules_commands, decide_takes_the_names_of_the_tables) {
  auto const decided = [](std::string const& accident) {
    return run_command({"rules", "decide", example, "payer=example_blue", "Plan name=Blue Care",
                        accident, "referral_given=yes", "date=2026-11-23", "state=Georgia"});
  };
  auto const text = decided("accident=work");
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("A010 (accept.csv, row "));
  EXPECT_EQ(text.out, decided("accident_kind=work").out);
}

struct wrong_fact {
  std::string said;
  std::string err;
};

TEST_F(rules_commands, decide_refuses_what_is_no_fact) {
  wrong_fact const cases[] = {
      {"acident=work", "Did you mean accident?"},
      {"pln_name=Blue Care", "Did you mean plan_name?"},
      {"band=2", "Possible: payer, plan_name"},
      {"note=x", "Possible: "},
      {"expect_rule=A100", "Possible: "},
      {"=x", "Possible: "},
      {"state=Ontario", "the value of state is not understood"},
  };
  for (auto const& one : cases) {
    auto const text = run_command({"rules", "decide", example, "payer=example_blue", one.said});
    EXPECT_EQ(text.code, 2) << one.said;
    EXPECT_EQ(text.out, "") << one.said;
    EXPECT_THAT(text.err, HasSubstr(one.err)) << one.said;
  }
}

TEST_F(rules_commands, what_needs_a_database_says_which_configuration_is_missing) {
  std::vector<std::vector<std::string>> const commands{{"rules", "list"},
                                                       {"rules", "replay"},
                                                       {"rules", "return"},
                                                       {"rules", "import", example},
                                                       {"rules", "activate", "3f9c2a71"}};
  for (auto command : commands) {
    command.insert(command.end(), {"--config", folder_ + "/none.toml"});
    auto const result = run_command(command);
    EXPECT_EQ(result.code, 2);
    EXPECT_THAT(result.err, HasSubstr("--config FILE"));
  }
}

}  // namespace
}  // namespace intake::service
