#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace intake::forms {

/// What can be wrong with a response. The kebab-case names in the table are stable: pages,
/// OperationOutcome and clients hold on to them.
enum class problem_code : std::uint8_t {
  // the envelope
  not_a_response,
  questionnaire_missing,
  questionnaire_unknown,
  questionnaire_other_version,
  questionnaire_without_version,
  questionnaire_draft,
  questionnaire_retired,
  questionnaire_inactive,
  questionnaire_repeated,
  status_missing,
  status_unknown,
  status_not_taken,
  authored_malformed,
  identifier_malformed,
  language_malformed,
  unknown_member,
  unknown_modifier,
  wrong_json_type,
  empty_list,
  too_many_problems,
  // the tree
  link_id_missing,
  unknown_item,
  misplaced_item,
  out_of_order_item,
  group_with_answers,
  question_with_items,
  display_with_answers,
  question_repeated_as_items,
  not_repeating,
  too_few_answers,
  too_many_answers,
  required_missing,
  not_enabled,
  // the value's form
  wrong_value_type,
  several_values,
  empty_answer,
  empty_text,
  malformed_boolean,
  malformed_integer,
  integer_out_of_range,
  malformed_decimal,
  malformed_date,
  impossible_date,
  impossible_time,
  incomplete_date,
  malformed_time,
  malformed_date_time,
  zone_missing,
  seconds_missing,
  malformed_url,
  malformed_quantity,
  malformed_coding,
  malformed_text,
  // the value's limits
  not_an_option,
  not_in_value_set,
  value_set_unresolved,
  exclusive_option,
  too_long,
  too_short,
  pattern_mismatch,
  below_minimum,
  above_maximum,
  too_many_decimals,
  unit_missing,
  unit_unknown,
  units_not_comparable,
  comparator_open,
  attachment_type,
  attachment_too_large,
  attachment_size_mismatch,
  attachment_not_base64,
  attachment_contents,
  attachment_without_data,
  attachment_url_refused,
  attachment_unknown,
  attachment_damaged,
  attachment_too_detailed,
  attachment_locked,
  attachment_busy,
  attachments_too_many,
  malformed_reference,
  reference_type,
  // rules of the form
  constraint_broken,
  constraint_warning,
  constraint_unchecked,
  recomputed,
  read_only_changed,
  edition_ended,
  number_not_kept,
  signature_unreadable,
  signature_empty,
  count  // how many there are
};

enum class problem_severity : std::uint8_t { error, warning, information };

/// http://hl7.org/fhir/R4/valueset-issue-severity.html
std::string_view code_of(problem_severity);

/// One row of the table. Sentences hold {arguments} by name.
struct problem_row {
  problem_code code;
  std::string_view name;
  /// http://hl7.org/fhir/R4/valueset-issue-type.html
  std::string_view fhir_issue;
  problem_severity severity;
  std::string_view english;
  std::string_view spanish;
  std::string_view haitian_creole;
};

/// All rows, in the order of the enumeration.
std::span<problem_row const> problem_table();
problem_row const& row_of(problem_code);

}  // namespace intake::forms
