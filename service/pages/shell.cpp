#include "service/pages/shell.hpp"

#include "db/broken_glass.hpp"
#include "service/accounts/staff_page.hpp"
#include "service/guards.hpp"
#include "service/responses.hpp"

namespace intake::service {
namespace {

/// What a tel: URL takes: digits and a leading plus (RFC 3966).
std::string phone_digits(std::string_view phone) {
  std::string digits;
  for (char const c : phone) {
    if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
  }
  return digits;
}

void add_language_links(page_model& model, application const& app, page_frame const& frame) {
  auto& block = model.add("LANGUAGES");
  block.set("LANGUAGES_LABEL", app.words.say(frame.spoken, "page.languages"));
  for (auto const each : app.offered) {
    auto& choice = block.add("LANGUAGE_CHOICE");
    choice.set("CODE", std::string(tag(each)));
    auto const* const other = frame.form_id.empty() ? "OTHER" : "SWITCH";
    auto& shown = choice.add(each == frame.spoken ? "CURRENT" : other);
    shown.set("NAME", std::string(own_name(each)));
    shown.set("CODE", std::string(tag(each)));
    shown.set("FORM_ID", std::string(frame.form_id));
    shown.set("URL", std::string(frame.path) + "?lang=" + std::string(tag(each)));
  }
}

std::string home_url(db::account_role role) {
  return role == db::account_role::administrator ? "/desk/accounts" : "/desk/today";
}

bool keeps_rules(db::account_role role) {
  return role == db::account_role::billing || role == db::account_role::manager;
}

bool keeps_day(db::account_role role) {
  return role != db::account_role::billing && role != db::account_role::administrator;
}

bool oversees(db::account_role role) {
  return role == db::account_role::manager || role == db::account_role::administrator;
}

/// An emergency that nobody has looked at stands on every page of who oversees.
void add_oversight(page_model& staff, application const& app) {
  auto& pages = staff.add("OVERSIGHT_PAGES");
  auto const unseen = db::count_unseen_glass(app.desk);
  if (unseen > 0) pages.add("UNSEEN").set("COUNT", std::to_string(unseen));
}

}  // namespace

response show_page(application const& app, page_frame const& frame, std::string_view name,
                   page_model const& content) {
  auto const& clinic = app.settings;
  page_model model;
  model.set("LANGUAGE", std::string(tag(frame.spoken)))
      .set("TITLE", frame.title)
      .set("CLINIC_NAME", clinic.clinic_name)
      .set("CLINIC_PHONE", clinic.clinic_phone)
      .set("PHONE_DIGITS", phone_digits(clinic.clinic_phone))
      .set("CALL_TEXT", app.words.say(frame.spoken, "page.call"))
      .set("SKIP_TEXT", app.words.say(frame.spoken, "page.skip"))
      .set("HOME_URL", frame.staff != nullptr ? home_url(frame.staff->role)
                                              : "/?lang=" + std::string(tag(frame.spoken)))
      .set("STYLE_URL", app.assets.url("intake.css"))
      .set("SCRIPT_URL", app.assets.url("intake.js"))
      .set("OFFLINE_TEXT", app.words.say(frame.spoken, "script.offline"))
      .set("BUSY_TEXT", app.words.say(frame.spoken, "script.busy"))
      .set("SENDING_TEXT", app.words.say(frame.spoken, "script.sending"))
      .set("CONTENT", app.pages.expand(name, content));
  for (auto const* const logo : {"logo.svg", "logo.png"}) {
    if (auto const* url = app.assets.find_url(logo)) model.add("LOGO").set("LOGO_URL", *url);
  }
  // What is wrong is heard first, before the summary has been reached (GOV.UK error pages).
  if (frame.status == 401 || frame.status == 422) {
    model.add("ERROR").set("ERROR_WORD", app.words.say(frame.spoken, "form.error"));
  }
  if (clinic.parsed_mode() == operating_mode::evaluation) {
    model.add("EVALUATION").set("EVALUATION_TEXT", app.words.say(frame.spoken, "page.evaluation"));
  }
  if (!frame.note.empty()) {
    model.add("NOTE")
        .set("NOTE_TEXT", frame.note)
        .set("NOTE_BUTTON", frame.note_button)
        .set("NOTE_ACTION", "/visit/leave?lang=" + std::string(tag(frame.spoken)));
  }
  if (!frame.form_id.empty()) {
    model.add("DEFAULT_BUTTON").set("FORM_ID", std::string(frame.form_id));
  }
  bool const speaks = !frame.path.empty() || !frame.form_id.empty();
  if (speaks && app.offered.size() > 1) add_language_links(model, app, frame);
  if (frame.staff == nullptr) {
    model.add("FOOTER").set("FOOTER_TEXT", app.words.say(frame.spoken, "page.footer"));
  } else {
    auto& staff = model.add("STAFF");
    staff.set("STAFF_NAME", frame.staff->account_name)
        .set("STAFF_ROLE", accounts::role_words(frame.staff->role))
        .set("CSRF", csrf_token(frame.staff->record));
    if (frame.staff->role != db::account_role::administrator) staff.add("RECORD_PAGES");
    if (keeps_day(frame.staff->role)) staff.add("DAY_PAGES");
    if (keeps_rules(frame.staff->role)) staff.add("INSURANCE_PAGES");
    if (oversees(frame.staff->role)) add_oversight(staff, app);
    if (frame.staff->role == db::account_role::manager) staff.add("MANAGER_PAGES");
  }
  return html_response(frame.status, app.pages.expand("layout", model));
}

}  // namespace intake::service
