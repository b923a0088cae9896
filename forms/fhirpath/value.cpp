#include "forms/fhirpath/value.hpp"

#include "forms/fhirpath/node.hpp"
#include "forms/fhirpath/types.hpp"
#include "forms/json_reader.hpp"
#include "forms/units.hpp"

#include <utility>

namespace intake::forms::fhirpath {
namespace {

/// A primitive's text, if it has a value of its own.
std::optional<std::string_view> source_text(node const& of) {
  if (of.kind == node_kind::text) return *static_cast<std::string const*>(of.self);
  if (of.kind != node_kind::json || of.self == nullptr) return std::nullopt;
  auto const& json = *static_cast<json_value const*>(of.self);
  bool const scalar = json.is(json_kind::string) || json.is(json_kind::number);
  return scalar ? std::optional{json.text()} : std::nullopt;
}

template <class T>
std::optional<value> or_text(std::optional<T> read, std::string_view text) {
  if (read) return value{std::move(*read)};
  return value{std::string{text}};
}

/// What is not in its type's form stays a text: validation says so, not an expression.
std::optional<value> read_primitive(std::string_view type, std::string_view text) {
  if (type == "decimal") return or_text(number::read(text), text);
  if (is_kind_of(type, "integer")) return or_text(read_integer(text), text);
  if (type == "date") return or_text(read_date_text(text), text);
  if (type == "dateTime" || type == "instant") return or_text(read_date_time_text(text), text);
  if (type == "time") return or_text(read_time_text(text), text);
  return value{std::string{text}};
}

std::string text_of_child(node const& of, std::string_view name) {
  collection found;
  child_sink sink{name, found};
  give_children(of, sink);
  auto const text = found.size() == 1 ? text_view_of(found[0]) : std::nullopt;
  return std::string{text.value_or(std::string_view{})};
}

// FHIR Quantity as System.Quantity: the UCUM code, else the unit as a word for it.
std::optional<value> read_quantity(node const& of) {
  auto const amount = number::read(text_of_child(of, "value"));
  if (!amount || !text_of_child(of, "comparator").empty()) return std::nullopt;
  auto const system = text_of_child(of, "system");
  auto code = text_of_child(of, "code");
  if (code.empty() || (!system.empty() && system != ucum_system)) code = text_of_child(of, "unit");
  return measure_value({*amount, code.empty() ? "1" : std::move(code), false});
}

}  // namespace

collection one(value of) {
  collection result;
  result.push_back(std::move(of));
  return result;
}

std::optional<number> number_of(value const& of) {
  if (auto const* whole = of.as<std::int32_t>()) return number::of(*whole);
  if (auto const* exact = of.as<number>()) return *exact;
  return std::nullopt;
}

std::optional<measure> measure_of(value const& of) {
  if (auto const* held = of.as_measure()) return *held;
  auto const amount = number_of(of);
  return amount ? std::optional{measure{*amount, "1", false}} : std::nullopt;
}

measure const* value::as_measure() const {
  auto const* held = as<std::shared_ptr<measure const>>();
  return held == nullptr ? nullptr : held->get();
}

value measure_value(measure of) {
  return {std::make_shared<measure const>(std::move(of))};
}

value text_value(std::string text) {
  return {std::move(text)};
}

std::optional<value> system_value(node const& of) {
  if (of.kind == node_kind::flag) return value{*static_cast<bool const*>(of.self)};
  if (of.kind == node_kind::whole) return value{*static_cast<std::int32_t const*>(of.self)};
  if (is_kind_of(of.type, "Quantity")) return read_quantity(of);
  if (!is_primitive(of.type)) return std::nullopt;
  if (auto const text = source_text(of)) return read_primitive(of.type, *text);
  auto const* json = of.kind == node_kind::json ? static_cast<json_value const*>(of.self) : nullptr;
  if (json != nullptr && json->is(json_kind::boolean)) return value{json->is_true()};
  return std::nullopt;
}

std::optional<value> system_value(value const& of) {
  auto const* at = of.as_node();
  return at == nullptr ? std::optional{of} : system_value(*at);
}

std::optional<std::string_view> text_view_of(value const& of) {
  if (auto const* text = of.as<std::string>()) return *text;
  auto const* at = of.as_node();
  return at != nullptr && is_primitive(at->type) ? source_text(*at) : std::nullopt;
}

bool has_own_value(node const& of) {
  if (of.kind != node_kind::json) return true;
  return of.self != nullptr;
}

type_info type_of(value const& of) {
  constexpr std::string_view names[] = {"",       "Boolean",  "Integer",  "Decimal",
                                        "String", "DateTime", "Quantity", "TypeInfo"};
  if (auto const* at = of.as_node()) return {"FHIR", at->type};
  if (auto const* time = of.as<temporal>()) {
    if (time->kind == temporal_kind::date) return {"System", "Date"};
    if (time->kind == temporal_kind::time) return {"System", "Time"};
  }
  return {"System", names[of.data.index()]};
}

void give_children(node const& of, child_sink& sink) {
  switch (of.kind) {
    case node_kind::json:
      return give_json_children(of, sink);
    case node_kind::response:
    case node_kind::occurrence:
    case node_kind::answer:
      return give_response_children(of, sink);
    case node_kind::form:
    case node_kind::form_item:
    case node_kind::form_option:
      return give_form_children(of, sink);
    default:
      return give_data_children(of, sink);
  }
}

void give_children(value const& of, child_sink& sink) {
  if (auto const* at = of.as_node()) return give_children(*at, sink);
  auto const* type = of.as<type_info>();
  if (type == nullptr) return;
  if (sink.wants("namespace")) sink.add("namespace", text_value(std::string{type->space}));
  if (sink.wants("name")) sink.add("name", text_value(std::string{type->name}));
}

std::vector<named_value> children_of(value const& of) {
  std::vector<named_value> found;
  child_sink sink{found};
  give_children(of, sink);
  return found;
}

}  // namespace intake::forms::fhirpath
