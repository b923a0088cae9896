#include "forms/extension_urls.hpp"
#include "forms/from_fields.hpp"
#include "forms/item_reader.hpp"
#include "forms/value_reader.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

// ordinalValue sits on the option or on its Coding; so may the translations of a display.
void read_option_extensions(form_element const& element, answer_option& into) {
  for (auto const& one : element.extensions()) {
    auto const url = one.url();
    if (url == extension::option_exclusive) into.exclusive = one.flag("valueBoolean");
    if (url == extension::option_prefix) into.prefix = one.text("valueString");
    bool const weighs = url == extension::ordinal_value || url == extension::item_weight ||
                        url == extension::old_ordinal_value;
    if (weighs) {
      if (auto const* number = one.json.find("valueDecimal", json_kind::number)) {
        into.ordinal = number->text();
      } else {
        one.report(form_rule::extension_value);
      }
    }
  }
}

localized_text label_of(form_element const& element, json_value const& value_member,
                        answer_value const& value) {
  if (value_member.is(json_kind::string)) return element.localized(value_member.key());
  if (!value_member.is(json_kind::object)) return {std::string{value_member.text()}, {}, {}};
  form_element const inner{value_member, element.path + "." + std::string{value_member.key()},
                           element.log};
  auto label = inner.localized("display");
  if (label.empty()) label.text = plain_text(value);
  return label;
}

// R4 answerOption.value[x]: integer, date, time, string, Coding, Reference.
bool is_option_kind(value_kind kind) {
  return kind == value_kind::integer || kind == value_kind::date || kind == value_kind::time ||
         kind == value_kind::string || kind == value_kind::coding || kind == value_kind::reference;
}

// A choice may list any of these; a question of another type lists values of its own type (R5
// allows it, R4's que-5 does not list them all).
bool fits(item_type type, value_kind kind) {
  if (type == item_type::choice || type == item_type::open_choice) return is_option_kind(kind);
  return takes_kind(type, kind);
}

}  // namespace

std::vector<answer_option> read_options(form_element const& element, item_type type) {
  std::vector<answer_option> options;
  std::set<std::string> seen;
  for (auto const& one : element.objects("answerOption")) {
    auto const* member = find_value_member(one.json, "value");
    if (member == nullptr) {
      one.report(form_rule::option_without_value);
      continue;
    }
    auto value = read_element_value(one, "value");
    if (!value) continue;
    auto const kind = kind_of(*value);
    if (!kind || !fits(type, *kind)) {
      one.report(form_rule::option_type);
      continue;
    }
    answer_option option;
    option.label = label_of(one, *member, *value);
    option.initially_selected = one.flag("initialSelected");
    if (member->is(json_kind::object)) {
      read_option_extensions({*member, one.path + "." + std::string{member->key()}, one.log},
                             option);
    }
    read_option_extensions(one, option);
    option.value = std::move(*value);
    auto const key = fmt::format("{}|{}", suffix_of(*kind), option_field_value(option));
    if (!seen.insert(key).second) one.report(form_rule::option_twice);
    options.push_back(std::move(option));
  }
  return options;
}

}  // namespace intake::forms
