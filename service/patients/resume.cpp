#include "certs/receipt.hpp"
#include "forms/from_fields.hpp"
#include "service/dispatch.hpp"
#include "service/http/fields.hpp"
#include "service/known_items.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/month_names.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

namespace intake::service::patients {
namespace {

/// After so many wrong birth dates a code opens nothing any more; the clinic can still be called.
constexpr int tries_max = 5;

struct typed {
  std::string code;
  std::string day;
  std::string month;
  std::string year;
};

typed read_typed(std::string_view body) {
  typed t;
  for (auto& [name, value] : read_form(body).value_or(std::vector<form_field>{})) {
    if (name == "code") t.code = value;
    if (name == "day") t.day = value;
    if (name == "month") t.month = value;
    if (name == "year") t.year = value;
  }
  return t;
}

void add_date_parts(page_model& model, application const& app, language spoken, typed const& t) {
  auto const add = [&](std::string_view id, std::string const& value, std::string_view css) {
    model.add("PART")
        .set("PART_ID", std::string(id))
        .set("LABEL", app.words.say(spoken, "form." + std::string(id)))
        .set("CLASS", std::string(css))
        .set("INPUT_MODE", id == "month" ? "" : "numeric")
        .set("VALUE", value);
  };
  // The order in which people of each language write a date.
  if (spoken == language::en) add("month", t.month, "govuk-input--width-5");
  add("day", t.day, "govuk-input--width-2");
  if (spoken != language::en) add("month", t.month, "govuk-input--width-5");
  add("year", t.year, "govuk-input--width-4");
}

response show_resume(application const& app, call const& c, typed const& t, int status,
                     std::string_view notice) {
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  page_model model;
  model.set("TITLE", say("resume.title"))
      .set("LEAD", say("resume.lead"))
      .set("CODE_LABEL", say("resume.code"))
      .set("CODE_HINT", say("resume.code_hint"))
      .set("BIRTH_LABEL", say("resume.birth"))
      .set("CODE", t.code)
      .set("CONTINUE", say("visit.continue"))
      .set("ACTION", in_language("/resume", c.spoken))
      .set("START_URL", in_language("/", c.spoken))
      .set("START", say("resume.start"));
  add_date_parts(model, app, c.spoken, t);
  if (status == 422) {
    model.add("WRONG").set("WRONG_TITLE", say("form.problems")).set("WRONG_TEXT", say(notice));
  } else if (!notice.empty()) {
    model.add("NOTICE").set("NOTICE_TEXT", say(notice));
  }
  return show_page(
      app, {.status = status, .title = say("resume.title"), .spoken = c.spoken, .path = "/resume"},
      "resume", model);
}

/// The typed date as FHIR writes it, read like the question itself; empty where it is none.
std::string birth_date_of(forms::questionnaire const& form, typed const& t) {
  auto const* const item = form.find(known::birth_date);
  if (item == nullptr) return {};
  auto const path = forms::first_path_of(form, item->index);
  auto const day = forms::field_name(form, path, forms::field_part::day);
  auto const month = forms::field_name(form, path, forms::field_part::month);
  auto const year = forms::field_name(form, path, forms::field_part::year);
  auto const month_text = month_number(t.month);
  forms::form_field const fields[] = {{.name = day, .value = t.day},
                                      {.name = month, .value = month_text},
                                      {.name = year, .value = t.year}};
  return forms::first_text(form, forms::from_fields(form, fields).answers, known::birth_date);
}

/// The birth date that the visit holds is the one that was typed.
bool is_born(visit const& v, typed const& t) {
  auto const packet = v.packet();
  for (auto const& each : packet) {
    auto const given = forms::first_text(*each.form, *each.answers, known::birth_date);
    if (!given.empty()) return given == birth_date_of(*each.form, t);
  }
  return false;
}

void audit(application& app, call const& c, visit const& v, db::audit_outcome outcome) {
  db::audit_entry entry;
  entry.action = "draft-resumed";
  entry.who = db::actor_kind::patient;
  entry.subject = v.row.id;
  entry.outcome = outcome;
  entry.purpose = std::string(c.purpose);
  entry.request_id = c.asked.request_id;
  entry.address = c.asked.client_address;
  app.writer.append(std::move(entry));
}

/// The visit, if code and birth date are right and there were not too many wrong ones.
std::optional<visit> let_in(application& app, call const& c, typed const& t) {
  auto const code = certs::parse_receipt(t.code);
  if (!code) return std::nullopt;
  auto found = visit_of_code(app, certs::to_string(*code), c.asked.received);
  if (!found) return std::nullopt;
  // Counted before it is looked at, so that two at once cannot share a try.
  bool const may_try = db::count_draft_try(app.portal, found->row.id) <= tries_max;
  bool const right = may_try && is_born(*found, t);
  audit(app, c, *found, right ? db::audit_outcome::done : db::audit_outcome::refused);
  return right ? std::move(found) : std::nullopt;
}

}  // namespace

response resume_page(application& app, call const& c) {
  bool const ended = query_value(c.asked, "why") == "ended";
  return show_resume(app, c, {}, 200, ended ? "resume.ended" : "");
}

response resume(application& app, call const& c) {
  auto const t = read_typed(c.asked.body);
  if (app.limits.refuse(counted::address, c.asked.client_address, c.asked.received)) {
    return refuse(app, 429, "Too many tries.", &c.asked);
  }
  auto const v = let_in(app, c, t);
  // The same words for a wrong code, a wrong date and a code that is locked: nothing to learn here.
  if (!v) return show_resume(app, c, t, 422, "resume.wrong");
  auto made = see_other(in_language("/visit", c.spoken));
  made.fields.push_back({"set-cookie", hand_over_visit(app, *v)});
  return made;
}

}  // namespace intake::service::patients
