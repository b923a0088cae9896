#pragma once
#include "forms/insurance/decision.hpp"
#include "forms/parse_error.hpp"

#include <string>
#include <string_view>

/// A decision as the JSON text that is sealed beside the answers. It holds what the patient said
/// about the insurance: never log it.
namespace intake::forms::insurance {

/// One object, no white space, members in a fixed order: the same decision gives the same bytes.
/// `rule_set_name` is the lower-case hex SHA-256 of `canonical_rows`.
std::string to_json(visit_decision const& decided, std::string_view rule_set_name);

/// What a replay needs of a stored decision. Those that were stored before dates were hold only the
/// numbers of their own day: on another day these stay as they are.
struct stored_question {
  std::string rule_set_name;
  std::vector<coverage_facts> coverages;
  visit_facts visit;
};

/// What lists and pages show of a stored decision without deciding again.
struct stored_answer {
  outcome result = outcome::review;
  std::string rule;        ///< of the coverage that speaks
  std::string payer_name;  ///< of the coverage that speaks; empty where unknown
  sentence_text patient;
  std::string staff;
};

parsed<stored_question> read_stored_question(std::string_view json);
/// The same question about a visit on that day, at that place of the clinic.
stored_question asked_for(stored_question question, date day, std::string location);
parsed<stored_answer> read_stored_answer(std::string_view json);

}  // namespace intake::forms::insurance
