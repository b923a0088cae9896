#pragma once
#include "forms/item_codes.hpp"
#include "forms/localized_text.hpp"
#include "forms/values.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

class pattern;
struct value_set;
namespace fhirpath {
class expression;
}

/// Position of an item in its form, in form order (preorder). Also the key of answers.
using item_index = std::uint32_t;
constexpr item_index no_item = UINT32_MAX;

/// An expression as the form wrote it; forms/fhirpath evaluates those whose language is
/// text/fhirpath.
struct form_expression {
  std::string name;
  std::string language;
  std::string text;
  /// Null where it is in another language or cannot be parsed: then nothing evaluates it.
  std::shared_ptr<fhirpath::expression const> compiled;
};

/// SDC constraint/targetConstraint: what must hold, and how to say that it does not.
struct form_constraint {
  std::string key;
  bool is_error = true;
  form_expression expression;
  localized_text human;
};

/// One permitted answer, from answerOption or from a value set.
struct answer_option {
  answer_value value;
  /// A Coding's display, else the value as text.
  localized_text label;
  std::string prefix;
  /// ordinalValue or itemWeight: a decimal as written, empty where there is none.
  std::string ordinal;
  /// Choosing it excludes every other.
  bool exclusive = false;
  bool initially_selected = false;
};

struct enable_condition {
  std::string question;
  /// Resolved when the form was loaded; no_item where the form has no such question.
  item_index target = no_item;
  enable_operator operation = enable_operator::equal;
  answer_value answer;
};

/// What SDC and core extensions demand of a value. Absent means unlimited.
struct value_limits {
  std::optional<std::uint32_t> length_max;
  std::optional<std::uint32_t> length_min;
  std::optional<std::uint32_t> occurs_min;
  std::optional<std::uint32_t> occurs_max;
  std::optional<std::uint32_t> decimal_places_max;
  /// Decoded size of an attachment.
  std::optional<std::uint64_t> bytes_max;
  answer_value value_min;
  answer_value value_max;
  /// cqf-calculatedValue of minValue and maxValue, such as today().
  form_expression value_min_expression;
  form_expression value_max_expression;
  std::string regex;
  std::shared_ptr<pattern const> compiled_regex;
  std::vector<std::string> mime_types;
  /// questionnaire-unit (at most one) and unitOption.
  std::vector<coding> units;
  /// unitOption lists what is permitted; questionnaire-unit alone also permits what converts to it.
  bool units_closed = false;
  std::vector<std::string> reference_types;
};

/// Which text is signed, and when it may be: our extension `edition`. Days included, empty: open.
struct text_edition {
  std::string id;
  std::string valid_from;
  std::string must_stop;
};

/// How an item wants to be shown; nothing here changes what is valid.
struct presentation {
  item_control control = item_control::none;
  bool horizontal_choices = false;
  std::string entry_format;
  /// HTML autocomplete token (our extension).
  std::string autocomplete;
  std::string display_category;
  std::string support_link;
  std::string slider_step;
  /// "body-map" or "signature" (our extension `control`); empty: what the type says.
  std::string component;
};

/// One item of a form, as loaded; immutable afterwards.
struct item {
  item_index index = 0;
  item_index parent = no_item;
  /// One past the last descendant: [index + 1, end) are the descendants.
  item_index end = 0;
  std::vector<item_index> children;
  /// Levels above: 0 at the top.
  std::uint32_t depth = 0;

  std::string link_id;
  /// The linkId as the form has it, where two items had the same and this one got another.
  std::string written_link_id;
  item_type type = item_type::group;
  localized_text text;
  localized_text prefix;
  std::string definition;
  std::vector<coding> codes;

  bool required = false;
  bool repeats = false;
  bool read_only = false;
  bool hidden = false;
  bool signature_required = false;
  /// Own or inherited from the nearest group, else from the form.
  form_audience audience = form_audience::clinical;
  /// "sample" while the clinic's counsel has not approved this text (our extension `approval`).
  std::string approval;
  /// The alert that an answer can raise (our extension `safety_alert`); empty: none.
  std::string safety_alert;
  /// Empty id: nothing to be signed in editions.
  text_edition edition;

  std::vector<enable_condition> enable_when;
  enable_behavior behavior = enable_behavior::all;
  std::vector<answer_option> options;
  /// Canonical or "#id" as written; empty where there is none.
  std::string value_set_url;
  /// Null where the value set cannot be resolved: then any Coding or text is an answer.
  std::shared_ptr<value_set const> resolved_value_set;
  std::vector<answer_value> initial;

  value_limits limits;
  presentation shown;
  std::vector<form_constraint> constraints;
  std::vector<form_expression> variables;
  form_expression initial_expression;
  form_expression calculated_expression;
  form_expression enable_when_expression;
  form_expression answer_expression;
};

/// May hold answers: everything but groups and displays.
bool is_question(item const&);
/// Options or a value set are its answers: choice, open-choice, and R4 items that carry options
/// anyway.
bool has_options(item const&);
/// Its answer is what an expression gives, whoever sends another.
bool is_calculated(item const&);
/// All permitted answers, in order: answerOption, else the concepts of the resolved value set.
std::vector<answer_option> const& options_of(item const&);

}  // namespace intake::forms
