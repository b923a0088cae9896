#include "certs/name_fold.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/white_space.hpp"
#include "service/audiences.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/delivery/channel.hpp"
#include "service/delivery/deliveries.hpp"
#include "service/desk/day_list.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/sheets.hpp"
#include "service/desk/staff_act.hpp"
#include "service/desk/staff_entry.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/record.hpp"
#include "service/responses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr int listed_max = 200;

struct state_word {
  bool holds;
  std::string words;
};

std::string state_of(db::invitation const& one,
                     std::optional<db::delivery_standing> const& delivery, certs::utc_time now) {
  state_word const states[] = {{one.received.has_value(), "received"},
                               {one.revoked.has_value(), "taken back"},
                               {now >= one.expires, "over"},
                               {one.opened.has_value(), "opened"},
                               {delivery.has_value(), delivery::standing_words(delivery)}};
  for (auto const& [holds, words] : states) {
    if (holds) return words;
  }
  return "made";
}

/// A link that was used or taken back is not sent again: who needs another gets a new one.
bool may_be_sent_again(db::invitation const& one) {
  return !one.received && !one.revoked;
}

void add_invitation(page_model& table, application const& app, db::invitation const& one,
                    std::optional<db::delivery_standing> const& sent, certs::utc_time now) {
  auto const what = open_invitation_content(app.keks, one);
  auto& row = table.add("ROW");
  row.set("PATIENT", what ? name_of(what->who) : "(can't be opened)")
      .set("WHAT", one.purpose == db::invitation_purpose::correction
                       ? "one question"
                       : (what ? visit_words(app.forms, what->who.visit_kind) : ""))
      .set("MADE", app.clock.date_and_time(one.created))
      .set("STATE", state_of(one, sent, now));
  if (!what || !may_be_sent_again(one)) return;
  for (auto const way : delivery::ways_to(app.settings, what->who)) {
    row.add("RESEND")
        .set("ACTION", "/desk/invitations/" + certs::to_string(one.id) + "/resend")
        .set("WAY", std::string(db::to_string(way)))
        .set("LABEL", std::string(sent ? "Send a new link" : "Send a link") +
                          (way == db::delivery_way::mail ? " by e-mail" : " as a text message"));
  }
}

std::vector<db::delivery_standing> standings_of(application& app,
                                                std::vector<db::invitation> const& all) {
  std::vector<certs::uuid> ids;
  for (auto const& each : all) ids.push_back(each.id);
  return db::delivery_standings(app.desk, ids);
}

response cannot_be_sent(application const& app, call const& c) {
  return say(app, c, 422, "No link was sent",
             "There is no address for this way, or it is not set up here. Use the link with the QR "
             "code.");
}

/// Makes the link and promises to send it by the way that was chosen; false where that way does not
/// lead to this person: then nothing was made.
bool send_link(application& app, call const& c, invitation_order const& order) {
  auto const way = db::parse_delivery_way(field_of_body(c, "way"));
  auto const& who = order.what.who;
  if (!way || std::ranges::count(delivery::ways_to(app.settings, who), *way) == 0) return false;
  auto const made = make_link(app, c, order);
  delivery::promise(app, made.row, *way, who, invitation_url(app.settings, made.secret));
  return true;
}

/// The fields of a new invitation: empty, or what was typed where it was not taken.
void add_fields(page_model& model, application const& app, call const& c) {
  model.set("TYPED_NAME", field_of_body(c, "name"))
      .set("TYPED_BORN", field_of_body(c, "born"))
      .set("TYPED_PHONE", field_of_body(c, "phone"))
      .set("TYPED_MAIL", field_of_body(c, "mail"));
  auto const spoken = field_of_body(c, "language");
  if (spoken == "es") model.add("IN_ES");
  if (spoken == "ht") model.add("IN_HT");
  auto const visit = field_of_body(c, "visit");
  for (auto const& plan : app.forms.packets) {
    if (plan.visit_kinds.empty()) continue;
    auto const& kind = plan.visit_kinds.front();
    auto& option = model.add("KIND").set("VALUE", kind).set("NAME", plan.title.text);
    if (kind == visit) option.add("CHOSEN");
  }
}

/// What is wrong with what was typed, each beside its field: MARKED is the section there.
struct wrong_field {
  std::string_view field;
  std::string_view marked;
  std::string sentence;
};

