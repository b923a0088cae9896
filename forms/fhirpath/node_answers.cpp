#include "forms/answers.hpp"
#include "forms/fhirpath/node.hpp"
#include "forms/value_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

/// One string of a data type and its type in FHIR.
template <class Data>
struct text_member {
  std::string_view name;
  std::string_view type;
  std::string Data::*text;
};

constexpr std::array<text_member<forms::coding>, 4> coding_members{{
    {"system", "uri", &coding::system},
    {"version", "string", &coding::version},
    {"code", "code", &coding::code},
    {"display", "string", &coding::display},
}};
constexpr std::array<text_member<forms::quantity>, 5> quantity_members{{
    {"value", "decimal", &quantity::value},
    {"comparator", "code", &quantity::comparator},
    {"unit", "string", &quantity::unit},
    {"system", "uri", &quantity::system},
    {"code", "code", &quantity::code},
}};
constexpr std::array<text_member<forms::attachment>, 7> attachment_members{{
    {"contentType", "code", &attachment::content_type},
    {"language", "code", &attachment::language},
    {"data", "base64Binary", &attachment::data},
    {"url", "url", &attachment::url},
    {"hash", "base64Binary", &attachment::hash},
    {"title", "string", &attachment::title},
    {"creation", "dateTime", &attachment::creation},
}};
constexpr std::array<text_member<forms::reference>, 3> reference_members{{
    {"reference", "string", &reference::target},
    {"type", "uri", &reference::type},
    {"display", "string", &reference::display},
}};
constexpr std::array<text_member<forms::reference>, 2> identifier_members{{
    {"system", "uri", &reference::identifier_system},
    {"value", "string", &reference::identifier_value},
}};

template <class Data, class Members>
void give_texts(node const& owner, Members const& members, child_sink& sink) {
  auto const& data = *static_cast<Data const*>(owner.self);
  for (auto const& one : members) give_text(owner, one.name, one.type, data.*one.text, sink);
}

/// What kind of node shows a value.
struct value_node {
  node_kind kind;
  std::string_view type;
  void const* self;
};

struct value_viewer {
  value_node operator()(std::monostate const&) const { return {node_kind::text, {}, nullptr}; }
  value_node operator()(unreadable_value const&) const { return {node_kind::text, {}, nullptr}; }
  value_node operator()(bool const& v) const { return {node_kind::flag, "boolean", &v}; }
  value_node operator()(std::int32_t const& v) const { return {node_kind::whole, "integer", &v}; }
  value_node operator()(fhir_decimal const& v) const { return text("decimal", v.text); }
  value_node operator()(fhir_date const& v) const { return text("date", v.text); }
  value_node operator()(fhir_date_time const& v) const { return text("dateTime", v.text); }
  value_node operator()(fhir_time const& v) const { return text("time", v.text); }
  value_node operator()(std::string const& v) const { return text("string", v); }
  value_node operator()(fhir_uri const& v) const { return text("uri", v.text); }
  value_node operator()(forms::coding const& v) const { return {node_kind::coding, "Coding", &v}; }
  value_node operator()(forms::quantity const& v) const {
    return {node_kind::quantity, "Quantity", &v};
  }
  value_node operator()(forms::attachment const& v) const {
    return {node_kind::attachment, "Attachment", &v};
  }
  value_node operator()(forms::reference const& v) const {
    return {node_kind::reference, "Reference", &v};
  }
  static value_node text(std::string_view type, std::string const& text) {
    return {node_kind::text, type, &text};
  }
};

/// Siblings as their document had them; made here, they stand where they are.
std::vector<answered_item const*> in_document_order(std::vector<answered_item> const& siblings) {
  std::vector<answered_item const*> sorted;
  sorted.reserve(siblings.size());
  for (auto const& one : siblings) sorted.push_back(&one);
  if (!std::ranges::is_sorted(siblings, {}, &answered_item::position)) {
    std::ranges::stable_sort(sorted, {}, &answered_item::position);
  }
  return sorted;
}

void give_items(node const& owner, std::vector<answered_item> const& items, child_sink& sink) {
  if (items.empty() || !sink.wants("item")) return;
  for (auto const* one : in_document_order(items)) {
    sink.add("item", {occurrence_node(*owner.view, *one)});
  }
}

void give_occurrence(node const& of, child_sink& sink) {
  auto const& one = *static_cast<answered_item const*>(of.self);
  auto const& definition = of.view->form->at(one.item);
  bool const renamed = !definition.written_link_id.empty();
  give_text(of, "linkId", "string", renamed ? definition.written_link_id : definition.link_id,
            sink);
  give_text(of, "definition", "uri", definition.definition, sink);
  give_text(of, "text", "string", definition.text.text, sink);
  if (sink.wants("answer")) {
    for (auto const& given : one.answers) {
      sink.add("answer",
               {node{node_kind::answer, "BackboneElement", &given, nullptr, of.view, &definition}});
    }
  }
  give_items(of, one.items, sink);
}

void give_response(node const& of, child_sink& sink) {
  auto const& form = *of.view->form;
  give_text(of, "questionnaire", "canonical", form.canonical(), sink);
  give_items(of, of.view->all->items, sink);
}

}  // namespace

void give_text(node const& owner, std::string_view name, std::string_view type,
               std::string const& text, child_sink& sink) {
  if (text.empty() || !sink.wants(name)) return;
  sink.add(name, {node{node_kind::text, type, &text, nullptr, owner.view, owner.question}});
}

node response_node(response_view const& view) {
  return {node_kind::response, "QuestionnaireResponse", view.all, nullptr, &view};
}

node occurrence_node(response_view const& view, answered_item const& one) {
  return {node_kind::occurrence, "BackboneElement", &one, nullptr, &view, &view.form->at(one.item)};
}

void give_value(node const& owner, answer_value const& given, child_sink& sink) {
  auto const shown = std::visit(value_viewer{}, given);
  if (shown.self == nullptr) return;
  auto const member = member_of(*kind_of(given));
  if (!sink.wants("value") && !sink.wants(member)) return;
  sink.add("value",
           {node{shown.kind, shown.type, shown.self, nullptr, owner.view, owner.question}});
}

void give_response_children(node const& of, child_sink& sink) {
  if (of.kind == node_kind::response) return give_response(of, sink);
  if (of.kind == node_kind::occurrence) return give_occurrence(of, sink);
  auto const& given = *static_cast<answer const*>(of.self);
  give_value(of, given.value, sink);
  give_items(of, given.items, sink);
}

void give_data_children(node const& of, child_sink& sink) {
  switch (of.kind) {
    case node_kind::coding:
      return give_texts<forms::coding>(of, coding_members, sink);
    case node_kind::quantity:
      return give_texts<forms::quantity>(of, quantity_members, sink);
    case node_kind::attachment: {
      give_texts<forms::attachment>(of, attachment_members, sink);
      auto const& size = static_cast<attachment const*>(of.self)->size_bytes;
      bool const fits = size && *size <= INT32_MAX;
      if (fits && sink.wants("size")) sink.add("size", {static_cast<std::int32_t>(*size)});
      return;
    }
    case node_kind::reference: {
      give_texts<forms::reference>(of, reference_members, sink);
      bool const named = !static_cast<reference const*>(of.self)->identifier_value.empty();
      if (!named || !sink.wants("identifier")) return;
      sink.add("identifier", {node{node_kind::reference_identifier, "Identifier", of.self, nullptr,
                                   of.view, of.question}});
      return;
    }
    case node_kind::reference_identifier:
      return give_texts<forms::reference>(of, identifier_members, sink);
    default:
      return;
  }
}

}  // namespace intake::forms::fhirpath
