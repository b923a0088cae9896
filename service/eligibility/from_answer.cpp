#include "service/eligibility/from_answer.hpp"

#include "certs/name_fold.hpp"
#include "forms/x12/character_set.hpp"
#include "forms/x12/money.hpp"
#include "forms/x12/next_step.hpp"
#include "forms/x12/plan_dates.hpp"
#include "forms/x12/verdict.hpp"

#include <algorithm>

namespace intake::service::eligibility {
namespace {

namespace x12 = forms::x12;

constexpr verdict answer_verdicts[] = {verdict::active, verdict::inactive, verdict::unclear,
                                       verdict::could_not_check};

std::string text_of(std::string_view said) {
  return std::string(said);
}

std::string joined(std::vector<std::string_view> const& parts) {
  std::string all;
  for (auto const part : parts) {
    if (!all.empty()) all += ' ';
    all += part;
  }
  return all;
}

/// As the clearinghouse had it from us: X12 letters, no case, no accents, nothing but letters.
std::string folded(std::string_view name) {
  auto text = x12::fold_text(name, {}, x12::character_set::basic);
  std::erase_if(text, [](char c) { return c < 'A' || c > 'Z'; });
  return text;
}

bool differ(std::string_view asked, std::string_view said) {
  auto const one = folded(asked);
  auto const other = folded(said);
  return !one.empty() && !other.empty() && one != other;
}

bool numbers_differ(std::string_view asked, std::string_view said) {
  auto const one = certs::fold_member_id(asked);
  auto const other = certs::fold_member_id(said);
  return !one.empty() && !other.empty() && one != other;
}

bool is_somebody_else(asked_about const& asked, asked_about const& said) {
  bool const born_otherwise =
      !asked.birth_date.empty() && !said.birth_date.empty() && asked.birth_date != said.birth_date;
  bool const given_differs = differ(asked.given, said.given);
  // Twins share family and birth date; a nickname keeps its number.
  return born_otherwise || (given_differs && differ(asked.family, said.family)) ||
         (given_differs && numbers_differ(asked.member_id, said.member_id));
}

bool take_dates(check_result& result, std::vector<x12::dated> const& dates) {
  bool any = false;
  for (auto const& date : dates) {
    auto const bounds = x12::bounds_of(date);
    if (!bounds) continue;
    any = true;
    result.dates_segment = date.segment;
    if (bounds->first != 0) result.begins = x12::iso_day(bounds->first);
    if (bounds->last != 0) result.ends = x12::iso_day(bounds->last);
  }
  return any;
}

void add_person(check_result& result, x12::response const& response, x12::answer const& answer) {
  if (answer.source != x12::nobody) result.payer = text_of(response.sources[answer.source].name);
  auto const* const person = x12::patient_of(response, answer);
  if (person == nullptr) return;
  result.person_segment = person->segment;
  result.payer_has = {.payer = result.payer,
                      .payer_typed = {},
                      .member_id = text_of(person->id),
                      .family = text_of(person->name),
                      .given = text_of(person->first),
                      .birth_date = x12::iso_day(person->birth.first)};
  // A dependent's number is the subscriber's, where the answer gives it.
  if (result.payer_has.member_id.empty() && answer.subscriber != x12::nobody) {
    result.payer_has.member_id = text_of(response.subscribers[answer.subscriber].id);
  }
}

void add_plan(check_result& result, x12::response const& response, x12::answer const& answer,
              x12::verdict const& said) {
  for (auto const index : said.rows) {
    auto const& row = answer.benefits[index];
    if (result.plan.empty() && !row.plan.empty()) {
      result.plan = text_of(row.plan);
      result.plan_segment = row.segment;
    }
    if (result.begins.empty() && result.ends.empty()) take_dates(result, row.dates);
  }
  if (!result.begins.empty() || !result.ends.empty()) return;
  auto const* const person = x12::patient_of(response, answer);
  if (person != nullptr) take_dates(result, person->dates);
  bool const none = result.begins.empty() && result.ends.empty();
  if (none && answer.subscriber != x12::nobody) {
    take_dates(result, response.subscribers[answer.subscriber].dates);
  }
}

/// NM101 of loop 2120. A primary care provider (P3), another subscriber (IL) or an employer may
/// stand there as well, and a person is nobody's payer.
bool is_payer(x12::party const& one) {
  constexpr std::string_view payers[] = {"PR", "PRP", "SEP", "TTP", "P4"};
  return one.type != "1" && std::ranges::find(payers, one.code) != std::end(payers);
}

void add_others(check_result& result, x12::benefit const& row) {
  bool is_named = false;
  for (auto const& each : row.related) {
    // Under any row but "other or additional payer" (EB01 R), PR is the payer who answers.
    if (!is_payer(each) || (row.code != "R" && (each.code == "PR" || each.code == "P4"))) continue;
    is_named = true;
    result.others.push_back(
        {each.segment, text_of(each.name), text_of(each.code), text_of(row.insurance_type)});
  }
  if (row.code == "R" && !is_named) {
    result.others.push_back({row.segment, text_of(row.plan), {}, text_of(row.insurance_type)});
  }
}

void add_authorisation(check_result& result, x12::benefit const& row) {
  if (row.authorisation.empty()) return;
  auto const said = row.authorisation == "Y"   ? std::string("needed")
                    : row.authorisation == "N" ? std::string("not-needed")
                                               : std::string("unknown");
  auto const about =
      row.services.empty() ? std::string() : " (service " + joined(row.services) + ")";
  result.authorisations.push_back({row.segment, said + about});
  // Of several rows the strictest stands above the list.
  bool const stronger = result.authorisation.empty() || said == "needed" ||
                        (said == "unknown" && result.authorisation == "not-needed");
  if (stronger) result.authorisation = said;
}

std::string delivery_text(x12::delivery const& one) {
  std::string text;
  for (auto const part : {one.quantity_qualifier, one.quantity, one.unit, one.sample_modulus,
                          one.period, one.periods, one.pattern, one.time_of_day}) {
    if (part.empty()) continue;
    if (!text.empty()) text += ' ';
    text += part;
  }
  return text;
}

class also_said {
 public:
  void add(std::string_view tag, std::initializer_list<std::string_view> parts) {
    std::string text(tag);
    bool any = false;
    for (auto const part : parts) {
      if (part.empty()) continue;
      any = true;
      text += ' ';
      text += part;
    }
    if (!any) return;
    if (!text_.empty()) text_ += "; ";
    text_ += text;
  }
  void add(x12::dated const& each) {
    auto const first = x12::iso_day(each.first);
    auto const last = each.last != each.first ? x12::iso_day(each.last) : std::string();
    add("DTP", {each.qualifier, first.empty() ? each.value : std::string_view(first),
                last.empty() ? "" : "to", last});
  }
  void add(x12::party const& each) {
    add("2120", {each.code, each.name, each.first, each.id_qualifier, each.id});
    for (auto const& one : each.contacts) {
      add("PER", {one.name});
      for (auto const& way : one.channels) add(way.qualifier, {way.number});
    }
    for (auto const& one : each.references) add("REF", {one.qualifier, one.value});
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string also_said_of(x12::benefit const& row) {
  also_said all;
  all.add("EB13", {row.procedure});
  all.add("EB14", {row.diagnosis_pointers});
  for (auto const& each : row.deliveries) {
    auto const text = delivery_text(each);
    all.add("HSD", {text});
  }
  for (auto const& each : row.references) {
    all.add("REF", {each.qualifier, each.value, each.description});
  }
  for (auto const& each : row.dates) all.add(each);
  for (auto const& each : row.informations) {
    all.add("III", {each.qualifier, each.code, each.category, each.text});
  }
  for (auto const& each : row.related) all.add(each);
  for (auto const& each : row.rejections) all.add("AAA", {each.reason, each.follow_up});
  return all.take();
}

void add_row(check_result& result, x12::benefit const& row) {
  if (result.rows.size() >= said_rows_max) {
    ++result.rows_left_out;
    return;
  }
  std::string quantity(row.quantity_qualifier);
  if (!row.quantity.empty()) quantity += (quantity.empty() ? "" : " ") + text_of(row.quantity);
  auto const share = x12::percent_of(row.fraction);
  result.rows.push_back({.segment = row.segment,
                         .code = text_of(row.code),
                         .level = text_of(row.level),
                         .services = joined(row.services),
                         .insurance_type = text_of(row.insurance_type),
                         .plan = text_of(row.plan),
                         .period = text_of(row.period),
                         .amount = text_of(row.amount),
                         .share = share ? *share + " %" : text_of(row.fraction),
                         .quantity = std::move(quantity),
                         .authorisation = text_of(row.authorisation),
                         .network = text_of(row.in_network),
                         .also = also_said_of(row)});
}

void add_figure(money_line& line, x12::figure const& said, std::optional<std::int64_t>& cents,
                std::string& quantity) {
  if (said.segment == 0) return;
  cents = said.cents;
  quantity = text_of(said.quantity);
  line.segments.push_back(said.segment);
  if (line.period.empty()) line.period = text_of(said.period);
}

std::string note_of(x12::benefit const& row) {
  std::string note;
  for (auto const& each : row.messages) {
    if (!note.empty()) note += "; ";
    note += each.text;
  }
  return note;
}

void add_money(check_result& result, x12::answer const& answer) {
  for (auto const& row : x12::money_of(answer)) {
    if (result.money.size() >= said_rows_max) return;
    auto const& benefit = answer.benefits[row.benefit];
    money_line line{.kind = text_of(name_of(row.kind)),
                    .where = text_of(name_of(row.where)),
                    .whom = text_of(name_of(row.whom)),
                    .services = joined(benefit.services),
                    .plan = text_of(benefit.plan),
                    .unit = text_of(row.quantity_qualifier),
                    .note = note_of(benefit)};
    add_figure(line, row.total, line.total_cents, line.total);
    add_figure(line, row.used, line.used_cents, line.used);
    add_figure(line, row.remaining, line.remaining_cents, line.remaining);
    add_figure(line, row.exceeded, line.exceeded_cents, line.exceeded);
    line.derived_cents = row.derived_remaining_cents;
    if (auto const share = x12::percent_of(row.fraction)) line.percent = *share;
    if (line.segments.empty()) line.segments.push_back(benefit.segment);
    result.money.push_back(std::move(line));
  }
}

void add_refusals(check_result& result, x12::response const& response, x12::answer const& answer) {
  auto const add = [&](std::string_view level, x12::rejection const& what) {
    auto const step = x12::next_step_for(what.reason, what.follow_up);
    result.refusals.push_back({.segment = what.segment,
                               .level = text_of(level),
                               .reason = text_of(what.reason),
                               .follow_up = text_of(what.follow_up),
                               .action = text_of(name_of(step.action)),
                               .days = step.days});
  };
  for (auto const& each : x12::rejections_of(response, answer)) add(each.level, each.what);
  for (auto const& row : answer.benefits) {
    for (auto const& each : row.rejections) {
      if (result.refusals.size() < x12::rejections_max) add("benefit", each);
    }
  }
  auto const first = x12::next_step_of(response, answer);
  if (!first) return;
  result.action = text_of(name_of(first->action));
  result.days = first->days;
}

/// What stands outside every benefit too: beside a rejection it says what to do.
void add_messages(check_result& result, x12::response const& response, x12::answer const& answer) {
  for (auto const& each : x12::messages_of(response, answer)) {
    if (result.messages.size() == said_rows_max) return;
    result.messages.push_back({each.what.segment, text_of(each.what.text)});
  }
}

void add_rows(check_result& result, x12::answer const& answer) {
  for (auto const& row : answer.benefits) {
    add_row(result, row);
    add_others(result, row);
    add_authorisation(result, row);
    for (auto const& each : row.deliveries) {
      if (result.limits.size() < said_rows_max) {
        auto const about =
            row.services.empty() ? std::string() : " (service " + joined(row.services) + ")";
        result.limits.push_back({each.segment, delivery_text(each) + about});
      }
    }
  }
}

}  // namespace

check_result result_of(x12::response const& response, x12::answer const& answer,
                       asked_about const& asked, x12::day_number day) {
  auto const said = x12::verdict_of(response, answer, day);
  check_result result;
  result.status = answer_verdicts[static_cast<std::size_t>(said.status)];
  result.reason = text_of(name_of(said.reason));
  result.asked = asked;
  add_person(result, response, answer);
  result.somebody_else = is_somebody_else(asked, result.payer_has);
  if (result.somebody_else) result.status = verdict::unclear;
  add_plan(result, response, answer, said);
  add_messages(result, response, answer);
  add_rows(result, answer);
  add_money(result, answer);
  add_refusals(result, response, answer);
  return result;
}

}  // namespace intake::service::eligibility
