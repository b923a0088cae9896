#include "forms/insurance/calendar.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/desk/day_list.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/keys.hpp"
#include "service/desk/missing_thing.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/visit_frame.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

using db::appointment_state;
using forms::insurance::date;

struct state_words {
  std::string_view words;
  std::string_view tag_class;
};

constexpr state_words states[] = {{"Expected", "govuk-tag--grey"},
                                  {"Arrived", "govuk-tag--green"},
                                  {"Left", "govuk-tag--blue"},
                                  {"No-show", "govuk-tag--yellow"}};

struct state_button {
  appointment_state from;
  appointment_state to;
  std::string_view words;
  std::string_view key;
};

constexpr state_button visit_buttons[] = {
    {appointment_state::expected, appointment_state::arrived, "Arrived", "a"},
    {appointment_state::expected, appointment_state::no_show, "No-show", "n"},
    {appointment_state::arrived, appointment_state::left, "Left", "l"},
};

struct asked_day {
  location const* place = nullptr;
  date day{};
};

std::optional<asked_day> read_day(application const& app, call const& c) {
  asked_day asked;
  auto const id = patients::query_value(c.asked, "place");
  asked.place = id.empty() ? &app.places.first_open() : app.places.find(id);
  if (asked.place == nullptr) return std::nullopt;
  auto const text = patients::query_value(c.asked, "date");
  asked.day = date{asked.place->clock->date(c.asked.received)};
  if (text.empty()) return asked;
  auto const read = forms::insurance::read_iso_date(text);
  if (!read) return std::nullopt;
  asked.day = *read;
  return asked;
}

std::string day_url(location const& place, date day) {
  return fmt::format("/desk/today?place={}&date={}", place.id, forms::insurance::write_date(day));
}

std::string anchor_of(day_row const& each) {
  return "row-" + certs::to_string(each.one.row.what.id);
}

void add_state(page_model& row, day_row const& each, std::string const& csrf,
               std::string const& back) {
  auto const& appointment = each.one.row;
  auto const action = "/desk/appointments/" + certs::to_string(appointment.what.id) + "/state";
  auto const& words = states[static_cast<std::size_t>(appointment.state)];
  row.set("STATE", std::string(words.words)).set("STATE_CLASS", std::string(words.tag_class));
  row.set("ANCHOR", anchor_of(each));
  auto const add = [&](std::string_view to, std::string_view label, std::string_view key) {
    row.add("ACT")
        .set("ACTION", action)
        .set("CSRF", csrf)
        .set("BACK", back + "#" + anchor_of(each))
        .set("KEY", std::string(key))
        .set("SEEN", std::to_string(appointment.event_number))
        .set("TO", std::string(to))
        .set("LABEL", std::string(label))
        .set("WHO", each.one.who ? name_of(*each.one.who) : "");
  };
  // Whoever does not keep the day reads it.
  if (csrf.empty()) return;
  for (auto const& button : visit_buttons) {
    if (button.from == appointment.state) add(db::to_string(button.to), button.words, button.key);
  }
  if (appointment.event_number > 0) add("undo", "Undo", "u");
}

void add_who(page_model& row, application const& app, day_row const& each) {
  auto const& person = each.one.who;
  row.set("PATIENT", person ? name_of(*person) : "(this row can't be opened)")
      .set("BORN", person ? app.clock.written_date(person->birth_date) : "")
      .set("VISIT", person ? visit_words(app.forms, person->visit_kind) : "")
      .set("URL", "/desk/appointments/" + certs::to_string(each.one.row.what.id));
}

/// Each missing thing leads to its ways out; of forms that did not come, the appointment does.
void add_missing(page_model& row, day_row const& each) {
  auto const page = "/desk/appointments/" + certs::to_string(each.one.row.what.id);
  for (auto const& item : each.ready.missing) {
    auto const number = each.forms ? each.number_of(item) : 0;
    row.add("MISSING")
        .set("TEXT", item.words)
        .set("URL", number == 0 ? page : missing_address(each.forms->head.id, number));
  }
  for (auto const& done : each.settled) {
    row.add("SETTLED")
        .set("TEXT", settled_words(done))
        .set("URL", missing_address(each.forms->head.id, each.number_of(done.item)));
  }
}

void add_row(page_model& table, application const& app, asked_day const& asked, day_row const& each,
             std::string const& csrf) {
  auto& row = table.add("ROW");
  add_who(row, app, each);
  row.set("TIME", asked.place->clock->time_of_day(each.one.row.what.starts_at))
      .set("PACKET", packet_words(each));
  if (!each.checked_by.empty()) row.add("CHECKED").set("CHECKED_BY", each.checked_by);
  if (each.one.row.progress && each.one.row.progress->help_asked) row.add("HELP");
  if (each.is_ready()) row.add("READY");
  for (auto const& alert : each.alerts) {
    auto& shown = row.add("ALERT").set("TEXT", alert.what.words);
    if (!alert.seen_by.empty()) shown.add("SEEN_BY").set("WHO", alert.seen_by);
  }
  add_missing(row, each);
  for (auto const& text : each.ready.notes) row.add("NOTE").set("TEXT", text);
  add_state(row, each, csrf, day_url(*asked.place, asked.day));
}

