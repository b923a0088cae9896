#include "forms/item_codes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace intake::forms {
namespace {

// Each table is in the order of its enumeration.
template <class Enum>
struct codes;

template <>
struct codes<item_type> {
  static constexpr std::array<std::string_view, 16> names{
      "group",       "display",    "boolean",   "decimal", "integer", "date",
      "dateTime",    "time",       "string",    "text",    "url",     "choice",
      "open-choice", "attachment", "reference", "quantity"};
};
template <>
struct codes<enable_operator> {
  static constexpr std::array<std::string_view, 7> names{"exists", "=", "!=", ">", "<", ">=", "<="};
};
template <>
struct codes<enable_behavior> {
  static constexpr std::array<std::string_view, 2> names{"all", "any"};
};
template <>
struct codes<publication_status> {
  static constexpr std::array<std::string_view, 4> names{"draft", "active", "retired", "unknown"};
};
template <>
struct codes<response_status> {
  static constexpr std::array<std::string_view, 5> names{"in-progress", "completed", "amended",
                                                         "entered-in-error", "stopped"};
};
template <>
struct codes<item_control> {
  static constexpr std::array<std::string_view, 23> names{
      "",        "drop-down", "radio-button", "check-box", "autocomplete", "help",
      "flyover", "prompt",    "unit",         "page",      "table",        "gtable",
      "slider",  "header",    "footer",       "lower",     "upper",        "list",
      "spinner", "text-box",  "lookup",       "inline",    "other"};
};
template <>
struct codes<form_audience> {
  static constexpr std::array<std::string_view, 5> names{"demographic", "coverage", "clinical",
                                                         "behavioural", "consent"};
};

template <class Enum>
std::string_view name_of(Enum value) {
  return codes<Enum>::names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view code_of(item_type value) {
  return name_of(value);
}
std::string_view code_of(enable_operator value) {
  return name_of(value);
}
std::string_view code_of(enable_behavior value) {
  return name_of(value);
}
std::string_view code_of(publication_status value) {
  return name_of(value);
}
std::string_view code_of(response_status value) {
  return name_of(value);
}
std::string_view code_of(item_control value) {
  return name_of(value);
}
std::string_view code_of(form_audience value) {
  return name_of(value);
}

template <class Enum>
std::optional<Enum> from_code(std::string_view code) {
  auto const& names = codes<Enum>::names;
  auto const* const found = std::ranges::find(names, code);
  if (code.empty() || found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

template std::optional<item_type> from_code(std::string_view);
template std::optional<enable_operator> from_code(std::string_view);
template std::optional<enable_behavior> from_code(std::string_view);
template std::optional<publication_status> from_code(std::string_view);
template std::optional<response_status> from_code(std::string_view);
template std::optional<item_control> from_code(std::string_view);
template std::optional<form_audience> from_code(std::string_view);

}  // namespace intake::forms
