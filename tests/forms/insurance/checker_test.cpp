#include "forms/insurance/checker.hpp"

#include "forms/json_reader.hpp"
#include "tests/forms/insurance/rule_files.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using testing::check;
using testing::example_files;
using ::testing::HasSubstr;
using testing::places;
using testing::rule_files;
using testing::small_files;
using testing::with;

finding only(check_report const& report, std::string_view code) {
  finding found;
  for (auto const& one : report.found) {
    if (one.code == code) found = one;
  }
  EXPECT_EQ(found.code, code) << to_text(report);
  return found;
}

TEST(checker, finds_nothing_wrong_with_the_example) {
  auto const report = check(example_files());
  for (auto const& one : report.found) {
    if (one.level == severity::note) continue;
    ADD_FAILURE() << place_of(one) << ": " << one.message << " [" << one.code << ']';
  }
  EXPECT_TRUE(report.good());
  EXPECT_EQ(report.tests_failed, 0U);
  EXPECT_GT(report.tests_run, 80U);
  EXPECT_GT(report.plans_listed, 15U);
  EXPECT_GT(report.plans_accepted * 100 / report.plans_listed, 50U);
}

struct edit_case {
  char const* name;
  char const* file;
  char const* from;
  char const* to;
  char const* code;
  char const* column;
};

class checker_edits : public ::testing::TestWithParam<edit_case> {};

TEST_P(checker_edits, are_found_in_their_place) {
  auto const& one = GetParam();
  auto const report = check(with(one.file, one.from, one.to));
  auto const found = only(report, one.code);
  EXPECT_EQ(found.file, one.file);
  EXPECT_EQ(found.column_name, one.column);
  EXPECT_GT(found.row, 0U);
  EXPECT_FALSE(found.message.empty());
}