void add_alerts(page_model& model, application const& app, call const& c,
                std::vector<day_row> const& rows, asked_day const& asked, std::string const& csrf) {
  for (auto const& row : rows) {
    for (auto const& alert : row.alerts) {
      if (!alert.seen_by.empty()) continue;
      if (model.count("ALERTS") == 0) model.add("ALERTS");
      auto& shown = model.last("ALERTS")
                        .add("OPEN_ALERT")
                        .set("TEXT", alert.what.words)
                        .set("PATIENT", row.one.who ? name_of(*row.one.who) : "")
                        .set("TIME", asked.place->clock->time_of_day(row.one.row.what.starts_at));
      if (!may_acknowledge(app, alert.what.code, reader_of(c))) continue;
      shown.add("SEEN")
          .set("TEXT", alert.what.words)
          .set("PATIENT", row.one.who ? name_of(*row.one.who) : "")
          .set("ACTION", "/desk/submissions/" + certs::to_string(alert.submission) + "/seen")
          .set("CODE", alert_mark(app.keys, alert.submission, alert.what.code))
          .set("CSRF", csrf)
          .set("BACK", day_url(*asked.place, asked.day));
    }
  }
}

bool is_over(day_row const& each) {
  auto const state = each.one.row.state;
  return state == appointment_state::left || state == appointment_state::no_show;
}

void audit(application& app, call const& c, std::vector<day_row> const& rows) {
  auto entry = entry_of(c, "list-shown");
  for (auto const& each : rows) {
    entry.shown.push_back(each.one.row.what.id);
    if (each.forms) entry.shown.push_back(each.forms->head.id);
  }
  app.writer.append(std::move(entry));
}

void add_ways(page_model& model, application const& app, asked_day const& asked) {
  model.set("DAY", app.clock.written_date(forms::insurance::write_date(asked.day)))
      .set("PLACE", asked.place->name)
      .set("PLACE_ID", asked.place->id)
      .set("DATE", forms::insurance::write_date(asked.day))
      .set("BEFORE_URL", day_url(*asked.place, asked.day - std::chrono::days(1)))
      .set("AFTER_URL", day_url(*asked.place, asked.day + std::chrono::days(1)));
  if (app.places.all().size() < 2) return;
  auto& block = model.add("PLACES");
  for (auto const& each : app.places.all()) {
    block.add("PLACE_CHOICE")
        .add(&each == asked.place ? "CURRENT" : "OTHER")
        .set("NAME", each.is_closed ? each.name + " (closed)" : each.name)
        .set("URL", day_url(each, asked.day));
  }
}

/// The newest forms of each visit, to be taken along as one file.
void add_copies(page_model& model, std::vector<day_row> const& rows, asked_day const& asked,
                std::string const& csrf) {
  for (auto const& each : rows) {
    if (!each.forms || each.one.row.state == appointment_state::no_show) continue;
    if (model.count("COPIES") == 0) model.add("COPIES").set("CSRF", csrf);
    model.last("COPIES")
        .add("COPY")
        .set("ID", certs::to_string(each.forms->head.id))
        .set("TIME", asked.place->clock->time_of_day(each.one.row.what.starts_at))
        .set("PATIENT", each.one.who ? name_of(*each.one.who) : "");
  }
}

void add_walk_in(page_model& model, application const& app, asked_day const& asked,
                 std::string const& csrf) {
  auto& block = model.add("WALK_IN").set("CSRF", csrf).set("PLACE_ID", asked.place->id);
  for (auto const& plan : app.forms.packets) {
    if (plan.visit_kinds.empty()) continue;
    block.add("KIND").set("VALUE", plan.visit_kinds.front()).set("NAME", plan.title.text);
  }
}

}  // namespace

response today(application& app, call const& c) {
  auto const asked = read_day(app, c);
  if (!asked) return refuse(app, 400, "There is no such place or day.", &c.asked);
  auto const rows = day_at(app, *asked->place, asked->day, c.asked.received, reader_of(c));
  auto const csrf = csrf_token(c.staff->record);
  page_model model;
  add_ways(model, app, *asked);
  add_alerts(model, app, c, rows, *asked, csrf);
  if (rows.empty()) {
    auto& empty = model.add("EMPTY");
    if (keeps_day(c)) empty.add("UPLOAD");
  }
  for (auto const& each : rows) {
    auto const* const section = is_over(each) ? "OVER" : "TABLE";
    if (model.count(section) == 0) model.add(section);
    add_row(model.last(section), app, *asked, each, keeps_day(c) ? csrf : std::string());
  }
  add_copies(model, rows, *asked, csrf);
  bool const is_today = asked->day == date{asked->place->clock->date(c.asked.received)};
  if (is_today && keeps_day(c) && !asked->place->is_closed) add_walk_in(model, app, *asked, csrf);
  if (keeps_day(c)) model.add("UPLOAD");
  add_keys(model, app, c, day_url(*asked->place, asked->day));
  audit(app, c, rows);
  return show_page(app, {.title = "Today", .staff = &*c.staff}, "desk_today", model);
}

}  // namespace intake::service::desk
