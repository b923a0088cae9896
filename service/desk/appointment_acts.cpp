#include "db/appointment_acts.hpp"

#include "db/appointments.hpp"
#include "db/work_items.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/appointment_book.hpp"
#include "service/audit.hpp"
#include "service/desk/day_list.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/record.hpp"
#include "service/responses.hpp"
#include "service/whole_number.hpp"

#include <algorithm>

namespace intake::service::desk {
namespace {

/// The two records that a button's form names; nothing where one of them is not there.
struct named_pair {
  db::appointment_row appointment;
  certs::uuid submission;
};

std::optional<named_pair> pair_of(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const submission = certs::parse_uuid(field_of_body(c, "submission"));
  if (!id || !submission) return std::nullopt;
  auto row = db::find_appointment(app.desk, *id, c.asked.received);
  if (!row || db::list_versions(app.desk, *submission).empty()) return std::nullopt;
  return named_pair{std::move(*row), *submission};
}

/// The same walk-in that was added a moment ago: the button was pressed twice, or by two people.
std::optional<certs::uuid> just_added(application& app, appointment_entry const& entry) {
  constexpr std::chrono::minutes pressed_twice_max{10};
  auto const token = person_token(app.keys, entry.who);
  if (!token) return std::nullopt;
  for (auto const& each : db::list_appointments_by_token(app.desk, *token)) {
    bool const is_new = !each.source && each.location == entry.location &&
                        each.starts_at > entry.starts_at - pressed_twice_max;
    if (is_new && open_appointment(app.keks, each) == entry.who) return each.id;
  }
  return std::nullopt;
}

/// What was looked through is done on the worklist too; who acted there a moment ago is right.
void end_work(application& app, call const& c, certs::uuid id) {
  auto const item = db::find_work_item(app.desk, id);
  if (!item || item->state == db::work_state::done) return;
  static_cast<void>(db::set_work_state(app.desk, {id, db::work_state::done, item->number,
                                                  c.asked.received, c.staff->record.account}));
}

}  // namespace

response appointment_state(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const word = field_of_body(c, "to");
  auto const seen = whole_number<std::int32_t>(field_of_body(c, "seen"));
  auto const to = db::parse_appointment_state(word);
  if (!id || !seen || (!to && word != "undo")) {
    return refuse(app, 400, "The button was not one of ours.", &c.asked);
  }
  if (!db::find_appointment(app.desk, *id, c.asked.received)) {
    return refuse(app, 404, "There is no such appointment.", &c.asked);
  }
  db::appointment_act const act{*id, to.value_or(db::appointment_state::expected), *seen,
                                c.asked.received, c.staff->record.account};
  auto entry = entry_of(c, "appointment-" + (to ? word : std::string("undo")));
  entry.subject = *id;
  bool const done =
      to ? db::set_appointment_state(app.desk, act) : db::undo_appointment_state(app.desk, act);
  if (!done) entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  if (!done) {
    return say(app, c, 409, "Somebody else was quicker",
               "This appointment was changed while the page was open. Nothing was changed now: go "
               "back to the day list and look again.");
  }
  return see_other(way_back(c));
}

response walk_in(application& app, call const& c) {
  appointment_entry entry;
  entry.who = person_of(field_of_body(c, "name"));
  entry.who.visit_kind = field_of_body(c, "visit");
  auto const born = forms::insurance::read_table_date(field_of_body(c, "born"));
  auto const* const place = app.places.find(field_of_body(c, "place"));
  bool const known = forms::plan_for(app.forms.packets, entry.who.visit_kind) != nullptr;
  bool const is_born =
      born && born->day <= forms::insurance::date{app.clock.date(c.asked.received)};
  if (entry.who.family.empty() || !is_born || place == nullptr || !known) {
    return say(app, c, 422, "Not added",
               "A walk-in needs a name and a date of birth, written as 2/28/1961 or 1961-02-28. Go "
               "back and complete it.");
  }
  if (place->is_closed) {
    return say(app, c, 422, "Not added",
               "This place is closed: nothing new is booked there. Choose another one in the day "
               "list.");
  }
  entry.who.birth_date = forms::insurance::write_date(born->day);
  entry.location = place->id;
  entry.starts_at = c.asked.received;
  if (auto const there = just_added(app, entry)) {
    return see_other("/desk/appointments/" + certs::to_string(*there));
  }
  certs::uuid id;
  book_appointment(app.desk, {app.world, app.keks, app.keys}, entry, id);
  bool const arrived = db::set_appointment_state(
      app.desk, {id, db::appointment_state::arrived, 0, c.asked.received, c.staff->record.account});
  auto audited = entry_of(c, arrived ? "walk-in-added" : "appointment-added");
  audited.subject = id;
  app.writer.append(std::move(audited));
  return see_other("/desk/appointments/" + certs::to_string(id));
}

response alert_seen(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const stored =
      id ? db::list_by_ids(app.desk, {&*id, 1}) : std::vector<db::listed_submission>{};
  if (stored.empty()) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto const mark = field_of_body(c, "code");
  auto const sent = open_summary(app.keks, stored.front()).content;
  bool const checks = mark == checked_code(stored.front().head.version);
  auto const alerts = sent ? sent->alerts : std::vector<std::string>{};
  auto const known = std::ranges::find_if(
      alerts, [&](std::string const& each) { return mark == alert_mark(app.keys, *id, each); });
  if (known == alerts.end() && mark.starts_with(checked_prefix) && !checks) {
    return say(
        app, c, 409, "Newer answers came",
        "The forms were changed while the page was open. Nothing was recorded: go back, load "
        "the page again and look at what is new.");
  }
  if (known == alerts.end() && !checks) {
    return refuse(app, 400, "There is no such alert.", &c.asked);
  }
  if (checks && !(sent && is_all_settled(app, *id, *sent, c.asked.received))) {
    return say(
        app, c, 409, "Something is open",
        "An alert that nobody has seen, or something that is missing, is open in these forms. "
        "Nothing was recorded: go back and settle it first.");
  }
  auto const code = checks ? mark : *known;
  if (!checks && !may_acknowledge(app, code, reader_of(c))) {
    return refuse(app, 403, "What there is to see is the clinician's: tell them.", &c.asked);
  }
  auto entry = entry_of(c, checks ? "submission-checked" : "alert-acknowledged");
  entry.subject = *id;
  entry.version = stored.front().head.version;
  app.writer.append(std::move(entry));
  db::acknowledge_alert(
      app.desk, {*id, alert_hash(app.keys, *id, code), c.asked.received, c.staff->record.account});
  if (checks) end_work(app, c, *id);
  return see_other(way_back(c));
}

response appointment_match(application& app, call const& c) {
  auto const pair = pair_of(app, c);
  if (!pair) return refuse(app, 404, "There is no such appointment or submission.", &c.asked);
  bool const parts = field_of_body(c, "act") == "part";
  auto entry = entry_of(c, parts ? "appointment-parted" : "appointment-matched");
  entry.subject = pair->submission;
  entry.shown = {pair->appointment.what.id};
  app.writer.append(std::move(entry));
  db::appointment_match const match{pair->appointment.what.id, pair->submission,
                                    db::match_reason::staff, c.asked.received,
                                    c.staff->record.account};
  parts ? db::part_appointment(app.desk, match) : db::match_appointment(app.desk, match);
  return see_other("/desk/appointments/" + certs::to_string(pair->appointment.what.id));
}

}  // namespace intake::service::desk
