#include "service/billing/coverage_view.hpp"

#include "forms/x12/character_set.hpp"
#include "forms/x12/labels.hpp"
#include "service/eligibility/differences.hpp"
#include "service/eligibility/next_steps.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::billing {
namespace {

using eligibility::check_result;
using eligibility::money_line;
using eligibility::work_row;

constexpr std::string_view not_said = "not said";

std::string or_not_said(std::string const& text) {
  return text.empty() ? std::string(not_said) : text;
}

std::string segment_words(std::uint32_t segment) {
  return segment == 0 ? std::string() : fmt::format("segment {}", segment);
}

/// Letters and digits alone: how a number or a name is spelled is no difference.
std::string spelled(std::string_view text) {
  auto folded = forms::x12::fold_text(text, {}, forms::x12::character_set::basic);
  std::erase_if(folded, [](char c) { return (c < 'A' || c > 'Z') && (c < '0' || c > '9'); });
  return folded;
}

struct compared {
  std::string_view name;
  std::string form;
  std::string payer;
  std::uint32_t segment = 0;
};

void add_compared(page_model& table, compared const& row) {
  auto& shown = table.add("ROW");
  shown.set("NAME", std::string(row.name))
      .set("FORM", or_not_said(row.form))
      .set("PAYER", or_not_said(row.payer))
      .set("SEGMENT", segment_words(row.segment));
  auto const form = spelled(row.form);
  auto const payer = spelled(row.payer);
  if (!form.empty() && !payer.empty() && form != payer) shown.add("DIFFERS");
}

std::string name_in(std::string const& family, std::string const& given) {
  return name_of(expected_person{.family = family, .given = given});
}

void add_plan(page_model& model, application const& app, work_row const& row,
              check_result const& result) {
  auto& table = model.add("PLAN");
  auto const& told = row.told;
  auto const& has = result.payer_has;
  auto const date = [&](std::string const& day) { return app.clock.written_date(day); };
  add_compared(table, {"Insurance company", told.payer, result.payer, 0});
  add_compared(table, {"Plan", told.plan, result.plan, result.plan_segment});
  add_compared(table, {"Plan begins", {}, date(result.begins), result.dates_segment});
  add_compared(table, {"Plan ends", date(told.ends), date(result.ends), result.dates_segment});
  add_compared(table, {"Member ID", told.member_id, has.member_id, result.person_segment});
  add_compared(table, {"Patient", name_in(told.patient.family, told.patient.given),
                       name_in(has.family, has.given), result.person_segment});
  add_compared(table, {"Date of birth", date(told.patient.birth_date), date(has.birth_date),
                       result.person_segment});
}

void add_order(page_model& model, work_row const& row, check_result const& result) {
  auto& block = model.add("ORDER");
  auto const form =
      row.of == 1 ? std::string("The form names this insurance only.")
                  : fmt::format("The form has this plan as {} of {}.", row.told.number, row.of);
  block.set("FORM", form);
  if (result.pays_first == "this") block.add("SAID").set("TEXT", "This plan pays first.");
  if (result.pays_first == "another") block.add("SAID").set("TEXT", "Another plan pays first.");
  for (auto const& each : result.others) {
    auto text = "Another payer: " + or_not_said(each.name);
    if (!each.code.empty()) text += ", " + each.code;
    if (!each.insurance_type.empty()) text += ", insurance type " + each.insurance_type;
    block.add("SAID").set("TEXT", text + " (" + segment_words(each.segment) + ")");
  }
  if (block.count("SAID") == 0) block.add("SAID").set("TEXT", "The payer did not say.");
  auto const mismatch = eligibility::order_mismatch(result, row.told, row.of);
  if (!mismatch.empty()) block.add("MISMATCH").set("TEXT", mismatch);
}

std::string quantity(std::string const& number, std::string const& unit) {
  return number.empty() ? std::string() : number + (unit.empty() ? "" : " " + unit);
}

std::string figure(std::optional<std::int64_t> cents, std::string const& number,
                   std::string const& unit) {
  return or_not_said(cents ? eligibility::dollars(cents) : quantity(number, unit));
}

std::string details_of(money_line const& line) {
  std::string text;
  auto const add = [&](std::string_view what, std::string const& value) {
    if (value.empty()) return;
    text += (text.empty() ? "" : "; ") + std::string(what) + " " + value;
  };
  add("service", line.services);
  add("period", line.period);
  add("plan", line.plan);
  add("exceeded by", line.exceeded_cents ? eligibility::dollars(line.exceeded_cents)
                                         : quantity(line.exceeded, line.unit));
  if (!line.note.empty()) text += (text.empty() ? "" : "; ") + ("“" + line.note + "”");
  return text;
}

void add_money_line(page_model& group, money_line const& line) {
  auto& shown = group.add("LINE");
  auto const total =
      line.percent.empty() ? figure(line.total_cents, line.total, line.unit) : line.percent + " %";
  shown.set("WHAT", eligibility::money_name(line))
      .set("WHOM", line.whom == "not-stated" ? "level not stated"
                   : line.whom == "other"    ? "another level"
                                             : line.whom)
      .set("DETAILS", details_of(line))
      .set("TOTAL", total);
  bool const sums_up = line.kind != "copay" && line.kind != "coinsurance";
  auto const none = std::string("—");
  shown.set("USED", sums_up ? figure(line.used_cents, line.used, line.unit) : none);
  bool const derived = !line.remaining_cents && line.derived_cents;
  if (derived) shown.add("DERIVED");
  auto const left = derived ? eligibility::dollars(line.derived_cents)
                            : figure(line.remaining_cents, line.remaining, line.unit);
  shown.set("REMAINING", sums_up ? left : none);
  std::string segments;
  for (auto const each : line.segments) {
    if (each != 0) segments += (segments.empty() ? "" : ", ") + std::to_string(each);
  }
  shown.set("SEGMENTS", segments.empty() ? none : segments);
}

/// Visits and the like: a limit, but no money.
bool is_count(money_line const& line) {
  return !line.unit.empty() && !line.total_cents && !line.used_cents && !line.remaining_cents &&
         !line.exceeded_cents;
}

std::string count_words(money_line const& line) {
  auto const say = [&](std::string const& number) {
    return or_not_said(quantity(number, line.unit));
  };
  auto text = fmt::format("{}: {} in all, {} used, {} remaining", eligibility::money_name(line),
                          say(line.total), say(line.used), say(line.remaining));
  if (auto const details = details_of(line); !details.empty()) text += "; " + details;
  return text + "; " + eligibility::money_place(line);
}

struct network_row {
  std::string_view code;
  std::string_view words;
};
constexpr network_row networks[] = {{"in", "In network"},
                                    {"out", "Out of network"},
                                    {"either", "In or out of network"},
                                    {"unknown", "Network unknown to the payer"},
                                    {"not-stated", "Network not stated"}};

void add_money(page_model& model, check_result const& result) {
  auto& block = model.add("MONEY");
  for (auto const& network : networks) {
    page_model* group = nullptr;
    for (auto const& line : result.money) {
      if (line.where != network.code || is_count(line)) continue;
      if (group == nullptr) {
        group = &block.add("GROUP").set("NETWORK", std::string(network.words));
      }
      add_money_line(*group, line);
    }
  }
  if (block.count("GROUP") == 0) block.add("NONE");
}

void add_authorisation(page_model& model, check_result const& result) {
  auto& block = model.add("AUTHORISATION");
  auto const& said = result.authorisation;
  auto const words = said == "needed"       ? std::string("Needed")
                     : said == "not-needed" ? std::string("Not needed")
                     : said == "unknown"    ? std::string("The payer does not know")
                                            : std::string(not_said);
  block.set("WORDS", words);
  if (!result.authorisation_number.empty()) {
    block.add("NUMBER").set("TEXT", result.authorisation_number);
  }
  for (auto const& each : result.authorisations) {
    block.add("ROW").set("TEXT", each.text).set("SEGMENT", segment_words(each.segment));
  }
  for (auto const& each : result.limits) {
    block.add("LIMIT").set("TEXT", each.text).set("SEGMENT", segment_words(each.segment));
  }
  for (auto const& line : result.money) {
    if (!is_count(line)) continue;
    auto const segment = line.segments.empty() ? 0U : line.segments.front();
    block.add("LIMIT").set("TEXT", count_words(line)).set("SEGMENT", segment_words(segment));
  }
  if (block.count("LIMIT") == 0) block.add("NO_LIMIT");
}

void add_rows(page_model& model, check_result const& result) {
  if (result.rows.empty()) return;
  auto& block = model.add("ROWS").set("COUNT", std::to_string(result.rows.size()));
  for (auto const& row : result.rows) {
    auto const label = forms::x12::label_of_benefit(row.code);
    block.add("ROW")
        .set("SEGMENT", std::to_string(row.segment))
        .set("CODE", row.code + (label.empty() ? "" : " " + std::string(label)))
        .set("LEVEL", row.level)
        .set("SERVICES", row.services)
        .set("TYPE", row.insurance_type)
        .set("PLAN", row.plan)
        .set("PERIOD", row.period)
        .set("AMOUNT", row.amount)
        .set("SHARE", row.share)
        .set("QUANTITY", row.quantity)
        .set("AUTHORISATION", row.authorisation)
        .set("NETWORK", row.network)
        .set("ALSO", row.also);
  }
  if (result.rows_left_out > 0) {
    block.add("MORE").set("MORE_COUNT", std::to_string(result.rows_left_out));
  }
}

}  // namespace

std::string said_date(application const& app, std::string const& iso_day) {
  return or_not_said(app.clock.written_date(iso_day));
}

void add_result(page_model& model, application const& app, work_row const& row,
                check_result const& result) {
  add_plan(model, app, row, result);
  add_order(model, row, result);
  add_money(model, result);
  add_authorisation(model, result);
  auto& messages = model.add("MESSAGES");
  for (auto const& each : result.messages) {
    messages.add("MESSAGE").set("TEXT", each.text).set("SEGMENT", segment_words(each.segment));
  }
  if (result.messages.empty()) messages.add("NONE");
  for (auto const& each : result.refusals) {
    model.add("REFUSAL")
        .set("TEXT", fmt::format("AAA at the {}: reason {}, follow-up {}", each.level,
                                 or_not_said(each.reason), or_not_said(each.follow_up)))
        .set("SEGMENT", segment_words(each.segment));
  }
  add_rows(model, result);
}

}  // namespace intake::service::billing
