#include "forms/x12/json_parts.hpp"

#include "forms/x12/labels.hpp"

namespace intake::forms::x12 {
namespace {

void write_address(json_writer& json, address const& where) {
  json.key("address");
  if (where.segment == 0) {
    json.null();
    return;
  }
  json.begin_object().member("segment", std::int64_t{where.segment});
  write_said(json, "line", where.line);
  write_said(json, "second_line", where.second_line);
  write_said(json, "city", where.city);
  write_said(json, "state", where.state);
  write_said(json, "postal_code", where.postal_code);
  write_said(json, "country", where.country);
  json.end_object();
}

void write_contacts(json_writer& json, std::vector<contact> const& contacts) {
  json.key("contacts").begin_array();
  for (auto const& one : contacts) {
    json.begin_object().member("segment", std::int64_t{one.segment});
    write_said(json, "name", one.name);
    json.key("channels").begin_array();
    for (auto const& channel : one.channels) {
      json.begin_object().member("qualifier", channel.qualifier).member("number", channel.number);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_role(json_writer& json, provider_role const& role) {
  json.key("role");
  if (role.segment == 0) {
    json.null();
    return;
  }
  json.begin_object().member("segment", std::int64_t{role.segment});
  write_said(json, "code", role.code);
  write_said(json, "qualifier", role.qualifier);
  write_said(json, "taxonomy", role.taxonomy);
  json.end_object();
}

void write_party_members(json_writer& json, party const& from) {
  json.member("segment", std::int64_t{from.segment});
  write_said(json, "code", from.code);
  write_said(json, "type", from.type);
  write_said(json, "name", from.name);
  write_said(json, "first", from.first);
  write_said(json, "middle", from.middle);
  write_said(json, "prefix", from.prefix);
  write_said(json, "suffix", from.suffix);
  write_said(json, "id_qualifier", from.id_qualifier);
  write_said(json, "id", from.id);
  write_references(json, from.references);
  write_address(json, from.where);
  write_contacts(json, from.contacts);
  write_role(json, from.role);
}

void write_traces(json_writer& json, std::vector<trace> const& traces) {
  json.key("traces").begin_array();
  for (auto const& one : traces) {
    json.begin_object().member("segment", std::int64_t{one.segment}).member("type", one.type);
    json.member("number", one.number);
    write_said(json, "origin", one.origin);
    write_said(json, "more", one.more);
    json.end_object();
  }
  json.end_array();
}

void write_military(json_writer& json, military const& from) {
  json.key("military");
  if (from.segment == 0) {
    json.null();
    return;
  }
  json.begin_object().member("segment", std::int64_t{from.segment});
  write_said(json, "status", from.status);
  write_said(json, "employment", from.employment);
  write_said(json, "branch", from.branch);
  write_said(json, "description", from.description);
  write_said(json, "rank", from.rank);
  write_said(json, "first", iso_day(from.when.first));
  write_said(json, "last", iso_day(from.when.last));
  json.end_object();
}

}  // namespace

void write_said(json_writer& json, std::string_view name, std::string_view text) {
  json.key(name);
  if (text.empty()) {
    json.null();
  } else {
    json.string(text);
  }
}

void write_list(json_writer& json, std::string_view name,
                std::vector<std::string_view> const& texts) {
  json.key(name).begin_array();
  for (auto const text : texts) json.string(text);
  json.end_array();
}

void write_references(json_writer& json, std::vector<reference> const& references) {
  json.key("references").begin_array();
  for (auto const& one : references) {
    json.begin_object().member("segment", std::int64_t{one.segment});
    json.member("qualifier", one.qualifier);
    write_said(json, "value", one.value);
    write_said(json, "description", one.description);
    json.end_object();
  }
  json.end_array();
}

void write_dates(json_writer& json, std::vector<dated> const& dates) {
  json.key("dates").begin_array();
  for (auto const& one : dates) {
    json.begin_object().member("segment", std::int64_t{one.segment});
    json.member("qualifier", one.qualifier).member("said", one.value);
    write_said(json, "first", iso_day(one.first));
    write_said(json, "last", iso_day(one.last));
    json.end_object();
  }
  json.end_array();
}

void write_rejection(json_writer& json, rejection const& one, std::string_view level) {
  json.begin_object().member("segment", std::int64_t{one.segment}).member("level", level);
  write_said(json, "reason", one.reason);
  write_said(json, "follow_up", one.follow_up);
  write_said(json, "follow_up_label", label_of_follow_up(one.follow_up));
  write_said(json, "valid", one.valid);
  write_next_step(json, next_step_for(one.reason, one.follow_up));
  json.end_object();
}

void write_next_step(json_writer& json, std::optional<next_step> const& step) {
  write_said(json, "next_step", step ? name_of(step->action) : std::string_view{});
  json.key("next_step_days");
  if (step && step->action == next_action::schedule) {
    json.integer(step->days);
  } else {
    json.null();
  }
}

void write_party(json_writer& json, party const& from) {
  json.begin_object();
  write_party_members(json, from);
  json.end_object();
}

void write_person_members(json_writer& json, person const& from) {
  write_party_members(json, from);
  write_traces(json, from.traces);
  write_said(json, "birth_date", iso_day(from.birth.first));
  write_said(json, "sex", from.sex);
  write_said(json, "is_insured", from.is_insured);
  write_said(json, "relationship", from.relationship);
  write_said(json, "maintenance_type", from.maintenance_type);
  write_said(json, "maintenance_reason", from.maintenance_reason);
  write_said(json, "birth_sequence", from.birth_sequence);
  json.key("diagnoses").begin_array();
  for (auto const& one : from.diagnoses) {
    json.begin_object().member("qualifier", one.qualifier).member("code", one.code).end_object();
  }
  json.end_array();
  write_dates(json, from.dates);
  write_military(json, from.service);
}

void write_person(json_writer& json, person const& from) {
  json.begin_object();
  write_person_members(json, from);
  json.end_object();
}

}  // namespace intake::forms::x12
