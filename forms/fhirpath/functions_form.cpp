#include "forms/extension_urls.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"
#include "forms/fhirpath/node.hpp"
#include "forms/scoring.hpp"

#include <array>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

/// The decimal of an ordinalValue or itemWeight extension below an element.
std::optional<value> weight_beside(value const& of) {
  collection extensions;
  child_sink sink{"extension", extensions};
  give_children(of, sink);
  for (auto const& each : extensions) {
    collection urls;
    child_sink of_url{"url", urls};
    give_children(each, of_url);
    auto const url = urls.size() == 1 ? text_view_of(urls[0]) : std::nullopt;
    bool const weighs = url == extension::ordinal_value || url == extension::item_weight ||
                        url == extension::old_ordinal_value;
    if (!weighs) continue;
    collection values;
    child_sink of_value{"value", values};
    give_children(each, of_value);
    if (values.size() == 1) return system_value(values[0]);
  }
  return std::nullopt;
}

/// The weight that the form gives to an option, where the element is an answer to a question.
std::optional<value> weight_of_answer(node const& at) {
  if (at.question == nullptr || at.kind != node_kind::coding) return std::nullopt;
  auto const ordinal = ordinal_of(*at.question, *static_cast<coding const*>(at.self));
  auto const exact = number::read(ordinal);
  return exact ? std::optional{value{*exact}} : std::nullopt;
}

/// SDC weight(): of the Coding itself, else of the option that it is.
std::optional<value> weight_of(value const& of) {
  auto const* at = of.as_node();
  if (at == nullptr) return std::nullopt;
  if (auto own = weight_beside(of)) return own;
  return weight_of_answer(*at);
}

collection weight(call& of) {
  collection result;
  for (auto const& each : of.input) {
    auto const* at = each.as_node();
    // Forms ask the answer as well as its value.
    collection values;
    child_sink sink{"value", values};
    if (at != nullptr && (at->kind == node_kind::answer || at->type == "BackboneElement")) {
      give_children(each, sink);
    } else {
      values.push_back(each);
    }
    for (auto const& one : values) {
      if (auto found = weight_of(one)) result.push_back(std::move(*found));
    }
  }
  return result;
}

constexpr function_row form_rows[] = {
    {"ordinal", 0, 0, weight},
    {"weight", 0, 0, weight},
};

constexpr std::array families{existence_functions,  filter_functions,   set_functions,
                              conversion_functions, text_functions,     encoding_functions,
                              number_functions,     boundary_functions, tree_functions,
                              form_functions};

}  // namespace

std::span<function_row const> form_functions() {
  return form_rows;
}

function_row const* find_function(std::string_view name) {
  for (auto const family : families) {
    for (auto const& row : family()) {
      if (row.name == name) return &row;
    }
  }
  return nullptr;
}

}  // namespace intake::forms::fhirpath
