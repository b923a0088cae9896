// The clinic as it is set up: its places and their times, its look, forms with their editions, how
// long records are kept.
#include "certs/blind_index.hpp"
#include "db/audit_entry.hpp"
#include "db/retention.hpp"
#include "forms/editions.hpp"
#include "service/audit.hpp"
#include "service/clinic/acts.hpp"
#include "service/clinic/clinic.hpp"
#include "service/clinic/known_settings.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"

#include <fmt/format.h>

namespace intake::service::clinic {
namespace {

// A year of the rule is a calendar year with its leap day, so that nothing goes a day early.
constexpr std::chrono::hours year{24 * 366};

bool may_change(call const& c) {
  return c.staff->role == db::account_role::manager;
}

/// Who may only look reads the same without the links.
void add_change(page_model& row, call const& c, std::string const& path, std::string_view what) {
  if (!may_change(c)) return;
  row.add("CHANGE").set("URL", path).set("WHAT", std::string(what));
}

void add_settings(page_model& model, application const& app, call const& c) {
  for (auto const& each : known_settings()) {
    auto& row = model.add("FACT");
    auto value = each.read(app.settings, app.set);
    row.set("NAME", std::string(each.title))
        .set("VALUE", value.empty() ? "not set" : std::move(value));
    if (!each.language.empty()) row.add("FOREIGN").set("CODE", std::string(each.language));
    add_source(row, app, each.key, each.config_key);
    add_change(row, c, "/desk/clinic/settings/" + std::string(each.key), each.title);
  }
}

void add_fact(page_model& model, std::string_view name, bool is_set, std::string_view key) {
  auto& row = model.add("FACT");
  row.set("NAME", std::string(name)).set("VALUE", is_set ? "set" : "not set");
  row.add("OF_FILE").set("KEY", std::string(key));
}

void add_ways(page_model& model, application const& app) {
  auto const& from = app.settings;
  add_fact(model, "Links sent by e-mail", !from.delivery_mail_command.empty(),
           "[delivery] mail_command");
  add_fact(model, "Links sent as text messages", !from.delivery_phone_command.empty(),
           "[delivery] phone_command");
}

void add_places(page_model& model, application const& app, call const& c) {
  for (auto const& each : app.places.all()) {
    auto& row = model.add("PLACE");
    row.set("ID", each.id)
        .set("NAME", each.name)
        .set("ZONE", each.zone)
        .set("NOW", each.clock->date_and_time(c.asked.received));
    if (each.is_closed) row.add("CLOSED");
    add_source(row, app, std::string(place_keys) + each.id, "[clinic] locations");
    add_change(row, c, "/desk/clinic/places/" + each.id, each.name);
  }
  if (may_change(c)) model.add("ADD_PLACE");
}

std::string edition_words(forms::text_edition const& edition, std::string const& today) {
  if (forms::may_be_signed(edition, today)) return "in force";
  bool const begins_later = !edition.valid_from.empty() && edition.valid_from > today;
  return begins_later ? "from " + edition.valid_from : "over since " + edition.must_stop;
}

void add_forms(page_model& model, application const& app, call const& c) {
  auto const today = app.clock.fhir_date(c.asked.received);
  for (auto const& form : app.forms.library.forms()) {
    auto& row = model.add("FORM");
    row.set("TITLE", std::string(form->header().title.text))
        .set("ID", form->header().id)
        .set("VERSION", form->header().version);
    for (auto const& item : form->items()) {
      if (item.edition.id.empty()) continue;
      auto& text = row.add("TEXT");
      text.set("NAME", std::string(forms::text_in(item, "en")))
          .set("EDITION", item.edition.id)
          .set("STATE", edition_words(item.edition, today));
      auto const key = std::string(edition_keys) + item.edition.id;
      if (app.set.find(key) != nullptr) add_source(text, app, key, "");
      add_change(text, c, "/desk/clinic/editions/" + percent_encode(item.edition.id),
                 item.edition.id);
    }
  }
}

void add_retention(page_model& model, application& app, call const& c) {
  auto const older_than = c.asked.received - app.settings.retention_years * year;
  auto const due = db::records_due(
      app.desk, older_than, static_cast<std::int16_t>(certs::search_field::surname_birth_date),
      static_cast<int>(db::shown_max));
  model.set("YEARS", std::to_string(app.settings.retention_years))
      .set("AGE", std::to_string(app.settings.retention_minors_until_age))
      .set("BEFORE", app.clock.date_and_time(older_than))
      .set("DUE", std::to_string(due.size()));
  for (auto const& each : db::list_purges(app.desk)) {
    if (model.count("PURGES") == 0) model.add("PURGES");
    model.last("PURGES")
        .add("PURGE")
        .set("PROPOSED", app.clock.date_and_time(each.proposed))
        .set("RECORDS", std::to_string(each.records))
        .set("APPROVALS", std::to_string(each.approvals))
        .set("DONE", each.done ? app.clock.date_and_time(*each.done) : "not yet");
  }
}

}  // namespace

response clinic_page(application& app, call const& c) {
  auto& now = looked_at_now(app);
  page_model model;
  add_settings(model, now, c);
  add_ways(model, now);
  add_places(model, now, c);
  add_forms(model, now, c);
  add_retention(model, now, c);
  if (may_change(c)) model.add("CONSENTS");
  now.writer.append(entry_of(c, "clinic-shown"));
  return show_page(now, {.title = "Clinic", .staff = &*c.staff}, "clinic", model);
}

}  // namespace intake::service::clinic
