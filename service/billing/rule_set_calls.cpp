#include "certs/receipt.hpp"
#include "db/rule_sets.hpp"
#include "db/submissions.hpp"
#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/decision_rows.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/dispatch.hpp"
#include "service/pages/shell.hpp"
#include "service/record.hpp"
#include "service/rule_change.hpp"
#include "service/rule_store.hpp"

#include <algorithm>
#include <tuple>

namespace intake::service::billing {
namespace {

/// What a page may make somebody wait for; `intake rules diff` goes over all.
constexpr std::size_t gone_over = 2000;

using named_rules = std::shared_ptr<named_rule_set const>;

/// The set to compare with: what decides now, or what decided before it did.
named_rules compared_with(application& app, call const& c, certs::hash256 const& hash) {
  auto current = app.rules.current();
  if (current->hash != hash_text(hash)) return current;
  auto acts = db::list_rule_set_activations(app.desk);
  std::erase_if(acts, [&](db::rule_set_activation const& act) {
    return act.hash == hash || act.active_from > today_of(app, c);
  });
  auto const former = std::ranges::max_element(acts, {}, [](db::rule_set_activation const& act) {
    return std::tuple(act.active_from, act.number);
  });
  return former == acts.end() ? nullptr : readable_rules(app.desk, former->hash);
}

/// From when on the set decides: a later day where that was chosen, else today.
forms::insurance::date begins_on(application& app, call const& c, certs::hash256 const& hash) {
  auto day = today_of(app, c);
  for (auto const& act : db::list_rule_set_activations(app.desk)) {
    if (act.hash == hash) day = std::max(day, act.active_from);
  }
  return day;
}

std::optional<summary> patient_of(application& app, certs::uuid const& submission) {
  auto const stored = db::open_submission(app.desk, submission);
  if (!stored) return std::nullopt;
  for (auto const& part : stored->parts) {
    if (part.name == db::summary_part) {
      return open_summary(app.keks, {stored->head, part.sealed}).content;
    }
  }
  return std::nullopt;
}

void add_row(page_model& table, application& app, changed_decision const& each) {
  auto const patient = patient_of(app, each.submission).value_or(summary{});
  auto const receipt = certs::parse_receipt(each.receipt);
  auto& row = table.add("ROW");
  row.set("VISIT", forms::insurance::write_date(each.date_of_service))
      .set("PATIENT", patient.family + ", " + patient.given)
      .set("PHONE", patient.phone)
      .set("BEFORE", std::string(outcome_words(forms::insurance::to_word(each.change.before))))
      .set("AFTER", std::string(outcome_words(forms::insurance::to_word(each.change.after))))
      .set("LANGUAGE", patient.language)
      .set("SAY", each.change.patient.in(patient.language))
      .set("RECEIPT", receipt ? certs::spoken_form(*receipt) : each.receipt);
  if (!patient.language.starts_with("en"))
    row.add("TRANSLATED").set("ENGLISH", each.change.patient.en);
}

}  // namespace

response rule_set_calls(application& app, call const& c) {
  auto const hash = parse_hash(c.path["hash"]);
  auto const wanted = hash ? readable_rules(app.desk, *hash) : nullptr;
  if (!wanted) return refuse(app, 404, "There is no such rule set.", &c.asked);
  auto const base = compared_with(app, c, *hash);
  if (!base) {
    return rules_message(app, c, 200, "Whom to call",
                         "No other rule set decided before this one, so nothing changes.");
  }
  auto const changes = changed_decisions(
      {app.desk, app.keks, app.writer, entry_of(c, "decisions-compared"), gone_over},
      visits_to_come(app.desk, app.places, c.asked.received), base->set, wanted->set);
  auto const list = call_list(changes, begins_on(app, c, *hash));
  page_model model;
  model.set("URL", "/desk/rules/" + wanted->hash)
      .set("ASKED", std::to_string(changes.walk.decisions))
      .set("CHANGED", std::to_string(changes.changed.size()))
      .set("TO_COME", std::to_string(list.size()));
  if (!list.empty()) {
    auto& table = model.add("TABLE");
    for (auto const& each : list) add_row(table, app, each);
  }
  return show_page(app, {.title = "Whom to call", .staff = &*c.staff}, "rule_set_calls", model);
}

}  // namespace intake::service::billing
