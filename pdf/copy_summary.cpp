#include "pdf/copy_summary.hpp"

#include "pdf/answer_text.hpp"
#include "pdf/insurance_notices.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::pdf {
namespace {

struct summary_row {
  std::string summary_words::*label;
  std::array<std::string_view, 4> link_ids;  ///< joined by commas
};

constexpr summary_row who_rows[] = {
    {&summary_words::visit, {"visit.kind", "visit.date"}},
    {&summary_words::filled_in_by, {"registration.filler", "registration.filler-name"}},
    {&summary_words::called, {"patient.name.preferred"}},
    {&summary_words::sex, {"patient.sex"}},
    {&summary_words::telephone, {"patient.phone", "patient.phone-message"}},
    {&summary_words::email, {"patient.email"}},
    {&summary_words::address,
     {"patient.address.line", "patient.address.city", "patient.address.state",
      "patient.address.zip"}},
    {&summary_words::contact, {"contact.name", "contact.relation", "contact.phone"}},
    {&summary_words::language, {"patient.language.preferred"}},
    {&summary_words::interpreter, {"patient.language.interpreter"}},
    {&summary_words::needs, {"patient.needs"}},
    {&summary_words::doctor, {"care-team.primary"}},
    {&summary_words::referring, {"care-team.referring"}},
    {&summary_words::pharmacy, {"care-team.pharmacy"}},
};

constexpr summary_row pain_rows[] = {
    {&summary_words::peg, {"peg.mean"}},
    {&summary_words::worst_region, {"pain.main-region"}},
    {&summary_words::since, {"pain.duration"}},
    {&summary_words::began, {"pain.onset"}},
};

struct plan_column {
  std::string summary_words::*title;
  std::string_view link_id;
  float share;
};

constexpr plan_column plan_columns[] = {
    {&summary_words::payer, "coverage.plan.payer", 1.5F},
    {&summary_words::plan, "coverage.plan.name", 1.3F},
    {&summary_words::member, "coverage.plan.member-id", 1.2F},
    {&summary_words::group, "coverage.plan.group-number", 1},
    {&summary_words::subscriber, "coverage.plan.subscriber", 1.2F},
    {&summary_words::referral, "coverage.plan.referral", 1},
};

struct pain_score {
  std::string summary_words::*name;
  std::string_view link_id;
};

constexpr pain_score pain_scores[] = {{&summary_words::now, "pain.now"},
                                      {&summary_words::worst, "pain.worst"},
                                      {&summary_words::least, "pain.best"},
                                      {&summary_words::most_days, "pain.average"}};

/// A key of the summary: a defect there is told apart from one in the form itself.
std::string summary_key(std::string_view link_id) {
  return fmt::format("summary/{}", link_id);
}

std::string joined(packet_answers const& given, summary_row const& row) {
  std::string out;
  for (auto const link_id : row.link_ids) {
    auto const part = link_id.empty() ? std::string() : given.text(link_id);
    if (!out.empty() && !part.empty()) out += ", ";
    out += part;
  }
  return out;
}

std::vector<fact> facts_of(packet_answers const& given, std::span<summary_row const> rows) {
  auto const& named = given.about().words.summary;
  std::vector<fact> out;
  for (auto const& row : rows) {
    auto value = joined(given, row);
    if (value.empty()) continue;
    out.push_back({named.*row.label, std::move(value), summary_key(row.link_ids[0])});
  }
  return out;
}

/// "now 6 · worst 8 · least 3 · most days 5"
std::string scores_text(packet_answers const& given) {
  auto const& named = given.about().words.summary;
  std::string out;
  for (auto const& score : pain_scores) {
    auto const value = given.text(score.link_id);
    if (value.empty()) continue;
    if (!out.empty()) out += " · ";
    out += fmt::format("{} {}", named.*score.name, value);
  }
  return out;
}

std::vector<fact> pain_facts(packet_answers const& given) {
  auto const& named = given.about().words.summary;
  std::vector<fact> out;
  if (auto scores = scores_text(given); !scores.empty()) {
    out.push_back({named.scores, std::move(scores), summary_key("pain.now")});
  }
  auto more = facts_of(given, pain_rows);
  std::move(more.begin(), more.end(), std::back_inserter(out));
  return out;
}

/// The question that asks where it hurts is known by its component, whatever it is called.
packet_answers::place regions_of(packet_answers const& given) {
  for (auto const& filled : given.packet()) {
    for (auto const& item : filled.form->items()) {
      if (item.shown.component != "body-map") continue;
      auto found = given.find(item.link_id);
      if (!found.given.empty()) return found;
    }
  }
  return {};
}

std::string strength_below(forms::questionnaire const& form, forms::item const& item,
                           packet_answers const& given, forms::answer const& region) {
  for (auto const index : item.children) {
    auto const& child = form.at(index);
    if (child.type == forms::item_type::integer) return given.below(form, region, child.link_id);
  }
  return {};
}

std::vector<body_mark> marks_of(packet_answers const& given, packet_answers::place const& found) {
  std::vector<body_mark> out;
  for (auto const* each : found.given) {
    auto const* region = std::get_if<forms::coding>(&each->value);
    body_mark mark{summary_key(found.item->link_id)};
    mark.region = region == nullptr ? std::string() : region->code;
    mark.label =
        printed_value(*found.item, each->value, given.about().copy_language, given.about().words);
    mark.label_own_words = own_words_of(*found.item, {*each}, given.about());
    mark.strength = strength_below(*found.in->form, *found.item, given, *each);
    out.push_back(std::move(mark));
  }
  return out;
}

/// A column that says nothing in any row is left out.
void drop_empty_columns(table& from) {
  for (auto at = from.columns.size(); at-- > 0;) {
    auto const column = static_cast<std::ptrdiff_t>(at);
    bool const empty = std::all_of(from.rows.begin(), from.rows.end(),
                                   [&](auto const& row) { return row[at].text.empty(); });
    if (!empty) continue;
    from.columns.erase(from.columns.begin() + column);
    for (auto& row : from.rows) row.erase(row.begin() + column);
  }
}

void add_plans(std::vector<block>& out, packet_answers const& given, std::string const& caption) {
  auto const& named = given.about().words.summary;
  table plans{caption, {}, {}};
  for (auto const& each : plan_columns)
    plans.columns.push_back({named.*each.title, "", each.share});
  given.each("coverage.plan", [&](auto const& form, auto const& plan) {
    auto& row = plans.rows.emplace_back();
    for (auto const& each : plan_columns) {
      row.push_back({summary_key(each.link_id), given.below(form, plan, each.link_id)});
    }
  });
  drop_empty_columns(plans);
  if (!plans.columns.empty() && !plans.rows.empty()) out.push_back(std::move(plans));
}

/// "Apixaban: 5 mg, two times a day", one a line.
std::string list_of(packet_answers const& given, std::string_view group, std::string_view name,
                    std::string_view detail) {
  std::string out;
  given.each(group, [&](auto const& form, auto const& occurrence) {
    auto const what = given.below(form, occurrence, name);
    auto const more = given.below(form, occurrence, detail);
    if (what.empty() && more.empty()) return;
    if (!out.empty()) out += '\n';
    out += more.empty() ? what : fmt::format("{}: {}", what, more);
  });
  return out;
}

std::vector<fact> medicines_and_allergies(packet_answers const& given) {
  auto const& named = given.about().words.summary;
  std::vector<fact> both;
  auto medicines = list_of(given, "medicine", "medicine.name", "medicine.dose");
  if (medicines.empty()) medicines = given.text("medicine.any");
  if (!medicines.empty()) {
    both.push_back({named.medicines, std::move(medicines), summary_key("medicine")});
  }
  auto allergies = list_of(given, "allergy", "allergy.to", "allergy.reaction");
  if (allergies.empty()) allergies = given.text("allergy.any");
  if (!allergies.empty()) {
    both.push_back({named.allergies, std::move(allergies), summary_key("allergy")});
  }
  return both;
}

void add_facts(std::vector<block>& out, std::vector<fact> entries, facts_layout layout) {
  if (!entries.empty()) out.push_back(facts{std::move(entries), 2, layout});
}

void add_pain_and_medicines(std::vector<block>& out, packet_answers const& given) {
  add_facts(out, pain_facts(given), facts_layout::flowing);
  auto medicines = medicines_and_allergies(given);
  auto const regions = regions_of(given);
  if (regions.given.empty()) return add_facts(out, std::move(medicines), facts_layout::columns);
  out.push_back(body_map{given.about().words.summary.regions, marks_of(given, regions),
                         std::move(medicines)});
}

bool asks_about_plans(packet_answers const& given) {
  return std::any_of(given.packet().begin(), given.packet().end(), [](filled_form const& each) {
    return each.form->find("coverage.plan") != nullptr;
  });
}

void add_decision_and_eligibility(std::vector<block>& out, packet_answers const& given) {
  auto const& about = given.about();
  if (about.decision) out.push_back(decision_notice(*about.decision, about));
  bool const concerned = about.decision || !about.eligibility.empty() || asks_about_plans(given);
  if (!concerned) return;
  for (auto& each : eligibility_notices(about)) out.push_back(std::move(each));
}

/// 45 CFR 164.502(b): billing asks for an authorization with what was tried, and nothing else.
bool may_show_in_ledger(copy_profile profile, forms::form_audience audience) {
  return audience == forms::form_audience::clinical || may_show(profile, audience);
}

void add_question(std::vector<block>& out, packet_answers const& given) {
  auto asks = given.text("ask.clinic");
  if (asks.empty()) return;
  out.push_back(
      notice{notice_kind::information, given.about().words.summary.asks, {std::move(asks)}});
}

}  // namespace

