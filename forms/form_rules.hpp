#pragma once
#include "forms/finding.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace intake::forms {

/// The rules a form is held to: the invariants of R4 Questionnaire and our own.
enum class form_rule : std::uint8_t {
  not_a_questionnaire,
  unknown_modifier,
  implicit_rules,
  wrong_json_type,
  empty_value,
  unknown_member,
  status_missing,
  status_unknown,
  url_missing,
  no_items,
  too_deep,
  too_many_items,
  link_id_missing,
  link_id_made_up,
  type_missing,
  type_unknown,
  type_of_r5,
  que_0,
  que_1_group,
  que_1_display,
  que_2,
  que_2_siblings,
  que_3,
  que_4,
  que_5,
  que_5_words,
  que_6,
  que_7,
  que_8,
  que_9,
  que_10,
  que_11,
  que_12,
  que_13,
  text_missing,
  enable_when_incomplete,
  enable_when_operator,
  enable_when_behavior,
  enable_when_question_unknown,
  enable_when_ambiguous,
  enable_when_self,
  enable_when_cycle,
  enable_when_later,
  enable_when_type,
  enable_when_related_type,
  enable_when_group,
  enable_when_both,
  enable_when_never,
  required_in_optional_group,
  required_group_empty,
  hidden_required,
  options_missing,
  option_without_value,
  option_twice,
  option_type,
  value_set_unresolved,
  value_set_open,
  initial_type,
  initial_not_an_option,
  length_invalid,
  limits_crossed,
  limit_type,
  occurs_without_repeats,
  regex_unsupported,
  unit_unknown,
  expression_language,
  expression_unparsable,
  expression_cycle,
  expression_incomplete,
  constraint_incomplete,
  extension_value,
  value_malformed,
  several_values,
  item_control_unknown,
  audience_unknown,
  translation_incomplete,
  translation_missing,
  effective_period,
  instrument_licence_missing,
  count  // how many there are
};

struct form_rule_row {
  form_rule rule;
  std::string_view code;
  finding_severity severity;
  finding_effect effect;
  std::string_view message;
  /// What to do; for a repair, what was done.
  std::string_view hint;
};

/// All rules, in the order of the enumeration.
std::span<form_rule_row const> form_rule_table();
form_rule_row const& row_of(form_rule);

}  // namespace intake::forms
