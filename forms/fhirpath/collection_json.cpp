#include "forms/fhirpath/collection_json.hpp"

#include "forms/fhirpath/node.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"

#include <map>

namespace intake::forms::fhirpath {
namespace {

void write(json_writer& out, json_value const& of) {
  switch (of.kind()) {
    case json_kind::null:
      out.null();
      return;
    case json_kind::boolean:
      out.boolean(of.is_true());
      return;
    case json_kind::number:
      out.number(of.text());
      return;
    case json_kind::string:
      out.string(of.text());
      return;
    case json_kind::array:
      out.begin_array();
      for (auto const& each : of) write(out, each);
      out.end_array();
      return;
    case json_kind::object:
      out.begin_object();
      for (auto const& each : of) {
        out.key(each.key());
        write(out, each);
      }
      out.end_object();
      return;
  }
}

void write(json_writer& out, value const& of);

/// An element that is no JSON of its own: its children by their names.
void write_children(json_writer& out, value const& of) {
  std::map<std::string_view, collection> by_name;
  for (auto& each : children_of(of)) by_name[each.name].push_back(std::move(each.child));
  out.begin_object();
  for (auto const& [name, values] : by_name) {
    out.key(name);
    bool const many = values.size() > 1 || name == "item" || name == "answer";
    if (many) out.begin_array();
    for (auto const& each : values) write(out, each);
    if (many) out.end_array();
  }
  out.end_object();
}

struct system_writer {
  json_writer& out;
  void operator()(node const&) const { out.null(); }
  void operator()(bool of) const { out.boolean(of); }
  void operator()(std::int32_t of) const { out.integer(of); }
  void operator()(number const& of) const { out.number(of.to_text()); }
  void operator()(std::string const& of) const { out.string(of); }
  void operator()(temporal const& of) const { out.string(of.to_text()); }
  void operator()(std::shared_ptr<measure const> const& of) const {
    out.begin_object().key("value").number(of->value.to_text());
    out.member("unit", of->unit).end_object();
  }
  void operator()(type_info const& of) const {
    out.begin_object().member("namespace", of.space).member("name", of.name).end_object();
  }
};

void write(json_writer& out, value const& of) {
  auto const* at = of.as_node();
  if (at == nullptr) {
    std::visit(system_writer{out}, of.data);
  } else if (at->kind == node_kind::json && at->self != nullptr) {
    write(out, *static_cast<json_value const*>(at->self));
  } else if (auto const own = system_value(*at); own && own->as_measure() == nullptr) {
    write(out, *own);
  } else {
    write_children(out, of);
  }
}

}  // namespace

std::string write_json(collection const& of) {
  std::string text;
  json_writer out{text};
  out.begin_array();
  for (auto const& each : of) write(out, each);
  out.end_array();
  return text;
}

}  // namespace intake::forms::fhirpath
