#include "forms/fhirpath/node.hpp"
#include "forms/questionnaire.hpp"

namespace intake::forms::fhirpath {
namespace {

void give_flag(std::string_view name, bool flag, child_sink& sink) {
  if (flag && sink.wants(name)) sink.add(name, {true});
}

void give_items(node const& owner, std::span<item_index const> children, child_sink& sink) {
  if (!sink.wants("item")) return;
  for (auto const index : children) {
    sink.add("item", {form_item_node(*owner.view, owner.view->form->at(index))});
  }
}

void give_form(node const& of, child_sink& sink) {
  auto const& header = of.view->form->header();
  give_text(of, "id", "id", header.id, sink);
  give_text(of, "language", "code", header.language, sink);
  give_text(of, "url", "uri", header.url, sink);
  give_text(of, "version", "string", header.version, sink);
  give_text(of, "name", "string", header.name, sink);
  give_text(of, "title", "string", header.title.text, sink);
  give_text(of, "description", "markdown", header.description.text, sink);
  if (sink.wants("status")) sink.add("status", {std::string{code_of(header.status)}});
  give_items(of, of.view->form->children_of(no_item), sink);
}

void give_item(node const& of, child_sink& sink) {
  auto const& one = *static_cast<item const*>(of.self);
  give_text(of, "linkId", "string", one.written_link_id.empty() ? one.link_id : one.written_link_id,
            sink);
  give_text(of, "definition", "uri", one.definition, sink);
  if (sink.wants("code")) {
    for (auto const& code : one.codes) {
      sink.add("code", {node{node_kind::coding, "Coding", &code, nullptr, of.view, &one}});
    }
  }
  give_text(of, "prefix", "string", one.prefix.text, sink);
  give_text(of, "text", "string", one.text.text, sink);
  if (sink.wants("type")) sink.add("type", {std::string{code_of(one.type)}});
  give_flag("required", one.required, sink);
  give_flag("repeats", one.repeats, sink);
  give_flag("readOnly", one.read_only, sink);
  if (one.limits.length_max && sink.wants("maxLength")) {
    sink.add("maxLength", {static_cast<std::int32_t>(*one.limits.length_max)});
  }
  give_text(of, "answerValueSet", "canonical", one.value_set_url, sink);
  if (sink.wants("answerOption")) {
    for (auto const& option : one.options) {
      sink.add("answerOption",
               {node{node_kind::form_option, "BackboneElement", &option, nullptr, of.view, &one}});
    }
  }
  give_items(of, one.children, sink);
}

}  // namespace

node form_node(response_view const& view) {
  return {node_kind::form, "Questionnaire", view.form, nullptr, &view};
}

node form_item_node(response_view const& view, item const& one) {
  return {node_kind::form_item, "BackboneElement", &one, nullptr, &view, &one};
}

void give_form_children(node const& of, child_sink& sink) {
  if (of.kind == node_kind::form) return give_form(of, sink);
  if (of.kind == node_kind::form_item) return give_item(of, sink);
  auto const& option = *static_cast<answer_option const*>(of.self);
  give_value(of, option.value, sink);
  give_flag("initialSelected", option.initially_selected, sink);
}

}  // namespace intake::forms::fhirpath
