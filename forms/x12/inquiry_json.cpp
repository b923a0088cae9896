#include "forms/x12/inquiry_json.hpp"

#include "forms/x12/json_parts.hpp"

namespace intake::forms::x12 {
namespace {

void write_question(json_writer& json, inquired_service const& one) {
  json.begin_object().member("segment", std::int64_t{one.segment});
  write_list(json, "services", one.services);
  write_list(json, "procedure", one.procedure);
  write_said(json, "level", one.level);
  write_list(json, "pointers", one.pointers);
  json.key("amounts").begin_array();
  for (auto const& each : one.amounts) {
    json.begin_object().member("qualifier", each.qualifier).member("amount", each.amount);
    json.end_object();
  }
  json.end_array().key("informations").begin_array();
  for (auto const& each : one.informations) {
    json.begin_object().member("qualifier", each.qualifier).member("code", each.code).end_object();
  }
  json.end_array();
  write_references(json, one.references);
  write_dates(json, one.dates);
  json.end_object();
}

enum class with_dependents : std::uint8_t { no, yes };

void write_inquired(json_writer& json, inquired_person const& one, with_dependents inner) {
  json.begin_object();
  write_person_members(json, one);
  json.key("questions").begin_array();
  for (auto const& each : one.services) write_question(json, each);
  json.end_array();
  if (inner == with_dependents::yes) {
    json.key("dependents").begin_array();
    for (auto const& each : one.dependents) write_inquired(json, each, with_dependents::no);
    json.end_array();
  }
  json.end_object();
}

}  // namespace

void write_inquiry(json_writer& json, inquiry const& from) {
  json.begin_object().member("segment", std::int64_t{from.segment});
  write_said(json, "purpose", from.purpose);
  write_said(json, "reference", from.reference);
  write_said(json, "date", iso_day(read_day(from.date)));
  write_said(json, "time", from.time);
  write_said(json, "type", from.type);
  json.key("sources").begin_array();
  for (auto const& source : from.sources) {
    json.begin_object().key("source");
    write_party(json, source);
    json.key("receivers").begin_array();
    for (auto const& receiver : source.receivers) {
      json.begin_object().key("receiver");
      write_party(json, receiver);
      json.key("subscribers").begin_array();
      for (auto const& one : receiver.subscribers) write_inquired(json, one, with_dependents::yes);
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

}  // namespace intake::forms::x12
