#pragma once
#include "forms/insurance/checker.hpp"

#include <string>
#include <string_view>

/// The parts of the checker; each adds its findings.
namespace intake::forms::insurance {

/// Collects findings with the places where the tables' columns stood.
class finding_book {
 public:
  finding_book(rule_set const& set, findings& found) : set_{&set}, found_{&found} {}
  void add(severity level, std::string_view table, std::uint32_t row, std::string_view column,
           std::string code, std::string message, std::string hint = {});

 private:
  rule_set const* set_;
  findings* found_;
};

/// Overlaps inside a band with a witness, rows that never speak, rows that cannot happen, gaps that
/// fall to the catch-all, a missing catch-all.
void check_table(rule_set const& set, date today, finding_book& book);
/// Holes and double validity in contracts, payer numbers and rows that only differ in dates; rows
/// that have ended.
void check_dates(rule_set const& set, date today, finding_book& book);
/// Codes and numbers that can't be ones, rows of one payer that differ, names that two payers
/// share.
void check_payers(rule_set const& set, finding_book& book);
/// Missing languages, sentences that send people away or promise.
void check_texts(rule_set const& set, finding_book& book);
/// Patterns that cannot be read and examples that do not come out as their column says.
void check_id_formats(rule_set const& set, finding_book& book);
/// Conditions on what nobody is asked and the program never learns.
void check_unasked(rule_set const& set, finding_book& book);
/// Coordination rows that would put each of two coverages first, or share an order.
void check_cob(rule_set const& set, finding_book& book);
/// Runs tests.csv, whose rows must say their day; rows of accept.csv and cob.csv that no test
/// reaches.
void check_tests(rule_set const& set, finding_book& book, check_report& report);
/// Counts the listed plans that end in `accept`.
void count_plans(rule_set const& set, date today, check_report& report);

}  // namespace intake::forms::insurance