response show_list(application& app, call const& c, int status,
                   std::vector<wrong_field> const& wrong) {
  page_model model;
  model.set("CSRF", csrf_token(c.staff->record));
  if (!wrong.empty()) model.add("WRONG");
  for (auto const& each : wrong) {
    model.last("WRONG")
        .add("PROBLEM")
        .set("FIELD", std::string(each.field))
        .set("TEXT", each.sentence);
    if (model.count(each.marked) == 0) {
      model.add(std::string(each.marked)).set("TEXT", each.sentence);
    }
  }
  add_fields(model, app, c);
  for (auto const way : {db::delivery_way::mail, db::delivery_way::phone}) {
    if (!delivery::has_channel(app.settings, way)) continue;
    model.add("WAY")
        .set("VALUE", std::string(db::to_string(way)))
        .set("LABEL", way == db::delivery_way::mail ? "Send the link by e-mail"
                                                    : "Send the link as a text message");
  }
  auto entry = entry_of(c, "list-shown");
  auto const all = db::list_invitations(app.desk, listed_max);
  auto const standings = standings_of(app, all);
  for (auto const& each : all) {
    auto const sent = std::ranges::find(standings, each.id, &db::delivery_standing::invitation);
    if (model.count("TABLE") == 0) model.add("TABLE");
    model.last("TABLE").set("CSRF", csrf_token(c.staff->record));
    add_invitation(model.last("TABLE"), app, each,
                   sent == standings.end() ? std::nullopt : std::optional(*sent), c.asked.received);
    entry.shown.push_back(each.id);
  }
  app.writer.append(std::move(entry));
  return show_page(app, {.status = status, .title = "Invitations", .staff = &*c.staff},
                   "desk_invitations", model);
}

/// The same that the day list and walk-ins ask for, and addresses that a link can go to.
std::vector<wrong_field> problems_of(application const& app, call const& c,
                                     expected_person const& who) {
  auto const born = forms::insurance::read_iso_date(who.birth_date);
  auto const today = forms::insurance::date{app.clock.date(c.asked.received)};
  std::vector<wrong_field> wrong;
  if (who.family.empty()) wrong.push_back({"name", "NAME_WRONG", "Enter the patient's name."});
  if (!born) {
    wrong.push_back(
        {"born", "BORN_WRONG", "Enter the date of birth, written as 2/28/1961 or 1961-02-28."});
  } else if (*born > today) {
    wrong.push_back({"born", "BORN_WRONG",
                     "This date of birth is still to come: years have four digits, 1961, not "
                     "2061."});
  }
  if (!who.phone.empty() && certs::fold_phone(who.phone).empty()) {
    wrong.push_back({"phone", "PHONE_WRONG",
                     "Enter a telephone number of 7 to 15 digits, such as 305-555-0142."});
  }
  if (!who.mail.empty() && !delivery::is_mail_address(who.mail)) {
    wrong.push_back({"mail", "MAIL_WRONG", "Enter an e-mail address, such as ana@example.com."});
  }
  if (forms::plan_for(app.forms.packets, who.visit_kind) == nullptr) {
    wrong.push_back({"visit", "VISIT_WRONG", "Choose one of the visits."});
  }
  if (!who.language.empty() && !parse_language(who.language)) {
    wrong.push_back({"language", "LANGUAGE_WRONG", "Choose one of the languages."});
  }
  return wrong;
}

struct found_appointment {
  certs::uuid id;
  expected_person who;
};

std::optional<found_appointment> appointment_of(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const row = id ? db::find_appointment(app.desk, *id, c.asked.received) : std::nullopt;
  if (!row) return std::nullopt;
  auto one = opened(app, *row);
  if (!one.who) return std::nullopt;
  return found_appointment{*id, std::move(*one.who)};
}

}  // namespace

response invite_appointment(application& app, call const& c) {
  auto const one = appointment_of(app, c);
  if (!one) return refuse(app, 404, "There is no such appointment.", &c.asked);
  auto order = order_of(app, c, one->who);
  order.appointment = one->id;
  return show_sheet(app, c, make_link(app, c, order),
                    {.back = "/desk/appointments/" + certs::to_string(one->id),
                     .spoken = language_of(one->who),
                     .title = "invited.title"});
}

response send_appointment_link(application& app, call const& c) {
  auto const one = appointment_of(app, c);
  if (!one) return refuse(app, 404, "There is no such appointment.", &c.asked);
  auto order = order_of(app, c, one->who);
  order.appointment = one->id;
  auto const page = "/desk/appointments/" + certs::to_string(one->id);
  return send_link(app, c, order) ? see_other(page) : cannot_be_sent(app, c);
}

