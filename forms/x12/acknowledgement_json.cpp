#include "forms/x12/acknowledgement_json.hpp"

#include "forms/x12/json_parts.hpp"

namespace intake::forms::x12 {
namespace {

void write_element_fault(json_writer& json, element_fault const& one) {
  json.begin_object().member("segment", std::int64_t{one.segment});
  write_said(json, "position", one.position);
  write_said(json, "component", one.component);
  write_said(json, "repetition", one.repetition);
  write_said(json, "reference", one.reference);
  write_said(json, "code", one.code);
  write_said(json, "copy_of_bad_data", one.copy_of_bad_data);
  json.end_object();
}

void write_segment_fault(json_writer& json, segment_fault const& one) {
  json.begin_object().member("segment", std::int64_t{one.segment});
  write_said(json, "id", one.id);
  write_said(json, "position", one.position);
  write_said(json, "loop", one.loop);
  write_said(json, "code", one.code);
  write_list(json, "contexts", one.contexts);
  json.key("elements").begin_array();
  for (auto const& each : one.elements) write_element_fault(json, each);
  json.end_array().end_object();
}

void write_set(json_writer& json, set_acknowledgement const& one) {
  json.begin_object().member("segment", std::int64_t{one.segment});
  write_said(json, "id", one.id);
  write_said(json, "control", one.control);
  write_said(json, "version", one.version);
  json.member("verdict", name_of(one.verdict));
  write_said(json, "code", one.code);
  write_list(json, "notes", one.notes);
  json.key("faults").begin_array();
  for (auto const& each : one.faults) write_segment_fault(json, each);
  json.end_array().end_object();
}

}  // namespace

void write_acknowledgement(json_writer& json, interchange_acknowledgement const& one) {
  json.begin_object().member("segment", std::int64_t{one.segment});
  write_said(json, "control", one.control);
  write_said(json, "date", one.date);
  write_said(json, "time", one.time);
  json.member("verdict", name_of(one.verdict));
  write_said(json, "code", one.code);
  write_said(json, "note", one.note);
  json.end_object();
}

void write_acknowledgement(json_writer& json, group_acknowledgement const& one) {
  json.begin_object().member("segment", std::int64_t{one.segment});
  write_said(json, "function", one.function);
  write_said(json, "control", one.control);
  write_said(json, "version", one.version);
  json.member("verdict", name_of(one.verdict));
  write_said(json, "code", one.code);
  write_said(json, "included", one.included);
  write_said(json, "received", one.received);
  write_said(json, "accepted", one.accepted);
  write_list(json, "notes", one.notes);
  json.key("sets").begin_array();
  for (auto const& each : one.sets) write_set(json, each);
  json.end_array().end_object();
}

}  // namespace intake::forms::x12
