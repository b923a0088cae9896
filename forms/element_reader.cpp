#include "forms/element_reader.hpp"

#include "forms/extension_urls.hpp"
#include "forms/fhirpath/expression.hpp"
#include "forms/value_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// http://hl7.org/fhir/R4/extension-translation.html: sub-extensions lang and content.
void read_translation(form_element const& element, localized_text& into) {
  translation one;
  for (auto const& part : element.extensions()) {
    auto const value = [&](std::string_view member) { return part.text(member); };
    if (part.url() == "lang") one.language = value("valueCode");
    if (part.url() == "content") {
      auto const member = find_value_member(part.json, "value");
      one.text = member == nullptr ? std::string{} : std::string{member->text()};
    }
    if (part.url() == extension::reviewed_by) one.reviewed_by = value("valueString");
    if (part.url() == extension::reviewed_on) one.reviewed_on = value("valueDate");
  }
  if (one.language.empty() || one.text.empty()) {
    element.report(form_rule::translation_incomplete);
    return;
  }
  into.translations.push_back(std::move(one));
}

}  // namespace

void form_element::report(form_rule rule, std::string_view member, std::string_view detail) const {
  auto const* at = member.empty() ? nullptr : json.find(member);
  auto const place = member.empty() ? path : fmt::format("{}.{}", path, member);
  log.add(rule, place, at == nullptr ? json : *at, detail);
}

std::string form_element::text(std::string_view member) const {
  auto const* value = json.find(member);
  if (value == nullptr) return {};
  if (!value->is(json_kind::string)) {
    report(form_rule::wrong_json_type, member, "a string is wanted");
    return {};
  }
  if (is_blank(value->text())) {
    report(form_rule::empty_value, member);
    return {};
  }
  return std::string{value->text()};
}

bool form_element::flag(std::string_view member) const {
  auto const* value = json.find(member);
  if (value == nullptr) return false;
  if (!value->is(json_kind::boolean)) report(form_rule::wrong_json_type, member, "true or false");
  return value->is_true();
}

std::vector<form_element> form_element::objects(std::string_view member) const {
  std::vector<form_element> found;
  auto const* list = json.find(member);
  if (list == nullptr) return found;
  if (!list->is(json_kind::array)) {
    report(form_rule::wrong_json_type, member, "an array is wanted");
    return found;
  }
  if (list->children().empty()) report(form_rule::empty_value, member);
  std::size_t index = 0;
  for (auto const& one : *list) {
    auto place = fmt::format("{}.{}[{}]", path, member, index++);
    if (one.is(json_kind::object)) {
      found.push_back({one, std::move(place), log});
    } else {
      log.add(form_rule::wrong_json_type, std::move(place), one, "an object is wanted");
    }
  }
  return found;
}

localized_text form_element::localized(std::string_view member) const {
  localized_text result{text(member), {}, {}};
  auto const sibling_name = fmt::format("_{}", member);
  if (auto const* sibling = json.find(sibling_name, json_kind::object)) {
    read_translations({*sibling, fmt::format("{}.{}", path, sibling_name), log}, result);
  }
  return result;
}

void read_translations(form_element const& element, localized_text& into) {
  for (auto const& one : element.extensions()) {
    if (one.url() == extension::translation) read_translation(one, into);
    if (one.url() == extension::rendering_markdown) into.markdown = one.text("valueMarkdown");
  }
}

std::optional<std::uint64_t> read_count(form_element const& element, std::string_view member) {
  auto const* value = element.json.find(member);
  if (value == nullptr) return std::nullopt;
  std::uint64_t number = 0;
  auto const text = value->text();
  auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool const whole =
      value->is(json_kind::number) && failed == std::errc{} && end == text.data() + text.size();
  if (whole) return number;
  element.report(form_rule::length_invalid, member);
  return std::nullopt;
}

std::optional<answer_value> read_element_value(form_element const& element,
                                               std::string_view prefix) {
  auto const* member = find_value_member(element.json, prefix);
  if (member == nullptr) return std::nullopt;
  bool const several = std::ranges::any_of(element.json, [&](json_value const& other) {
    return &other != member && other.key().size() > prefix.size() &&
           other.key().starts_with(prefix);
  });
  if (several) element.report(form_rule::several_values);
  auto kind = kind_of_member(member->key(), prefix);
  // Extensions also use code, url and positiveInt where a value is a text or a number.
  auto const suffix = member->key().substr(prefix.size());
  if (suffix == "Code" || suffix == "Markdown") kind = value_kind::string;
  if (suffix == "Url" || suffix == "Canonical") kind = value_kind::uri;
  if (suffix == "PositiveInt" || suffix == "UnsignedInt") kind = value_kind::integer;
  if (suffix == "Instant") kind = value_kind::date_time;
  auto reading = kind ? read_value(*kind, *member) : value_reading{{}, problem_code::count, {}};
  if (!reading.fault) return std::move(reading.value);
  element.report(form_rule::value_malformed, member->key());
  return std::nullopt;
}

std::optional<coding> read_coding_member(form_element const& element, std::string_view member) {
  auto const* json = element.json.find(member);
  if (json == nullptr) return std::nullopt;
  auto const reading = read_value(value_kind::coding, *json);
  if (reading.fault) {
    element.report(form_rule::extension_value, member);
    return std::nullopt;
  }
  return std::get<coding>(reading.value);
}

namespace {

void compile_expression(form_element const& element, form_expression& into) {
  auto compiled = fhirpath::compile(into.text);
  if (compiled) {
    into.compiled = std::move(compiled).value();
  } else {
    element.report(form_rule::expression_unparsable, {}, sentence(compiled.error()));
  }
}

}  // namespace

std::optional<form_expression> read_expression(form_element const& extension) {
  if (auto const plain = extension.json.text_of("valueString"); !plain.empty()) {
    form_expression result{{}, "text/fhirpath", std::string{plain}, nullptr};
    compile_expression(extension, result);
    return result;
  }
  auto const* json = extension.json.find("valueExpression", json_kind::object);
  if (json == nullptr) {
    extension.report(form_rule::expression_incomplete);
    return std::nullopt;
  }
  form_element const part{*json, extension.path + ".valueExpression", extension.log};
  form_expression result{part.text("name"), part.text("language"), part.text("expression"),
                         nullptr};
  if (result.language.empty() || result.text.empty()) {
    part.report(form_rule::expression_incomplete);
    return std::nullopt;
  }
  if (result.language == "text/fhirpath") {
    compile_expression(part, result);
  } else if (result.language != "application/x-fhir-query") {
    part.report(form_rule::expression_language, "language", result.language);
  }
  return result;
}

void check_members(form_element const& element, std::span<std::string_view const> known) {
  for (auto const& member : element.json) {
    auto name = member.key();
    if (name.starts_with('_')) name.remove_prefix(1);
    bool const expected = name == "id" || name == "extension" || name == "modifierExtension" ||
                          name == "fhir_comments" || std::ranges::find(known, name) != known.end();
    if (!expected) element.report(form_rule::unknown_member, member.key(), name);
  }
}

}  // namespace intake::forms
