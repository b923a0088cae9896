#pragma once
#include "forms/insurance/checker.hpp"
#include "forms/insurance/rule_set.hpp"

#include <map>
#include <string>
#include <string_view>

/// Rule tables for tests: the shipped example, and small ones written in the test.
namespace intake::forms::insurance::testing {

/// File name to text; change one and read again.
using rule_files = std::map<std::string, std::string>;

/// forms/rules/example.
rule_files example_files();

/// The smallest set that reads: a payer `p` (commercial), a catch-all Z999, purpose example. Rows
/// given are put under the header of accept.csv `rule,band,payer,product,network,accident,age,
/// referral,days_since_accident,outcome,patient_en`.
rule_files small_files(std::string_view accept_rows);

rule_set_reading read(rule_files const& files);

/// Reads a set that must be good; fails the test and throws otherwise.
rule_set read_good(rule_files const& files);

/// The findings of a code, as "file:row:column_name".
std::string places(findings const& all, std::string_view code);

/// What the checker says of them on 2026-11-23.
check_report check(rule_files const&);

/// The example with one text of one table replaced.
rule_files with(std::string const& file, std::string_view from, std::string_view to);

}  // namespace intake::forms::insurance::testing
