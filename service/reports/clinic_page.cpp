// The clinic as it is set up: its places and their times, its look, forms with their editions, how
// long records are kept.
#include "certs/blind_index.hpp"
#include "db/audit_entry.hpp"
#include "db/retention.hpp"
#include "forms/editions.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/audit.hpp"
#include "service/consents.hpp"
#include "service/copy.hpp"
#include "service/pages/shell.hpp"
#include "service/reports/reports.hpp"

#include <fmt/format.h>

namespace intake::service::reports {
namespace {

constexpr int consents_of_max = 500;
// A year of the rule is a calendar year with its leap day, so that nothing goes a day early.
constexpr std::chrono::hours year{24 * 366};

std::string today_of(application const& app, call const& c) {
  return forms::insurance::write_date(forms::insurance::date{app.clock.date(c.asked.received)});
}

void add_fact(page_model& model, std::string_view name, std::string value, std::string_view key) {
  model.add("FACT")
      .set("NAME", std::string(name))
      .set("VALUE", value.empty() ? "not set" : std::move(value))
      .set("KEY", std::string(key));
}

void add_clinic(page_model& model, application const& app) {
  auto const& from = app.settings;
  add_fact(model, "Name", from.clinic_name, "[clinic] name");
  add_fact(model, "Telephone", from.clinic_phone, "[clinic] phone");
  add_fact(model, "Colour", from.clinic_colour, "[clinic] colour");
  add_fact(model, "Logo", from.clinic_logo_file.empty() ? "" : "set", "[clinic] logo_file");
  add_fact(model, "Links sent by e-mail", from.delivery_mail_command.empty() ? "" : "set",
           "[delivery] mail_command");
  add_fact(model, "Links sent as text messages", from.delivery_phone_command.empty() ? "" : "set",
           "[delivery] phone_command");
}

void add_places(page_model& model, application const& app, call const& c) {
  for (auto const& each : app.places.all()) {
    model.add("PLACE")
        .set("ID", each.id)
        .set("NAME", each.name)
        .set("NOW", each.clock->date_and_time(c.asked.received));
  }
}

std::string edition_words(forms::text_edition const& edition, std::string const& today) {
  if (forms::may_be_signed(edition, today)) return "in force";
  bool const begins_later = !edition.valid_from.empty() && edition.valid_from > today;
  return begins_later ? "from " + edition.valid_from : "over since " + edition.must_stop;
}

void add_forms(page_model& model, application const& app, std::string const& today) {
  for (auto const& form : app.forms.library.forms()) {
    auto& row = model.add("FORM");
    row.set("TITLE", std::string(form->header().title.text))
        .set("ID", form->header().id)
        .set("VERSION", form->header().version);
    for (auto const& item : form->items()) {
      if (item.edition.id.empty()) continue;
      row.add("TEXT")
          .set("NAME", std::string(forms::text_in(item, "en")))
          .set("EDITION", item.edition.id)
          .set("STATE", edition_words(item.edition, today));
    }
  }
}

void add_retention(page_model& model, application& app, call const& c) {
  auto const older_than = c.asked.received - app.settings.retention_years * year;
  auto const due = db::records_due(
      app.desk, older_than, static_cast<std::int16_t>(certs::search_field::surname_birth_date),
      static_cast<int>(db::shown_max));
  model.set("YEARS", std::to_string(app.settings.retention_years))
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
  page_model model;
  add_clinic(model, app);
  add_places(model, app, c);
  add_forms(model, app, today_of(app, c));
  add_retention(model, app, c);
  if (c.staff->role == db::account_role::manager) model.add("CONSENTS");
  app.writer.append(entry_of(c, "clinic-shown"));
  return show_page(app, {.title = "Clinic", .staff = &*c.staff}, "clinic", model);
}

response consents_due_page(application& app, call const& c) {
  consent_search search(app.forms, today_of(app, c));
  auto entry = entry_of(c, "consents-due-shown");
  auto const page = db::list_newest(app.desk, {}, consents_of_max);
  std::size_t unread = 0;
  for (auto const& each : page) {
    auto const stored = db::open_submission(app.desk, each.head.id);
    auto const reading = stored
                             ? open_record(app.keks, app.forms, *stored, record_files::left_alone)
                             : record_reading{};
    if (!reading.record) {
      ++unread;
      continue;
    }
    entry.shown.push_back(each.head.id);
    search.add(stored->head, *reading.record);
  }
  page_model model;
  model.set("RECORDS", std::to_string(entry.shown.size()));
  if (page.size() == consents_of_max) model.add("MORE");
  if (unread > 0) model.add("UNREAD").set("COUNT", std::to_string(unread));
  for (auto const& each : search.due()) {
    if (model.count("TABLE") == 0) model.add("TABLE");
    model.last("TABLE")
        .add("ROW")
        .set("PATIENT", each.patient)
        .set("BORN", app.clock.written_date(each.birth_date))
        .set("CONSENT", each.consent)
        .set("SIGNED", each.signed_edition)
        .set("AT", app.clock.date_and_time(each.signed_at))
        .set("RECEIPT", spoken_receipt(each.receipt))
        .set("NOW", each.edition_in_force.empty() ? "none" : each.edition_in_force);
  }
  if (search.due().empty()) model.add("NOBODY");
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Who must sign again", .staff = &*c.staff}, "consents_due",
                   model);
}

}  // namespace intake::service::reports