INSTANTIATE_TEST_SUITE_P(
    example, checker_edits,
    ::testing::Values(
        edit_case{"unknown_payer", "contracts.csv", "K100,example_blue", "K100,example_blu",
                  "unknown-payer", "payer"},
        edit_case{"unknown_payer_in_accept", "accept.csv", "A100,2,2022-01-01,,kind:commercial",
                  "A100,2,2022-01-01,,example_blew", "unknown-payer", "payer"},
        edit_case{"unknown_kind", "accept.csv", "kind:commercial", "kind:comercial",
                  "unknown-value", "payer"},
        edit_case{"unknown_column", "accept.csv", "rule,band", "rool,band", "missing-column",
                  "rule"},
        edit_case{"unknown_value", "accept.csv", "ppo|epo|pos|indemnity", "ppo|epo|poss|indemnity",
                  "unknown-value", "product"},
        edit_case{"unknown_outcome", "accept.csv", "not_accepted", "refused", "unknown-value",
                  "outcome"},
        edit_case{"bad_range", "accept.csv", ",0-14,", ",14-0,", "bad-range", "first_care_day"},
        edit_case{"range_became_a_date", "accept.csv", ",0-14,", ",14-Jan,", "bad-range",
                  "first_care_day"},
        edit_case{"bad_date", "contracts.csv", "2025-12-31", "2025-02-31", "bad-date", "valid_to"},
        edit_case{"us_date", "contracts.csv", "2025-12-31", "12/31/2025", "date-style", "valid_to"},
        edit_case{"dates_swapped", "contracts.csv", "2024-01-01,2025-12-31",
                  "2025-12-31,2024-01-01", "bad-range", "valid_to"},
        edit_case{"unknown_requirement", "accept.csv", "pcp_name;referral_number",
                  "pcp_nome;referral_number", "unknown-reference", "requires"},
        edit_case{"unknown_format", "payers.csv", "bcbs_member", "bcbs_menber", "unknown-reference",
                  "id_format"},
        edit_case{"bad_pattern", "id_formats.csv", "N{11}", "[0-9]{11}", "bad-pattern", "pattern"},
        edit_case{"failing_example", "id_formats.csv", "1EG4-TE5-MK73;", "1EG4-TE5-MK7S;",
                  "failing-example", "good_examples"},
        edit_case{"good_number_among_bad", "id_formats.csv", "1SG4-TE5-MK73", "1EG4-TE5-MK74",
                  "failing-example", "bad_examples"},
        edit_case{"doubled_rule", "accept.csv", "A101,", "A100,", "doubled-id", "rule"},
        edit_case{"doubled_payer_differs", "payers.csv", "tricare_east,,,,99727",
                  "tricare_east,TRICARE,,,99727", "payer-differs", "name"},
        edit_case{"payer_number_twice", "payers.csv", "2025-01-01", "2024-12-01", "double-validity",
                  "id_from"},
        edit_case{"payer_number_hole", "payers.csv", "2025-01-01", "2025-02-01", "date-hole",
                  "id_from"},
        edit_case{"contract_twice", "contracts.csv", "K102,example_blue,Example Blue Local HMO",
                  "K102,example_blue,Example Blue Care HMO", "double-validity", "valid_from"},
        edit_case{"failing_test", "tests.csv", "A100,accept,in", "A100,review,in", "failing-test",
                  "expect_outcome"},
        edit_case{"failing_visit", "tests.csv", "in,ask_staff,accept_with_conditions",
                  "in,medicare,accept_with_conditions", "failing-test", "expect_first"},
        edit_case{"test_with_nonsense", "tests.csv", "none,44", "meteor,44", "unknown-value",
                  "accident_kind"},
        edit_case{"missing_language", "accept.csv", "Nou pran plan sa a.", "", "missing-language",
                  "patient_ht"},
        edit_case{"missing_english", "accept.csv", "We take this plan.", "", "empty-cell",
                  "patient_en"},
        edit_case{"sends_away", "accept.csv", "We take this plan.", "Please do not come.",
                  "sends-away", "patient_en"},
        edit_case{"promises", "accept.csv", "We take this plan.", "Fully covered.", "promises",
                  "patient_en"},
        edit_case{"catch_all_accepts", "accept.csv",
                  "A999,9,,,any,any,any,any,any,any,any,any,any,any,any,review",
                  "A999,9,,,any,any,any,any,any,any,any,any,any,any,any,accept",
                  "catch-all-missing", "outcome"},
        edit_case{"catch_all_speaks_first", "accept.csv", "A999,9", "A999,0", "catch-all-missing",
                  "band"},
        edit_case{"purpose", "meta.csv", "purpose,example", "purpose,demo", "unknown-value",
                  "value"},
        edit_case{"shared_alias", "payers.csv", "Example Mutual Insurance", "Ex Blue",
                  "shared-name", "aliases"},
        edit_case{"id_that_is_an_alias", "payers.csv", "Example Mutual Insurance", "Example_Blue",
                  "shared-name", "aliases"},
        edit_case{"id_that_is_an_alias_only", "payers.csv", "Example Mutual Insurance", "Auto PIP",
                  "shared-name", "payer"},
        edit_case{"payer_number_of_a_spreadsheet", "payers.csv", "EX101", "1.20E+46",
                  "unknown-value", "payer_id"},
        edit_case{"payer_number_with_a_slip", "payers.csv", "EX101", "12#4", "unknown-value",
                  "payer_id"},
        edit_case{"claim_filing_without_its_zero", "payers.csv", "81,09,", "81,9,", "unknown-value",
                  "claim_filing"},
        edit_case{"claim_filing_in_words", "payers.csv", "81,09,", "81,cash,", "unknown-value",
                  "claim_filing"},
        edit_case{"source_of_payment_of_a_kitchen", "payers.csv", "511,HM", "banana,HM",
                  "unknown-value", "source_of_payment"},
        edit_case{"claim_filing_differs", "payers.csv", "2025-01-01,,,,,", "2025-01-01,,,,CI,",
                  "payer-differs", "claim_filing"},
        edit_case{"source_of_payment_differs", "payers.csv", "2025-01-01,,,,,", "2025-01-01,,,5,,",
                  "payer-differs", "source_of_payment"},
        edit_case{"test_with_a_us_date", "tests.csv", "2026-11-23,A100", "11/23/2026,A100",
                  "date-style", "date_of_service"},
        edit_case{"test_with_another_date", "tests.csv", "2026-11-23,A100", "23.11.2026,A100",
                  "bad-date", "date_of_service"},
        edit_case{"test_without_a_date", "tests.csv", "2026-11-23,A100", ",A100", "empty-cell",
                  "date_of_service"},
        edit_case{"test_in_no_state", "tests.csv", ",none,44,,,,,", ",none,44,,,,Ontario,",
                  "unknown-value", "state"},
        edit_case{"cob_both_ways", "cob.csv", "C080,80,,,commercial,commercial,any,self",
                  "C080,80,,,commercial,commercial,any,any", "cob-both-ways", "first"},
        edit_case{"spreadsheet_error", "contracts.csv", "Example Blue Select PPO", "#NAME?",
                  "spreadsheet-error", ""}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(checker, shows_an_overlap_with_an_input) {
  auto const report =
      check(small_files("A1,1,p,hmo|ppo,any,any,any,any,any,accept,We take it.\n"
                        "A2,1,p,ppo|pos,any,any,18-,any,any,review,Staff will check.\n"
                        "A3,1,q,ppo,any,any,any,any,any,accept,We take it.\n"));
  auto const found = only(report, "overlap");
  EXPECT_EQ(found.row, 3U);
  EXPECT_THAT(found.message, HasSubstr("A2 and A1 (row 2), both in band 1"));
  EXPECT_THAT(found.message, HasSubstr("payer p, product ppo"));
  EXPECT_THAT(found.message, HasSubstr("age 18 or more"));
  EXPECT_EQ(places(report.found, "overlap"), "accept.csv:3:rule");
}

TEST(checker, calls_nothing_an_overlap_that_cannot_happen) {
  auto const report =
      check(small_files("A1,1,p,any,any,none,any,any,any,accept,We take it.\n"
                        "A2,1,p,any,any,any,any,any,0-14,review,Staff will check.\n"));
  EXPECT_EQ(places(report.found, "overlap"), "") << to_text(report);
}

TEST(checker, finds_rows_that_never_speak) {
  auto const report =
      check(small_files("A1,1,p,hmo,any,any,any,any,any,accept,We take it.\n"
                        "A2,1,p,!hmo,any,any,0-64,any,any,accept,We take it.\n"
                        "A3,1,p,!hmo,any,any,65-|unknown,any,any,accept,We take it.\n"
                        "A4,2,p,any,any,auto,any,any,any,review,Staff will check.\n"
                        "A5,2,q,any,any,any,any,any,any,accept,We take it.\n"));
  EXPECT_EQ(places(report.found, "masked-row"), "accept.csv:5:rule");
  EXPECT_THAT(only(report, "masked-row").message, HasSubstr("A1, A2, A3"));
}

TEST(checker, finds_rows_that_cannot_happen) {
  auto const report = check(small_files(
      "A1,1,p,prime,any,any,any,any,any,accept,TRICARE products for a commercial payer.\n"
      "A2,1,p,any,any,none,any,any,0-14,accept,Days without an accident.\n"
      "A3,1,unknown,any,in,any,any,any,any,accept,A network of nobody.\n"
      "A4,1,p,ppo,any,auto,any,any,0-14,accept,Fine.\n"));
  EXPECT_EQ(places(report.found, "dead-row"),
            "accept.csv:2:rule accept.csv:3:rule accept.csv:4:rule");
}

TEST(checker, names_the_gaps_of_a_payer_with_an_input) {
  auto files = small_files(
      "A1,1,p,ppo|epo|pos|indemnity|other|unknown,any,any,any,any,any,accept,We take it.\n"
      "A2,1,p,hmo,any,any,any,yes|no,any,accept,We take it.\n");
  auto const report = check(files);
  std::string text;
  for (auto const& one : report.found) {
    if (one.code == "gap") text += fmt::format("{}:{} {}\n", one.file, one.row, one.message);
  }
  EXPECT_THAT(text,
              HasSubstr("payers.csv:2 Some visits with Plan P are left to the catch-all row"));
  EXPECT_THAT(text, HasSubstr("product hmo"));
  EXPECT_THAT(text, HasSubstr("referral unknown"));
  EXPECT_THAT(text, HasSubstr("payers.csv:3 No row speaks of Plan Q"));
}

TEST(checker, sees_a_hole_between_two_rows_of_one_case) {
  auto files = small_files("");
  files["accept.csv"] =
      "rule,band,payer,valid_from,valid_to,outcome,patient_en\n"
      "A1,1,p,2026-01-01,2026-06-30,accept,We take it.\n"
      "A2,1,p,2026-08-01,,accept,We take it.\n"
      "Z9,9,any,,,review,Staff will check.\n";
  auto const report = check(files);
  EXPECT_THAT(only(report, "date-hole").message, HasSubstr("from 2026-07-01 to 2026-07-31"));
  EXPECT_EQ(places(report.found, "ended-row"), "accept.csv:2:valid_to");
}

TEST(checker, names_every_mistake_of_every_file_in_one_run) {
  auto files = example_files();
  files["payers.csv"] += "oops\n";
  files["accept.csv"] += "B1,x,,,nobody,hmmo\n";
  files["contracts.csv"] += "K1;p;x\n";
  auto const report = check(files);
  EXPECT_FALSE(report.set.has_value());
  for (auto const* code :
       {"empty-cell", "bad-number", "unknown-payer", "unknown-value", "bad-id"}) {
    EXPECT_NE(places(report.found, code), "") << code;
  }
}

TEST(checker, survives_files_that_are_no_tables) {
  std::string const strange[] = {"",
                                 "\n\n\n",
                                 "PK\x03\x04",
                                 std::string(1000, '\0'),
                                 "\"",
                                 "a;b;c\n1;2;3\n",
                                 "rule\n",
                                 std::string(200'000, ','),
                                 "\xEF\xBB\xBF",
                                 "=cmd|' /C calc'!A0"};
  for (auto const& [name, text] : example_files()) {
    for (auto const& bad : strange) {
      auto files = example_files();
      files[name] = bad;
      auto const report = check(files);
      bool const optional_table = report.set.has_value();
      EXPECT_FALSE(report.good() && !optional_table) << name;
      EXPECT_FALSE(to_json_lines(report, "1").empty());
    }
  }
  EXPECT_FALSE(check({}).good());
}

TEST(checker, misses_the_catch_all_of_an_empty_table) {
  auto files = small_files("");
  files["accept.csv"] = "rule,band,payer,outcome,patient_en\n";
  auto const report = check(files);
  EXPECT_EQ(places(report.found, "catch-all-missing"), "accept.csv:0:rule");
}

TEST(checker, stops_naming_what_nobody_reads) {
  std::string rows;
  for (int i = 0; i < 300; ++i) {
    rows += fmt::format("A{},1,p,ppo,any,any,any,any,any,accept,We take it.\n", i);
  }
  auto const report = check(small_files(rows));
  std::size_t overlaps = 0;
  for (auto const& one : report.found) overlaps += one.code == "overlap" ? 1U : 0U;
  EXPECT_EQ(overlaps, 50U);
  EXPECT_THAT(only(report, "more-findings").message, HasSubstr(" more of "));
}

TEST(check_report, is_written_for_people_and_for_programs) {
  auto const report = check(with("accept.csv", "Nou pran plan sa a.", ""));
  auto const text = to_text(report);
  EXPECT_THAT(text,
              HasSubstr("error: accept.csv, row 14, column T (patient_ht): The sentence is missing "
                        "in Haitian Creole."));
  EXPECT_THAT(text, HasSubstr("the rule set cannot be activated"));
  auto const lines = to_json_lines(report, "0.1.0");
  std::size_t files = 0;
  std::size_t from = 0;
  bool seen_bad = false;
  while (from < lines.size()) {
    auto const to = lines.find('\n', from);
    auto const document = read_json(lines.substr(from, to - from));
    ASSERT_FALSE(document.has_error());
    auto const& root = document->root();
    EXPECT_EQ(root.text_of("tool"), "intake rules check");
    EXPECT_EQ(root.text_of("version"), "0.1.0");
    bool const bad = root.text_of("verdict") == "bad";
    EXPECT_EQ(bad, root.text_of("file") == "accept.csv");
    if (bad) {
      auto const& first = root.find("findings")->children()[0];
      EXPECT_EQ(first.text_of("severity"), "error");
      EXPECT_EQ(first.text_of("code"), "missing-language");
      EXPECT_EQ(first.text_of("path"), "accept.csv:T14");
    }
    seen_bad |= bad;
    ++files;
    from = to + 1;
  }
  EXPECT_EQ(files, 8U);
  EXPECT_TRUE(seen_bad);
}

}  // namespace
}  // namespace intake::forms::insurance
