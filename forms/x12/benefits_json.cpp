#include "forms/x12/benefits_json.hpp"

#include "forms/x12/json_parts.hpp"
#include "forms/x12/labels.hpp"
#include "forms/x12/money.hpp"
#include "forms/x12/next_step.hpp"
#include "forms/x12/verdict.hpp"

#include <algorithm>

namespace intake::forms::x12 {
namespace {

void write_index(json_writer& json, std::string_view name, std::uint32_t index) {
  json.key(name);
  if (index == nobody) {
    json.null();
  } else {
    json.integer(index);
  }
}

void write_cents(json_writer& json, std::string_view name,
                 std::optional<std::int64_t> const& cents) {
  json.key(name);
  if (cents) {
    json.integer(*cents);
  } else {
    json.null();
  }
}

void write_percent(json_writer& json, std::string_view fraction) {
  auto const percent = fraction.empty() ? std::nullopt : percent_of(fraction);
  write_said(json, "percent", percent.value_or(std::string{}));
}

void write_deliveries(json_writer& json, std::vector<delivery> const& deliveries) {
  json.key("deliveries").begin_array();
  for (auto const& one : deliveries) {
    json.begin_object().member("segment", std::int64_t{one.segment});
    write_said(json, "quantity_qualifier", one.quantity_qualifier);
    write_said(json, "quantity", one.quantity);
    write_said(json, "unit", one.unit);
    write_said(json, "sample_modulus", one.sample_modulus);
    write_said(json, "period", one.period);
    write_said(json, "periods", one.periods);
    write_said(json, "pattern", one.pattern);
    write_said(json, "time_of_day", one.time_of_day);
    json.end_object();
  }
  json.end_array();
}

void write_informations(json_writer& json, std::vector<information> const& informations) {
  json.key("informations").begin_array();
  for (auto const& one : informations) {
    json.begin_object().member("segment", std::int64_t{one.segment});
    write_said(json, "qualifier", one.qualifier);
    write_said(json, "code", one.code);
    write_said(json, "category", one.category);
    write_said(json, "text", one.text);
    json.end_object();
  }
  json.end_array();
}

void write_messages(json_writer& json, std::vector<message> const& messages) {
  json.key("messages").begin_array();
  for (auto const& one : messages) {
    json.begin_object().member("segment", std::int64_t{one.segment}).member("text", one.text);
    json.end_object();
  }
  json.end_array();
}

void write_benefit(json_writer& json, benefit const& one) {
  json.begin_object().member("segment", std::int64_t{one.segment}).member("code", one.code);
  write_list(json, "other_codes", one.other_codes);
  write_said(json, "label", label_of_benefit(one.code));
  write_said(json, "level", one.level);
  write_list(json, "services", one.services);
  write_said(json, "insurance_type", one.insurance_type);
  write_said(json, "plan", one.plan);
  write_said(json, "period", one.period);
  write_cents(json, "amount_cents", one.amount_cents);
  write_said(json, "amount", one.amount);
  write_percent(json, one.fraction);
  write_said(json, "fraction", one.fraction);
  write_said(json, "quantity_qualifier", one.quantity_qualifier);
  write_said(json, "quantity", one.quantity);
  write_said(json, "authorisation", one.authorisation);
  write_said(json, "in_network", one.in_network);
  write_said(json, "procedure", one.procedure);
  write_said(json, "diagnosis_pointers", one.diagnosis_pointers);
  write_deliveries(json, one.deliveries);
  write_references(json, one.references);
  write_dates(json, one.dates);
  json.key("rejections").begin_array();
  for (auto const& each : one.rejections) write_rejection(json, each, "benefit");
  json.end_array();
  write_messages(json, one.messages);
  write_informations(json, one.informations);
  json.key("related").begin_array();
  for (auto const& each : one.related) write_party(json, each);
  json.end_array().end_object();
}

void write_verdict(json_writer& json, answer const& from, verdict const& said, day_number asked) {
  json.key("verdict").begin_object();
  json.member("status", name_of(said.status)).member("reason", name_of(said.reason));
  write_said(json, "asked_for", iso_day(asked));
  json.key("rows").begin_array();
  for (auto const index : said.rows) {
    auto const& row = from.benefits[index];
    json.begin_object().member("segment", std::int64_t{row.segment}).member("code", row.code);
    write_list(json, "services", row.services);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_plans(json_writer& json, answer const& from) {
  json.key("plans").begin_array();
  for (auto const& one : from.benefits) {
    bool const is_status = one.code.size() == 1 && one.code[0] >= '1' && one.code[0] <= '8';
    if (!is_status || (one.plan.empty() && one.insurance_type.empty())) continue;
    json.begin_object().member("segment", std::int64_t{one.segment}).member("code", one.code);
    write_said(json, "name", one.plan);
    write_said(json, "insurance_type", one.insurance_type);
    json.end_object();
  }
  json.end_array();
}

void write_figure(json_writer& json, std::string_view name, figure const& one) {
  json.key(name);
  if (one.segment == 0) {
    json.null();
    return;
  }
  json.begin_object().member("segment", std::int64_t{one.segment});
  write_cents(json, "cents", one.cents);
  write_said(json, "quantity", one.quantity);
  write_said(json, "period", one.period);
  json.end_object();
}

void write_money_row(json_writer& json, answer const& from, money_row const& row) {
  auto const& said = from.benefits[row.benefit];
  json.begin_object().member("segment", std::int64_t{said.segment});
  json.member("kind", name_of(row.kind)).member("network", name_of(row.where));
  json.member("covered", name_of(row.whom));
  write_said(json, "level", said.level);
  write_list(json, "services", said.services);
  write_said(json, "insurance_type", said.insurance_type);
  write_said(json, "plan", said.plan);
  write_said(json, "procedure", said.procedure);
  write_figure(json, "total", row.total);
  write_figure(json, "used", row.used);
  write_figure(json, "remaining", row.remaining);
  write_figure(json, "exceeded", row.exceeded);
  write_cents(json, "derived_remaining_cents", row.derived_remaining_cents);
  write_percent(json, row.fraction);
  write_said(json, "quantity_qualifier", row.quantity_qualifier);
  write_said(json, "authorisation", said.authorisation);
  write_deliveries(json, said.deliveries);
  write_messages(json, said.messages);
  json.end_object();
}

bool is_limit(money_row const& row) {
  return row.kind == money_kind::limit;
}

void write_money(json_writer& json, answer const& from) {
  auto const rows = money_of(from);
  json.key("money").begin_array();
  for (auto const& row : rows) {
    if (!is_limit(row)) write_money_row(json, from, row);
  }
  json.end_array().key("limits").begin_array();
  for (auto const& row : rows) {
    if (is_limit(row)) write_money_row(json, from, row);
  }
  json.end_array();
}

void write_authorisations(json_writer& json, answer const& from) {
  json.key("authorisations").begin_array();
  for (auto const& one : from.benefits) {
    if (one.authorisation.empty()) continue;
    json.begin_object().member("segment", std::int64_t{one.segment}).member("code", one.code);
    json.member("said", one.authorisation);
    write_list(json, "services", one.services);
    json.end_object();
  }
  json.end_array();
}

/// Every message of the payer, in its order, with the row it belongs to (0: none).
void write_all_messages(json_writer& json, response const& all, answer const& from) {
  json.key("messages").begin_array();
  for (auto const& [benefit_segment, said] : messages_of(all, from)) {
    json.begin_object().member("segment", std::int64_t{said.segment});
    json.member("benefit_segment", std::int64_t{benefit_segment}).member("text", said.text);
    json.end_object();
  }
  json.end_array();
}

/// EB01 R: another payer. Which of its names belongs to it stands in the row.
void write_other_payers(json_writer& json, answer const& from) {
  json.key("other_payer_segments").begin_array();
  for (auto const& one : from.benefits) {
    if (one.code == "R") json.integer(one.segment);
  }
  json.end_array();
}

void write_answer(json_writer& json, response const& all, answer const& one, day_number asked) {
  json.begin_object();
  write_index(json, "source", one.source);
  write_index(json, "receiver", one.receiver);
  write_index(json, "subscriber", one.subscriber);
  write_index(json, "dependent", one.dependent);
  write_verdict(json, one, verdict_of(all, one, asked), asked);
  write_plans(json, one);
  write_money(json, one);
  write_authorisations(json, one);
  write_all_messages(json, all, one);
  write_other_payers(json, one);
  json.key("rejections").begin_array();
  for (auto const& each : rejections_of(all, one)) write_rejection(json, each.what, each.level);
  json.end_array();
  write_next_step(json, next_step_of(all, one));
  json.key("benefits").begin_array();
  for (auto const& each : one.benefits) write_benefit(json, each);
  json.end_array().end_object();
}

}  // namespace

void write_response(json_writer& json, response const& from, day_number asked) {
  json.begin_object().member("segment", std::int64_t{from.segment});
  write_said(json, "purpose", from.purpose);
  write_said(json, "reference", from.reference);
  write_said(json, "date", iso_day(read_day(from.date)));
  write_said(json, "time", from.time);
  json.member("is_cut_off", from.is_cut_off);
  json.key("sources").begin_array();
  for (auto const& one : from.sources) write_party(json, one);
  json.end_array().key("receivers").begin_array();
  for (auto const& one : from.receivers) write_party(json, one);
  json.end_array().key("subscribers").begin_array();
  for (auto const& one : from.subscribers) write_person(json, one);
  json.end_array().key("dependents").begin_array();
  for (auto const& one : from.dependents) write_person(json, one);
  json.end_array().key("answers").begin_array();
  for (auto const& one : from.answers) write_answer(json, from, one, asked);
  json.end_array().end_object();
}

}  // namespace intake::forms::x12