std::vector<block> copy_summary(packet_answers const& given) {
  auto const& named = given.about().words.summary;
  std::vector<block> out;
  add_question(out, given);
  add_facts(out, facts_of(given, who_rows), facts_layout::flowing);
  add_plans(out, given, "");  // its columns say what it is, and the page is full
  add_decision_and_eligibility(out, given);
  add_pain_and_medicines(out, given);
  if (!out.empty()) {
    out.insert(out.begin(),
               heading{heading_level::section, named.summary, "", in_outline::yes, "summary"});
  }
  return out;
}

std::vector<block> treatment_ledger(std::span<filled_form const> packet,
                                    packet_answers const& given) {
  packet_answers const all(packet, given.about(), may_show_in_ledger);
  auto const tried = all.find("treatment.tried");
  if (tried.given.empty()) return {};
  auto const& named = given.about().words.summary;
  std::vector<block> out;
  out.push_back(
      heading{heading_level::section, named.ledger, "", in_outline::yes, "treatment-ledger"});
  out.push_back(paragraph{named.ledger_note, tone::quiet});
  add_facts(out, pain_facts(given), facts_layout::flowing);
  add_plans(out, given, named.plans);
  struct ledger_column {
    std::string summary_words::*title;
    std::string_view link_id;
    float share;
  };
  constexpr ledger_column columns[] = {
      {&summary_words::treatment, "", 1.8F},
      {&summary_words::in_use, "treatment.when", 1},
      {&summary_words::how_long, "treatment.how-long", 1.2F},
      {&summary_words::helped, "treatment.helped", 0.9F},
      {&summary_words::why_stopped, "treatment.why-stopped", 1.3F}};
  table ledger{named.ledger, {}, {}};
  for (auto const& each : columns) ledger.columns.push_back({named.*each.title, "", each.share});
  for (auto const* each : tried.given) {
    auto& row = ledger.rows.emplace_back();
    for (auto const& wanted : columns) {
      auto text = wanted.link_id.empty()
                      ? printed_value(*tried.item, each->value, given.about().copy_language,
                                      given.about().words)
                      : all.below(*tried.in->form, *each, wanted.link_id);
      row.push_back({"ledger/treatment.tried", std::move(text)});
    }
  }
  out.push_back(std::move(ledger));
  add_facts(out, medicines_and_allergies(given), facts_layout::columns);
  return out;
}

}  // namespace intake::pdf
