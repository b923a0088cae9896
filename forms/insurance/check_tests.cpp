#include "forms/insurance/check_parts.hpp"
#include "forms/insurance/decision.hpp"
#include "forms/insurance/plan_list.hpp"
#include "forms/insurance/words.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

struct told {
  coverage_reading coverage;
  visit_reading visit;
};

told told_by(test_row const& row) {
  named_values const values(row.facts.begin(), row.facts.end());
  return {coverage_from_values(values), visit_from_values(values, date{})};
}

class test_runner {
 public:
  test_runner(rule_set const& set, finding_book& book, check_report& report)
      : set_{set}, book_{book}, report_{report} {}

  void run() {
    std::map<std::string, std::vector<test_row const*>> visits;
    for (auto const& row : set_.tables().tests) {
      run_row(row);
      if (!row.visit.empty()) visits[row.visit].push_back(&row);
    }
    for (auto const& [name, rows] : visits) run_visit(name, rows);
    if (set_.tables().tests.empty()) {
      book_.add(severity::error, "tests", 0, {}, "no-tests", "The rule set has no test rows.",
                "Write a row for every case that a person has decided.");
      return;
    }
    for (auto const& row : set_.tables().accept) {
      if (spoke_.contains(row.id)) continue;
      book_.add(severity::warning, "accept", row.row, "rule", "untested-row",
                fmt::format("No row of tests.csv reaches {}.", row.id));
    }
  }

 private:
  void fail(test_row const& row, std::string_view column, std::string_view expected,
            std::string_view found) {
    failed_.insert(row.id);
    book_.add(severity::error, "tests", row.row, column, "failing-test",
              fmt::format("{} expects {}, the rules say {}.", row.id, expected, found));
  }

  /// Letter case tells no two rules or payers apart.
  void expect(test_row const& row, std::string_view column, std::string const& expected,
              std::string_view found) {
    if (expected.empty() || lower_case(expected) == lower_case(found)) return;
    fail(row, column, expected, found);
  }

  template <class Enum>
  void expect_word(test_row const& row, std::string_view column, std::string const& expected,
                   Enum found) {
    if (!expected.empty() && from_word<Enum>(expected) != found) {
      fail(row, column, expected, to_word(found));
    }
  }

  void expect_day(test_row const& row) {
    bool const is_there = std::ranges::any_of(
        row.facts, [](auto const& fact) { return fact.first == "date_of_service"; });
    if (is_there) return;
    failed_.insert(row.id);
    book_.add(severity::error, "tests", row.row, "date_of_service", "empty-cell",
              fmt::format("{} does not say for which day it was decided.", row.id),
              "Write the date of service, such as 2026-01-31.");
  }

  void run_row(test_row const& row) {
    auto const [coverage, visit] = told_by(row);
    auto const decided = decide(set_, coverage.facts, visit.facts);
    spoke_.insert(decided.rule);
    expect_day(row);
    for (auto const* names : {&coverage.not_understood, &visit.not_understood}) {
      for (auto const& name : *names) {
        failed_.insert(row.id);
        book_.add(severity::error, "tests", row.row, name, "unknown-value",
                  "The cell is not a value of this column.");
      }
    }
    expect(row, "expect_rule", row.expect_rule, decided.rule);
    expect_word(row, "expect_outcome", row.expect_outcome, decided.result);
    expect_word(row, "expect_network", row.expect_network, decided.where);
    ++report_.tests_run;
    report_.tests_failed = failed_.size();
  }

  void run_visit(std::string const& name, std::vector<test_row const*> const& rows) {
    std::vector<coverage_facts> coverages;
    for (auto const* row : rows) coverages.push_back(told_by(*row).coverage.facts);
    auto const visit = told_by(*rows.front()).visit.facts;
    auto const decided = decide_visit(set_, coverages, visit);
    auto const first = decided.first ? decided.coverages[*decided.first].payer : "ask_staff";
    for (auto const* row : rows) {
      if (told_by(*row).visit.facts != visit) {
        failed_.insert(row->id);
        book_.add(severity::error, "tests", row->row, "visit", "failing-test",
                  fmt::format("The rows of visit {} tell different visits.", name),
                  "Date, accident, age and the like must be the same in all rows of a visit.");
      }
      expect(*row, "expect_first", row->expect_first, first);
      expect_word(*row, "expect_visit", row->expect_visit, decided.result);
    }
    report_.tests_failed = failed_.size();
  }

  rule_set const& set_;
  finding_book& book_;
  check_report& report_;
  std::set<std::string> spoke_;
  std::set<std::string> failed_;
};

}  // namespace

void check_tests(rule_set const& set, finding_book& book, check_report& report) {
  test_runner(set, book, report).run();
}

void count_plans(rule_set const& set, date today, check_report& report) {
  for (auto const& plan : listed_plans(set, today)) {
    if (plan.row == nullptr) continue;
    ++report.plans_listed;
    if (plan.decided.result == outcome::accept) ++report.plans_accepted;
  }
}

}  // namespace intake::forms::insurance
