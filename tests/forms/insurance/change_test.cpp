#include "forms/insurance/change.hpp"

#include "forms/insurance/decision_json.hpp"
#include "forms/json_reader.hpp"
#include "tests/forms/insurance/rule_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using testing::example_files;
using testing::read_good;

std::vector<asked_visit> example_visits(rule_set const& set) {
  std::vector<asked_visit> visits;
  for (auto const& row : set.tables().tests) {
    named_values const values(row.facts.begin(), row.facts.end());
    visits.push_back(
        {row.id, {coverage_from_values(values).facts}, visit_from_values(values, date{}).facts});
  }
  return visits;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(canonical_rows, do_not_depend_on_the_spreadsheet) {
  auto const files = example_files();
  auto const expected = canonical_rows(read_good(files));
  auto changed = files;
  for (auto& [name, text] : changed) {
    std::string crlf = "\xEF\xBB\xBF";
    for (char const letter : text) {
      if (letter == '\n') crlf += ",,\r";
      crlf += letter;
    }
    text = crlf;
  }
  EXPECT_EQ(canonical_rows(read_good(changed)), expected);

  auto shuffled = files;
  shuffled["meta.csv"] =
      replaced(files.at("meta.csv"), "purpose,example", "languages,en;es;ht,,,,\npurpose,example");
  shuffled["meta.csv"] =
      replaced(shuffled["meta.csv"] + " ", "languages,en;es;ht,,,,\nreviewed", "reviewed");
  EXPECT_EQ(canonical_rows(read_good(shuffled)), expected);
}

TEST(canonical_rows, change_with_every_cell) {
  auto files = example_files();
  auto const before = canonical_rows(read_good(files));
  files["accept.csv"] = replaced(files["accept.csv"], "We take this plan.", "We take this plan!");
  EXPECT_NE(canonical_rows(read_good(files)), before);
}

TEST(changed_rows, name_what_was_added_removed_and_changed) {
  auto const from = read_good(example_files());
  auto files = example_files();
  files["contracts.csv"] = replaced(files["contracts.csv"], "K100,", "K999,");
  files["meta.csv"] = replaced(files["meta.csv"], "purpose,example", "purpose,production");
  std::vector<std::string> changes;
  for (auto const& one : changed_rows(from, read_good(files))) {
    changes.push_back(one.table + ' ' + one.id + ' ' +
                      (one.before.empty()  ? "added"
                       : one.after.empty() ? "removed"
                                           : "changed"));
  }
  EXPECT_THAT(changes, ::testing::ElementsAre("contracts K100 removed", "contracts K999 added",
                                              "meta purpose changed"));
  EXPECT_TRUE(changed_rows(from, from).empty());
}

TEST(changed_visits, are_a_call_list) {
  auto const from = read_good(example_files());
  auto files = example_files();
  files["contracts.csv"] = replaced(files["contracts.csv"], "ppo,in,any,any,2025-01-01,,",
                                    "ppo,in,any,any,2025-01-01,2026-06-30,");
  auto const changed = changed_visits(from, read_good(files), example_visits(from));
  ASSERT_FALSE(changed.empty());
  for (auto const& one : changed) {
    EXPECT_LT(one.before, outcome::review) << one.id;
    EXPECT_EQ(one.after, outcome::review) << one.id;
    EXPECT_EQ(one.rule_after, "A113");
    EXPECT_FALSE(one.patient.es.empty());
  }
  EXPECT_TRUE(changed_visits(from, from, example_visits(from)).empty());
}

TEST(replay, proves_every_stored_decision) {
  auto const set = read_good(example_files());
  for (auto const& one : example_visits(set)) {
    auto const stored = to_json(decide_visit(set, one.coverages, one.visit), "abc");
    ASSERT_FALSE(read_json(stored).has_error());
    auto const result = replay(set, "abc", stored);
    EXPECT_TRUE(result.same) << one.id << ": " << result.difference;
    EXPECT_EQ(replay(set, "abd", stored).difference, "rule_set");
  }
}

TEST(replay, finds_what_was_tampered_with) {
  auto const set = read_good(example_files());
  coverage_facts coverage;
  coverage.payer = "example_blue";
  coverage.plan_name = "Blue Select PPO";
  visit_facts visit;
  visit.date_of_service = *read_iso_date("2026-11-23");
  visit.accident = accident_kind::none;
  auto const stored = to_json(decide_visit(set, std::vector{coverage}, visit), "abc");
  struct tamper_case {
    char const* from;
    char const* to;
    char const* difference;
  };
  tamper_case const cases[] = {
      {"{\"outcome\":\"accept\"", "{\"outcome\":\"review\"", "outcome"},
      {"\"rule\":\"A100\"", "\"rule\":\"A101\"", "coverages[0].rule"},
      {"\"network\":\"in\"", "\"network\":\"out\"", "coverages[0].network"},
      {"\"Blue Select PPO\"", "\"Blue Care\"", "outcome"},
      {"\"cob_rules\":[]", "\"cob_rules\":[\"C1\"]", "cob_rules (its length)"},
  };
  for (auto const& [from, to, difference] : cases) {
    auto const result = replay(set, "abc", replaced(stored, from, to));
    EXPECT_FALSE(result.same) << from;
    EXPECT_EQ(result.difference, difference) << from;
  }
  EXPECT_FALSE(replay(set, "abc", "{}").same);
  EXPECT_FALSE(replay(set, "abc", "not json").same);
  EXPECT_FALSE(replay(set, "abc", " " + stored).same);
}

/// Hurt on 1 November, seen by nobody yet, to be seen on the 2nd.
visit_decision hurt_in_a_car(rule_set const& set) {
  coverage_facts pip;
  pip.payer = "auto_pip";
  auto const visit = visit_from_values({{"date_of_service", "2026-11-02"},
                                        {"accident_kind", "auto"},
                                        {"accident_date", "2026-11-01"},
                                        {"first_treatment", "not_yet"}},
                                       date{})
                         .facts;
  return decide_visit(set, std::vector{pip}, visit);
}

std::string rule_on(rule_set const& set, std::string const& stored, char const* day) {
  auto const asked = asked_for(*read_stored_question(stored), *read_iso_date(day), "north");
  EXPECT_EQ(asked.visit.location, "north");
  return decide_visit(set, asked.coverages, asked.visit).coverages.front().rule;
}

// F.S. 627.736(1)(a): 14 days.
TEST(stored_question, is_asked_about_another_day_with_the_days_of_that_day) {
  auto const set = read_good(example_files());
  auto const decided = hurt_in_a_car(set);
  ASSERT_EQ(decided.coverages.front().rule, "A020");
  auto const stored = to_json(decided, "abc");
  EXPECT_EQ(rule_on(set, stored, "2026-11-15"), "A020");
  EXPECT_EQ(rule_on(set, stored, "2026-11-20"), "A021");
  auto const again = asked_for(*read_stored_question(stored), *read_iso_date("2026-11-20"), "");
  auto const stored_again = to_json(decide_visit(set, again.coverages, again.visit), "abc");
  EXPECT_EQ(rule_on(set, stored_again, "2026-11-02"), "A020") << "and back";
  EXPECT_TRUE(replay(set, "abc", stored_again).same);
}

TEST(stored_question, of_the_time_before_dates_keeps_the_numbers_of_its_day) {
  auto const set = read_good(example_files());
  auto stored = to_json(hurt_in_a_car(set), "abc");
  stored = replaced(stored, R"("accident_date":"2026-11-01",)", "");
  stored = replaced(stored, R"(,"first_treatment":"not_yet")", "");
  EXPECT_EQ(rule_on(set, stored, "2026-11-20"), "A020");
  EXPECT_TRUE(replay(set, "abc", stored).same);
}

TEST(stored_answer, is_what_lists_show) {
  auto const set = read_good(example_files());
  coverage_facts coverage;
  coverage.payer = "Medicare";
  visit_facts visit;
  visit.date_of_service = *read_iso_date("2026-11-23");
  auto const decided = decide_visit(set, std::vector{coverage}, visit);
  auto const answer = read_stored_answer(to_json(decided, "abc"));
  ASSERT_FALSE(answer.has_error());
  EXPECT_EQ(answer->result, decided.result);
  EXPECT_EQ(answer->rule, "A200");
  EXPECT_EQ(answer->payer_name, "Original Medicare");
  EXPECT_EQ(answer->patient, decided.patient);
  EXPECT_EQ(answer->staff, decided.staff);
  for (auto const* text :
       {"", "{}", "[]", "{\"outcome\":\"accept\",\"speaking\":7,\"coverages\":[{}]}",
        "{\"outcome\":\"x\",\"speaking\":0,\"coverages\":[{}]}"}) {
    EXPECT_TRUE(read_stored_answer(text).has_error()) << text;
  }
}

}  // namespace
}  // namespace intake::forms::insurance
