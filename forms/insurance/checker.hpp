#pragma once
#include "forms/insurance/rule_set.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// `rules check`: everything that is wrong or unwise in a rule set, said so that whoever edits the
/// tables can mend it, with file, row and column.
namespace intake::forms::insurance {

struct check_report {
  /// Set where the tables could be read at all.
  std::optional<rule_set> set;
  /// By file, row and column; at most 50 of one code, then one that counts the rest.
  findings found;
  std::vector<std::string> files;
  std::size_t tests_run = 0;
  std::size_t tests_failed = 0;
  /// Plans in contracts.csv that count on the day of the check, and how many of them end in
  /// `accept` for a visit without accident and with a referral: no staff needed.
  std::size_t plans_listed = 0;
  std::size_t plans_accepted = 0;
  /// No error: the set may be activated.
  bool good() const { return !has_error(found); }
};

/// Reads and checks. `today` decides what has ended and from when gaps count.
check_report check_rules(std::span<named_text const> files, date today);

/// For people: one line a finding, errors first, and a closing line.
std::string to_text(check_report const& report);

/// Design §13: one object a file, one a line: {tool, version, file, verdict, findings: [{severity,
/// code, path, line, message, hint}]}; path is "accept.csv:G14". verdict is "good" or "bad".
/// Figures about the whole set stand in the object of accept.csv as `summary`.
std::string to_json_lines(check_report const& report, std::string_view version);

}  // namespace intake::forms::insurance
