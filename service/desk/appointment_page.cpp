#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/delivery/deliveries.hpp"
#include "service/desk/day_list.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/missing_thing.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

void add_fact(page_model& model, std::string_view name, std::string value) {
  if (value.empty()) return;
  model.add("FACT").set("NAME", std::string(name)).set("VALUE", std::move(value));
}

void add_person(page_model& model, application const& app, day_row const& row) {
  auto const& what = row.one.row.what;
  auto const& place = app.places.of(what.location);
  add_fact(model, "When", place.clock->date_and_time(what.starts_at));
  add_fact(model, "Where", place.name);
  if (!row.one.who) return;
  auto const& who = *row.one.who;
  add_fact(model, "Date of birth", app.clock.written_date(who.birth_date));
  add_fact(model, "Visit", visit_words(app.forms, who.visit_kind));
  add_fact(model, "Reason", who.reason);
  add_fact(model, "Telephone", who.phone);
  add_fact(model, "E-mail", who.mail);
}

void add_ways_to_send(page_model& model, application const& app, expected_person const& who) {
  for (auto const way : delivery::ways_to(app.settings, who)) {
    model.add("SEND")
        .set("WAY", std::string(db::to_string(way)))
        .set("LABEL", delivery::way_words(way, who));
  }
}

void add_missing(page_model& model, day_row const& row) {
  for (auto const& item : row.ready.missing) {
    auto& shown = model.add("MISSING");
    auto const number = row.forms ? row.number_of(item) : 0;
    auto& text = shown.add(number == 0 ? "PLAIN" : "LINKED").set("TEXT", item.words);
    if (number > 0) text.set("URL", missing_address(row.forms->head.id, number));
  }
  for (auto const& done : row.settled) {
    model.add("SETTLED")
        .set("TEXT", settled_words(done))
        .set("URL", missing_address(row.forms->head.id, row.number_of(done.item)));
  }
}

std::string how_they_differ(expected_person const& who, summary const& sent) {
  if (who.given == sent.given && who.family == sent.family) return "Same name and date of birth";
  return "Same last name and date of birth; sent as " + sent.family + ", " + sent.given;
}

void add_forms(page_model& model, application const& app, call const& c, day_row const& row) {
  auto const& head = row.forms->head;
  auto const id = certs::to_string(head.id);
  auto& block = model.add("FORMS");
  block.set("RECEIPT", spoken_receipt(head.receipt))
      .set("RECEIVED", app.clock.date_and_time(head.received))
      .set("TITLES", form_titles(app.forms, row.forms->sent.forms, reader_of(c)))
      .set("PDF_URL", "/desk/submissions/" + id + ".pdf")
      .set("SUBMISSION", id);
  if (row.forms->sent.filled_in == "staff") block.add("BY_STAFF");
  if (row.checked_by.empty() && row.is_ready()) {
    block.add("UNCHECKED").set("CODE", checked_code(head.version));
  } else if (!row.checked_by.empty()) {
    block.add("CHECKED").set("WHO", row.checked_by);
  }
  for (auto const& alert : row.alerts) {
    auto& shown = block.add("ALERT").set("TEXT", alert.what.words);
    if (alert.seen_by.empty()) {
      if (!may_acknowledge(app, alert.what.code, reader_of(c))) continue;
      shown.add("UNSEEN").set("CODE", alert_mark(app.keys, head.id, alert.what.code));
    } else {
      shown.add("SEEN_BY").set("WHO", alert.seen_by);
    }
  }
}

std::vector<match_candidate> add_candidates(page_model& model, application& app,
                                            day_row const& row) {
  if (!row.one.row.submissions.empty()) return {};
  auto found = match_candidates(app, row.one);
  for (auto const& each : found) {
    if (model.count("CANDIDATES") == 0) model.add("CANDIDATES");
    model.last("CANDIDATES")
        .add("CANDIDATE")
        .set("REASON", how_they_differ(*row.one.who, each.sent))
        .set("RECEIVED", app.clock.date_and_time(each.head.first_received))
        .set("RECEIPT", spoken_receipt(each.head.receipt))
        .set("SUBMISSION", certs::to_string(each.head.id));
  }
  return found;
}

}  // namespace

response appointment_page(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const row = id ? day_row_of(app, *id, c.asked.received, reader_of(c)) : std::nullopt;
  if (!row) return refuse(app, 404, "There is no such appointment.", &c.asked);
  auto const title = row->one.who ? name_of(*row->one.who) : "This row can't be opened";
  auto const self = "/desk/appointments/" + certs::to_string(*id);
  page_model model;
  model.set("TITLE", title)
      .set("SELF", self)
      .set("CSRF", csrf_token(c.staff->record))
      .set("PACKET", packet_words(*row));
  add_person(model, app, *row);
  add_missing(model, *row);
  if (row->one.who) add_ways_to_send(model, app, *row->one.who);
  for (auto const& text : row->ready.notes) model.add("NOTE").set("TEXT", text);
  if (row->is_ready()) model.add("READY");
  if (row->forms) add_forms(model, app, c, *row);
  auto const candidates = add_candidates(model, app, *row);
  auto entry = entry_of(c, "appointment-shown");
  entry.subject = *id;
  if (row->forms) entry.shown.push_back(row->forms->head.id);
  for (auto const& each : candidates) entry.shown.push_back(each.head.id);
  app.writer.append(std::move(entry));
  return show_page(app, {.title = title, .staff = &*c.staff}, "desk_appointment", model);
}

}  // namespace intake::service::desk
