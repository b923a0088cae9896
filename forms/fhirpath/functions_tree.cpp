#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"
#include "forms/fhirpath/node.hpp"
#include "forms/fhirpath/types.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::fhirpath {
namespace {

constexpr std::string_view profile_base = "http://hl7.org/fhir/StructureDefinition/";

void append_children(value const& of, collection& to) {
  for (auto& each : children_of(of)) to.push_back(std::move(each.child));
}

collection children(call& of) {
  collection result;
  for (auto const& each : of.input) append_children(each, result);
  return result;
}

/// All below, layer after layer.
collection descendants(call& of) {
  collection result = children(of);
  for (std::size_t i = 0; i < result.size() && of.in.spend(1); ++i) {
    auto const each = result[i];
    append_children(each, result);
  }
  return result;
}

// Nothing is written anywhere: what passes here may be an answer.
collection trace(call& of) {
  of.argument(0);
  if (of.count() == 2) {
    for (std::size_t i = 0; i < of.input.size() && !of.in.failed(); ++i) {
      of.argument_for(1, of.input[i], i);
    }
  }
  return of.input;
}

collection extension(call& of) {
  auto const url = of.in.text(of.argument(0), of.at);
  collection result;
  if (!url) return result;
  for (auto const& each : of.input) {
    collection found;
    child_sink sink{"extension", found};
    give_children(each, sink);
    for (auto& one : found) {
      collection urls;
      child_sink of_url{"url", urls};
      give_children(one, of_url);
      if (urls.size() == 1 && text_view_of(urls[0]) == *url) result.push_back(std::move(one));
    }
  }
  return result;
}

// Profiles are not read here; that a resource is of its own type can be told.
collection conforms_to(call& of) {
  auto const url = of.in.text(of.argument(0), of.at);
  if (!url || of.input.empty()) return {};
  auto const found = of.in.single(of.input, of.at);
  if (!found) return {};
  auto const name = std::string_view{*url}.substr(std::min(profile_base.size(), url->size()));
  if (!url->starts_with(profile_base) || !is_fhir_type(name)) {
    of.fail("Only the types of FHIR itself are known, no other profiles.");
    return {};
  }
  return {value{is_kind_of(type_of(of.input[0]).name, name)}};
}

collection needs_other_data(call& of) {
  of.fail(fmt::format("{}() needs a terminology server or other resources; there are none here.",
                      of.at.function->name));
  return {};
}

constexpr function_row tree_rows[] = {
    {"children", 0, 0, children},
    {"descendants", 0, 0, descendants},
    {"trace", 1, 2, trace},
    {"extension", 1, 1, extension},
    {"conformsTo", 1, 1, conforms_to},
    {"memberOf", 1, 1, needs_other_data},
    {"subsumes", 1, 1, needs_other_data},
    {"subsumedBy", 1, 1, needs_other_data},
    {"resolve", 0, 0, needs_other_data},
};

}  // namespace

std::span<function_row const> tree_functions() {
  return tree_rows;
}

}  // namespace intake::forms::fhirpath
