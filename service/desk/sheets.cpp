#include "service/desk/sheets.hpp"

#include "pdf/qr.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/pages/shell.hpp"

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr std::chrono::minutes device_code_lifetime{10};

/// A link that asks the same again takes the place of the one before; other questions' links stay.
void revoke_same_question(application& app, invitation_order const& order) {
  for (auto const& each : db::list_corrections(app.desk, *order.submission)) {
    if (each.revoked) continue;
    auto const asked = open_invitation_content(app.keks, each);
    bool const same =
        asked && asked->form == order.what.form && asked->link_id == order.what.link_id;
    if (same) db::revoke_invitation(app.desk, each.id, order.now);
  }
}

}  // namespace

invitation_order order_of(application const& app, call const& c, expected_person who) {
  invitation_order order;
  order.what.who = std::move(who);
  order.actor = c.staff->record.account;
  order.now = c.asked.received;
  order.lifetime = std::chrono::days(app.settings.forms_invitation_days);
  return order;
}

new_invitation make_link(application& app, call const& c, invitation_order const& order) {
  auto made = make_invitation({app.world, app.keks, app.keys}, order);
  auto entry = entry_of(c, "invitation-made");
  entry.subject = made.row.id;
  if (order.appointment) entry.shown.push_back(*order.appointment);
  if (order.submission) entry.shown.push_back(*order.submission);
  app.writer.append(std::move(entry));
  if (order.appointment) {
    db::revoke_invitations(app.desk, *order.appointment, order.purpose, order.now);
  } else if (order.submission) {
    revoke_same_question(app, order);
  }
  db::add_invitation(app.desk, made.row);
  return made;
}

language language_of(expected_person const& who) {
  return parse_language(who.language).value_or(language::en);
}

response show_sheet(application const& app, call const& c, new_invitation const& made,
                    sheet const& how) {
  auto const url = invitation_url(app.settings, made.secret);
  auto const until = app.clock.date_and_time(made.row.expires, how.spoken);
  bool const asks_again = made.row.purpose == db::invitation_purpose::correction;
  auto const code = pdf::qr_svg(url);
  page_model model;
  model.set("TITLE", app.words.say(how.spoken, how.title))
      .set("LANGUAGE", std::string(tag(how.spoken)))
      .set("URL", url)
      .set("VIEW_BOX", fmt::format("0 0 {} {}", code.modules, code.modules))
      .set("PATH", code.path)
      .set("SCAN", app.words.say(how.spoken, "sheet.scan"))
      .set("TYPE", app.words.say(how.spoken, "sheet.type"))
      .set("BIRTH", app.words.say(how.spoken, "sheet.birth"))
      .set("UNTIL", app.words.say(how.spoken, "sheet.until", {{"time", until}}))
      .set("MESSAGE",
           app.words.say(how.spoken,
                         asks_again ? "sheet.correction_message" : "sheet.packet_message",
                         {{"url", url}, {"time", until}, {"phone", app.settings.clinic_phone}}))
      .set("BACK_URL", how.back);
  return show_page(app, {.title = "Link for a patient", .staff = &*c.staff}, "desk_sheet", model);
}

response show_device_code(application& app, call const& c, invitation_order order,
                          std::string const& back) {
  order.purpose = db::invitation_purpose::device;
  order.lifetime = device_code_lifetime;
  auto const made = make_link(app, c, order);
  page_model model;
  model.set("CODE", spoken_receipt(made.secret))
      .set("URL", app.settings.public_url() + "/device")
      .set("BACK_URL", back)
      .set("PATIENT", name_of(order.what.who));
  return show_page(app, {.title = "Code for a tablet", .staff = &*c.staff}, "desk_device", model);
}

}  // namespace intake::service::desk
