#pragma once
#include "forms/insurance/decision.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a new rule set would change, and whether a stored decision still comes out the same.
namespace intake::forms::insurance {

enum class row_change_kind : std::uint8_t { added, removed, changed };

struct row_change {
  row_change_kind kind = row_change_kind::changed;
  std::string table;
  std::string id;
  std::string before;  ///< canonical CSV line; empty where added
  std::string after;   ///< empty where removed
};

/// By table, then by id.
std::vector<row_change> changed_rows(rule_set const& from, rule_set const& to);

/// A visit to ask both rule sets about; `id` is the caller's (a submission, an appointment).
struct asked_visit {
  std::string id;
  std::vector<coverage_facts> coverages;
  visit_facts visit;
};

/// One line of a call list.
struct changed_visit {
  std::string id;
  outcome before = outcome::review;
  outcome after = outcome::review;
  std::string rule_before;  ///< of the coverage that spoke
  std::string rule_after;
  sentence_text patient;  ///< what to tell the patient now
};

/// Visits whose outcome or sentence for the patient would change, in the order given.
std::vector<changed_visit> changed_visits(rule_set const& from, rule_set const& to,
                                          std::span<asked_visit const> visits);

struct replay_result {
  bool same = false;
  /// Where not: which member differs ("outcome", "coverages[0].rule"), never a value a patient
  /// gave.
  std::string difference;
};

/// Decides a stored decision (`to_json`) again by the rule set it names and compares all bytes.
/// `rule_set_name` is the SHA-256 of `set`.
replay_result replay(rule_set const& set, std::string_view rule_set_name,
                     std::string_view stored_json);

}  // namespace intake::forms::insurance
