#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/decision_rows.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/decide_again.hpp"
#include "service/pages/shell.hpp"

namespace intake::service::billing {
namespace {

void add_call(page_model& table, application const& app, decision_call const& each) {
  auto const person = each.who.value_or(expected_person{});
  auto& row = table.add("ROW");
  row.set("VISIT", app.places.of(each.location).clock->date_and_time(each.starts_at))
      .set("PATIENT", name_of(person))
      .set("PHONE", person.phone)
      .set("BEFORE", std::string(outcome_words(each.before)))
      .set("AFTER", std::string(outcome_words(each.after)))
      .set("LANGUAGE", person.language.empty() ? "en" : person.language)
      .set("SAY", each.say.in(person.language))
      .set("REASON", each.reason)
      .set("URL", "/desk/appointments/" + certs::to_string(each.appointment));
  bool const english = person.language.empty() || person.language == "en";
  if (!english) row.add("TRANSLATED").set("ENGLISH", each.say.en);
}

}  // namespace

response decision_calls_page(application& app, call const& c) {
  auto const calls = decision_calls(app, c.asked.received);
  page_model model;
  if (calls.empty()) model.add("EMPTY");
  if (!calls.empty()) {
    auto& table = model.add("TABLE");
    for (auto const& each : calls) add_call(table, app, each);
  }
  auto entry = entry_of(c, "list-shown");
  for (auto const& each : calls) entry.shown.push_back(each.appointment);
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Whom to call", .staff = &*c.staff}, "decision_calls", model);
}

}  // namespace intake::service::billing
