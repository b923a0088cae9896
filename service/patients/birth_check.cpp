#include "service/patients/birth_check.hpp"

#include "forms/insurance/calendar.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/greeting.hpp"
#include "service/patients/month_names.hpp"
#include "service/patients/visit_frame.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

std::optional<int> number_of(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  if (first == text.npos) return std::nullopt;
  text = text.substr(first, text.find_last_not_of(' ') - first + 1);
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void add_date_parts(page_model& model, application const& app, language spoken,
                    typed_birth const& t) {
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

}  // namespace

typed_birth read_typed_birth(std::string_view body) {
  typed_birth t;
  for (auto& [name, value] : read_form(body).value_or(std::vector<form_field>{})) {
    if (name == "code") t.code = value;
    if (name == "day") t.day = value;
    if (name == "month") t.month = value;
    if (name == "year") t.year = value;
  }
  return t;
}

std::string birth_date_of(typed_birth const& t) {
  auto const day = number_of(t.day);
  auto const month = number_of(month_number(t.month));
  auto const year = number_of(t.year);
  if (!day || !month || !year) return {};
  auto const text = fmt::format("{:04}-{:02}-{:02}", *year, *month, *day);
  return forms::insurance::read_iso_date(text) ? text : std::string{};
}

response ask_birth(application const& app, call const& c, birth_question const& asked,
                   typed_birth const& t, int status, std::string_view notice) {
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  page_model model;
  model.set("TITLE", say(asked.title))
      .set("LEAD", say(asked.lead))
      .set("BIRTH_LABEL", say("resume.birth"))
      .set("CONTINUE", say(asked.button))
      .set("ACTION", in_language(asked.path, c.spoken));
  if (!asked.code_label.empty()) {
    model.add("ASK_CODE")
        .set("CODE_LABEL", say(asked.code_label))
        .set("CODE_HINT", say(asked.code_hint))
        .set("CODE", t.code);
  }
  if (!asked.other_way.empty()) {
    model.add("OTHER_WAY")
        .set("URL", in_language(asked.other_path, c.spoken))
        .set("TEXT", say(asked.other_way));
  }
  if (asked.greets) add_greeting(model, app, c.spoken);
  add_date_parts(model, app, c.spoken, t);
  if (status == 422) {
    model.add("WRONG")
        .set("WRONG_TITLE", say("form.problems"))
        .set("WRONG_TEXT", say(notice))
        .set("FIRST_FIELD", !asked.code_label.empty()  ? "#code"
                            : c.spoken == language::en ? "#month"
                                                       : "#day");
  } else if (!notice.empty()) {
    model.add("NOTICE").set("NOTICE_TEXT", say(notice));
  }
  return show_page(
      app, {.status = status, .title = say(asked.title), .spoken = c.spoken, .form_id = "answers"},
      "birth_check", model);
}

}  // namespace intake::service::patients
