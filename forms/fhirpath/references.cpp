#include "forms/fhirpath/references.hpp"

namespace intake::forms::fhirpath {
namespace {

bool is_link_id(ast const& of) {
  return of.kind == ast_kind::member && of.name == "linkId";
}

void add_texts(ast const& of, std::vector<std::string>& into) {
  if (auto const* text = of.literal.as<std::string>()) into.push_back(*text);
  // linkId in ('a' | 'b')
  if (of.base) add_texts(*of.base, into);
  for (auto const& each : of.arguments) add_texts(*each, into);
}

void collect(ast const& of, expression_references& into) {
  if (of.kind == ast_kind::variable) into.variables.push_back(of.name);
  if (of.kind == ast_kind::binary && of.base) {
    auto const& left = *of.base;
    auto const& right = *of.arguments[0];
    if (is_link_id(left)) add_texts(right, into.link_ids);
    if (is_link_id(right)) add_texts(left, into.link_ids);
  }
  if (of.base) collect(*of.base, into);
  for (auto const& each : of.arguments) collect(*each, into);
}

}  // namespace

expression_references references_of(expression const& of) {
  expression_references found;
  collect(of.root(), found);
  return found;
}

}  // namespace intake::forms::fhirpath
