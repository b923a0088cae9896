#include "forms/value_set.hpp"

#include "forms/decimal.hpp"
#include "forms/extension_urls.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

// Concepts nest in expansions; hostile files nest without end.
constexpr int nesting_max = 16;

void read_ordinal(json_value const& concept_json, answer_option& into) {
  auto const* extensions = concept_json.find("extension", json_kind::array);
  if (extensions == nullptr) return;
  for (auto const& one : *extensions) {
    auto const url = one.text_of("url");
    auto const* number = one.find("valueDecimal", json_kind::number);
    bool const weighs = url == extension::ordinal_value || url == extension::item_weight;
    if (weighs && number != nullptr) into.ordinal = number->text();
  }
}

void read_review(json_value const& designation, translation& into) {
  auto const* extensions = designation.find("extension", json_kind::array);
  if (extensions == nullptr) return;
  for (auto const& one : *extensions) {
    auto const url = one.text_of("url");
    if (url == extension::reviewed_by) into.reviewed_by = one.text_of("valueString");
    if (url == extension::reviewed_on) into.reviewed_on = one.text_of("valueDate");
  }
}

// ValueSet.compose.include.concept.designation: a display in another language.
void read_designations(json_value const& concept_json, localized_text& into) {
  auto const* designations = concept_json.find("designation", json_kind::array);
  if (designations == nullptr) return;
  for (auto const& one : *designations) {
    translation translated{
        std::string{one.text_of("language")}, std::string{one.text_of("value")}, {}, {}};
    read_review(one, translated);
    if (!translated.language.empty() && !translated.text.empty()) {
      into.translations.push_back(std::move(translated));
    }
  }
}

void add_concept(json_value const& concept_json, std::string_view system, value_set& into) {
  coding code;
  code.system = system;
  code.code = concept_json.text_of("code");
  code.display = concept_json.text_of("display");
  if (code.code.empty()) return;
  answer_option option;
  option.label.text = code.display.empty() ? code.code : code.display;
  read_ordinal(concept_json, option);
  read_designations(concept_json, option.label);
  option.value = std::move(code);
  into.options.push_back(std::move(option));
}

void add_expansion(json_value const& parent, value_set& into, int depth) {
  auto const* contains = parent.find("contains", json_kind::array);
  if (contains == nullptr || depth > nesting_max) return;
  for (auto const& one : *contains) {
    auto const* is_abstract = one.find("abstract");
    if (is_abstract == nullptr || !is_abstract->is_true()) {
      add_concept(one, one.text_of("system"), into);
    }
    add_expansion(one, into, depth + 1);
  }
}

std::size_t count_nodes(json_value const& parent, int depth) {
  auto const* contains = parent.find("contains", json_kind::array);
  if (contains == nullptr || depth > nesting_max) return 0;
  std::size_t count = 0;
  for (auto const& one : *contains) count += 1 + count_nodes(one, depth + 1);
  return count;
}

std::size_t count_in(json_value const& expansion, std::string_view member) {
  auto const* number = expansion.find(member, json_kind::number);
  auto const count = number == nullptr ? std::nullopt : read_integer(number->text());
  return count && *count > 0 ? static_cast<std::size_t>(*count) : 0;
}

// R4: a page of a longer list, or what a server could or would not list to its end.
bool is_partial(json_value const& expansion) {
  if (count_in(expansion, "offset") > 0) return true;
  if (count_in(expansion, "total") > count_nodes(expansion, 0)) return true;
  auto const* extensions = expansion.find("extension", json_kind::array);
  if (extensions == nullptr) return false;
  return std::ranges::any_of(*extensions, [](json_value const& one) {
    auto const url = one.text_of("url");
    auto const* says = one.find("valueBoolean");
    bool const cut = url == extension::value_set_unclosed || url == extension::value_set_too_costly;
    return cut && (says == nullptr || says->is_true());
  });
}

void add_compose(json_value const& compose, value_set& into) {
  into.complete = compose.find("exclude") == nullptr;
  auto const* includes = compose.find("include", json_kind::array);
  if (includes == nullptr) return;
  for (auto const& include : *includes) {
    auto const* concepts = include.find("concept", json_kind::array);
    // Without listed concepts it means a whole code system, a filter or another value set.
    bool const open = concepts == nullptr || include.find("valueSet") != nullptr;
    if (open) into.complete = false;
    if (concepts == nullptr) continue;
    for (auto const& one : *concepts) add_concept(one, include.text_of("system"), into);
  }
}

}  // namespace

parsed<value_set> read_value_set(json_document const& document, json_value const& resource) {
  if (resource.text_of("resourceType") != "ValueSet") {
    return parse_error::at("ValueSet", document.line_of(resource), "not-a-value-set",
                           "This is not a ValueSet.");
  }
  value_set result;
  result.url = resource.text_of("url");
  result.version = resource.text_of("version");
  result.id = resource.text_of("id");
  auto const* expansion = resource.find("expansion", json_kind::object);
  auto const* compose = resource.find("compose", json_kind::object);
  if (expansion != nullptr && expansion->find("contains", json_kind::array) != nullptr) {
    add_expansion(*expansion, result, 0);
    result.complete = !is_partial(*expansion);
  } else if (compose != nullptr) {
    add_compose(*compose, result);
  }
  if (result.options.empty()) result.complete = false;
  return result;
}

value_set const* find_value_set(std::span<value_set const> sets, std::string_view canonical) {
  auto const matches = [&](value_set const& one) {
    if (canonical.starts_with('#')) return one.id == canonical.substr(1);
    if (one.url.empty()) return false;
    return canonical == one.url || canonical == fmt::format("{}|{}", one.url, one.version);
  };
  auto const found = std::ranges::find_if(sets, matches);
  return found == sets.end() ? nullptr : &*found;
}

}  // namespace intake::forms
