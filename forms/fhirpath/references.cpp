#include "forms/fhirpath/references.hpp"

namespace intake::forms::fhirpath {
namespace {

/// Where an expression stands within another.
struct surroundings {
  /// $this is an item of the form.
  bool in_form = false;
  /// Below not().
  bool denied = false;
};

/// A path that begins in the form itself, of which no answer is asked: %qitem.item.first().
bool leads_into_form(ast const* path, surroundings const& around) {
  if (path == nullptr) return around.in_form;
  while (path->base != nullptr) path = path->base.get();
  if (path->kind != ast_kind::variable) return around.in_form;
  return path->name == "qitem" || path->name == "questionnaire";
}

bool is_link_id(ast const& of, surroundings const& around) {
  return of.kind == ast_kind::member && of.name == "linkId" &&
         !leads_into_form(of.base.get(), around);
}

void add_texts(ast const& of, std::vector<std::string>& into) {
  if (auto const* text = of.literal.as<std::string>()) into.push_back(*text);
  // linkId in ('a' | 'b')
  if (of.base) add_texts(*of.base, into);
  for (auto const& each : of.arguments) add_texts(*each, into);
}

/// Picks what is named, and not everything else.
bool picks(operation op, bool denied) {
  bool const leaves_out = op == operation::not_equal || op == operation::not_equivalent;
  return leaves_out == denied;
}

bool joins(ast const& of) {
  return of.kind == ast_kind::binary &&
         (of.op == operation::logical_and || of.op == operation::logical_or);
}

void collect(ast const& of, surroundings around, expression_references& into) {
  if (of.kind == ast_kind::variable) into.variables.push_back(of.name);
  if (of.kind == ast_kind::binary && of.base && picks(of.op, around.denied)) {
    auto const& left = *of.base;
    auto const& right = *of.arguments[0];
    if (is_link_id(left, around)) add_texts(right, into.link_ids);
    if (is_link_id(right, around)) add_texts(left, into.link_ids);
  }
  bool const negates = of.kind == ast_kind::call && of.name == "not";
  auto base = around;
  base.denied = negates ? !around.denied : joins(of) && around.denied;
  if (of.base) collect(*of.base, base, into);
  auto below = around;
  below.denied = joins(of) && around.denied;
  // The arguments of a function have the function's base as their $this.
  if (of.kind == ast_kind::call) below.in_form = leads_into_form(of.base.get(), around);
  for (auto const& each : of.arguments) collect(*each, below, into);
}

}  // namespace

expression_references references_of(expression const& of) {
  expression_references found;
  collect(of.root(), {}, found);
  return found;
}

}  // namespace intake::forms::fhirpath
