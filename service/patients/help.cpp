#include "service/audit.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/known_items.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

#include <algorithm>

namespace intake::service::patients {
namespace {

constexpr std::size_t phone_bytes_max = 40;

response show(application const& app, call const& c, visit const& v, std::string const& phone,
              int status) {
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  page_model model;
  model.set("TITLE", say("help.title"))
      .set("LEAD", say("help.lead"))
      .set("PHONE_LABEL", say("help.phone"))
      .set("PHONE", phone)
      .set("SEND", say("help.send"))
      .set("BACK", say("visit.back"))
      .set("BACK_URL", in_language("/visit", c.spoken))
      .set("ACTION", in_language("/visit/help", c.spoken))
      .set("VISIT", visit_mark(app, v));
  if (status == 422) {
    model.add("WRONG")
        .set("WRONG_TITLE", say("form.problems"))
        .set("WRONG_TEXT", say("help.wrong"));
  } else if (status == 429) {
    model.add("NOTICE").set("NOTICE_TEXT", say("form.too_often"));
  }
  return show_in_visit(
      app, v,
      {.status = status, .title = say("help.title"), .spoken = c.spoken, .form_id = "answers"},
      "help", model);
}

bool is_telephone(std::string_view text) {
  auto const digits = std::ranges::count_if(text, [](char ch) { return ch >= '0' && ch <= '9'; });
  return digits >= 7 && text.size() <= phone_bytes_max;
}

void audit(application& app, call const& c, visit const& v) {
  auto entry = entry_of(c, "draft-handed-to-staff");
  entry.subject = v.row.id;
  app.writer.append(std::move(entry));
}

}  // namespace

response visit_help_page(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (!v) return no_visit(app, c);
  auto const phone =
      v->help_phone.empty() ? forms::code_in(v->packet(), known::phone) : v->help_phone;
  return show(app, c, *v, phone, 200);
}

response visit_help(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (!v) return no_visit(app, c);
  if (auto other = of_other_visit(app, c, *v)) return *std::move(other);
  if (!v->receipt.empty()) return see_other(in_language("/visit/received", c.spoken));
  std::string phone;
  for (auto& [name, value] : read_form(c.asked.body).value_or(std::vector<form_field>{})) {
    if (name == "phone") phone = std::move(value);
  }
  if (auto const other = in_other_language(app, c)) return show(app, *other, *v, phone, 200);
  if (auto const wait = too_often(app, c.asked)) {
    return slowed(show(app, c, *v, phone, 429), *wait);
  }
  if (!is_telephone(phone)) return show(app, c, *v, phone, 422);
  if (auto const wait =
          app.limits.refuse(counted::help, c.asked.client_address, c.asked.received)) {
    return slowed(show(app, c, *v, phone, 429), *wait);
  }
  audit(app, c, *v);
  auto const saved = change_visit(app, c, [&](visit& mine) {
    mine.help_phone = phone;
    mine.help_language = tag(c.spoken);
    mine.row.help_asked = c.asked.received;
  });
  if (!saved) return no_visit(app, c);
  return see_other(in_language("/visit", c.spoken));
}

}  // namespace intake::service::patients
