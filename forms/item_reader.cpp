#include "forms/item_reader.hpp"

#include "forms/value_reader.hpp"

#include <array>
#include <memory>
#include <utility>

namespace intake::forms {
namespace {

constexpr std::array<std::string_view, 16> item_members{
    "linkId",         "definition",     "code",     "prefix",  "text",     "type",
    "enableWhen",     "enableBehavior", "required", "repeats", "readOnly", "maxLength",
    "answerValueSet", "answerOption",   "initial",  "item"};

/// A type of another FHIR version and the R4 type that means the same.
struct foreign_type {
  std::string_view code;
  item_type type;
};

// R5 renamed choice to coding; the abstract "question" asks for text.
constexpr std::array<foreign_type, 2> foreign_types{
    {{"coding", item_type::choice}, {"question", item_type::string}}};

std::optional<item_type> read_type(form_element const& element) {
  auto const code = element.text("type");
  if (code.empty()) {
    element.report(form_rule::type_missing);
    return std::nullopt;
  }
  if (auto const type = from_code<item_type>(code)) return type;
  for (auto const& [foreign, type] : foreign_types) {
    if (code != foreign) continue;
    element.report(form_rule::type_of_r5, "type", code);
    bool const open = element.json.text_of("answerConstraint") == "optionsOrString";
    return open && type == item_type::choice ? item_type::open_choice : type;
  }
  element.report(form_rule::type_unknown, "type", code);
  return std::nullopt;
}

std::optional<enable_condition> read_condition(form_element const& element) {
  enable_condition condition;
  condition.question = element.text("question");
  auto const operation = element.text("operator");
  auto answer = read_element_value(element, "answer");
  if (condition.question.empty() || operation.empty() || !answer) {
    element.report(form_rule::enable_when_incomplete);
    return std::nullopt;
  }
  auto const known = from_code<enable_operator>(operation);
  if (!known) {
    element.report(form_rule::enable_when_operator, "operator", operation);
    return std::nullopt;
  }
  condition.operation = *known;
  condition.answer = std::move(*answer);
  bool const is_boolean = std::holds_alternative<bool>(condition.answer);
  if (*known == enable_operator::exists && !is_boolean) element.report(form_rule::que_7);
  return condition;
}

void read_conditions(form_element const& element, item& into) {
  for (auto const& one : element.objects("enableWhen")) {
    if (auto condition = read_condition(one)) into.enable_when.push_back(std::move(*condition));
  }
  auto const behavior = element.text("enableBehavior");
  if (behavior.empty()) {
    if (into.enable_when.size() > 1) element.report(form_rule::que_12);
    return;
  }
  auto const known = from_code<enable_behavior>(behavior);
  if (!known) element.report(form_rule::enable_when_behavior, "enableBehavior", behavior);
  into.behavior = known.value_or(enable_behavior::all);
}

void read_initial(form_element const& element, item& into) {
  for (auto const& one : element.objects("initial")) {
    if (auto value = read_element_value(one, "value")) into.initial.push_back(std::move(*value));
  }
}

void resolve_value_set(form_element const& element, value_set_sources const& sources, item& into) {
  if (into.value_set_url.empty() || !into.options.empty()) return;
  auto const local = into.value_set_url.starts_with('#');
  auto const* found = find_value_set(sources.contained, into.value_set_url);
  if (found == nullptr && !local) found = find_value_set(sources.known, into.value_set_url);
  if (found == nullptr) {
    element.report(form_rule::value_set_unresolved, "answerValueSet", into.value_set_url);
    return;
  }
  if (!found->complete) {
    element.report(form_rule::value_set_open, "answerValueSet", into.value_set_url);
    return;
  }
  into.resolved_value_set = std::make_shared<value_set const>(*found);
}

}  // namespace

std::optional<item> read_item(form_element const& element, value_set_sources const& sources) {
  check_members(element, item_members);
  item result;
  result.link_id = element.text("linkId");
  auto const type = read_type(element);
  if (result.link_id.empty()) {
    bool const display = type == item_type::display;
    element.report(display ? form_rule::link_id_made_up : form_rule::link_id_missing);
    if (!display) return std::nullopt;
  }
  if (!type) return std::nullopt;
  result.type = *type;
  result.text = element.localized("text");
  result.prefix = element.localized("prefix");
  result.definition = element.text("definition");
  for (auto const& one : element.objects("code")) {
    auto const code = read_value(value_kind::coding, one.json);
    if (!code.fault) result.codes.push_back(std::get<coding>(code.value));
  }
  result.required = element.flag("required");
  result.repeats = element.flag("repeats");
  result.read_only = element.flag("readOnly");
  if (auto const limit = read_count(element, "maxLength"); limit && *limit <= INT32_MAX) {
    result.limits.length_max = static_cast<std::uint32_t>(*limit);
  }
  read_conditions(element, result);
  result.options = read_options(element, result.type);
  result.value_set_url = element.text("answerValueSet");
  read_initial(element, result);
  read_item_extensions(element, result);
  apply_invariants(element, result);
  resolve_value_set(element, sources, result);
  return result;
}

}  // namespace intake::forms