response resend_invitation(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const old = id ? db::find_invitation_by_id(app.desk, *id) : std::nullopt;
  auto const what = old ? open_invitation_content(app.keks, *old) : std::nullopt;
  if (!what || old->purpose == db::invitation_purpose::device) {
    return refuse(app, 404, "There is no such invitation.", &c.asked);
  }
  if (!may_be_sent_again(*old)) {
    return say(app, c, 409, "No link was sent",
               "This link was used or taken back meanwhile. Make a new one where one is needed.");
  }
  auto order = order_of(app, c, what->who);
  order.purpose = old->purpose;
  order.appointment = old->appointment;
  order.submission = old->submission;
  order.what = *what;
  if (!send_link(app, c, order)) return cannot_be_sent(app, c);
  db::revoke_invitation(app.desk, old->id, c.asked.received);
  return see_other("/desk/invitations");
}

response device_code(application& app, call const& c) {
  auto const one = appointment_of(app, c);
  if (!one) return refuse(app, 404, "There is no such appointment.", &c.asked);
  auto order = order_of(app, c, one->who);
  order.appointment = one->id;
  return show_device_code(app, c, std::move(order),
                          "/desk/appointments/" + certs::to_string(one->id));
}

response ask_again(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const stored = id ? db::open_submission(app.desk, *id) : std::nullopt;
  auto const reading = stored ? open_record(app.keks, app.forms, *stored) : record_reading{};
  if (!reading.record) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto const link_id = field_of_body(c, "item");
  auto const canonical = field_of_body(c, "form");
  auto const& may_read = view_of(c.staff->role).answers;
  bool const known = std::ranges::any_of(reading.record->forms, [&](opened_form const& each) {
    auto const* const item = each.form->find(link_id);
    return each.form->canonical() == canonical && item != nullptr &&
           can_be_asked_again(*each.form, *item) && may_read.has(item->audience);
  });
  auto const& head = reading.record->head;
  if (!known || head.birth_date.empty()) {
    return refuse(app, 400, "That question can't be asked again by a link.", &c.asked);
  }
  auto order = order_of(app, c,
                        {.family = head.family,
                         .given = head.given,
                         .birth_date = head.birth_date,
                         .phone = head.phone,
                         .language = head.language});
  order.purpose = db::invitation_purpose::correction;
  order.submission = *id;
  order.what.form = canonical;
  order.what.link_id = link_id;
  return show_sheet(app, c, make_link(app, c, order),
                    {.back = c.staff->role == db::account_role::billing
                                 ? "/desk/eligibility"
                                 : "/desk/submissions/" + certs::to_string(*id),
                     .spoken = parse_language(head.language).value_or(language::en),
                     .title = "correction.title"});
}

response invitations_page(application& app, call const& c) {
  return show_list(app, c, 200, {});
}

response invite(application& app, call const& c) {
  auto who = person_of(field_of_body(c, "name"));
  auto const born = forms::insurance::read_table_date(field_of_body(c, "born"));
  who.visit_kind = field_of_body(c, "visit");
  who.phone = forms::without_unseen_ends(field_of_body(c, "phone"));
  who.mail = forms::without_unseen_ends(field_of_body(c, "mail"));
  who.language = field_of_body(c, "language");
  if (born) who.birth_date = forms::insurance::write_date(born->day);
  auto const wrong = problems_of(app, c, who);
  if (!wrong.empty()) return show_list(app, c, 422, wrong);
  if (!field_of_body(c, "way").empty()) {
    if (send_link(app, c, order_of(app, c, who))) return see_other("/desk/invitations");
    bool const by_mail = field_of_body(c, "way") == db::to_string(db::delivery_way::mail);
    return show_list(app, c, 422,
                     {{by_mail ? "mail" : "phone", by_mail ? "MAIL_WRONG" : "PHONE_WRONG",
                       "To send the link it needs an e-mail address or a telephone number that it "
                       "can be sent to."}});
  }
  auto const spoken = language_of(who);
  return show_sheet(app, c, make_link(app, c, order_of(app, c, std::move(who))),
                    {.back = "/desk/invitations", .spoken = spoken, .title = "invited.title"});
}

}  // namespace intake::service::desk
