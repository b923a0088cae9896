#include "certs/receipt.hpp"
#include "db/submissions.hpp"
#include "service/audit.hpp"
#include "service/even_time.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/birth_check.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/record.hpp"

namespace intake::service::patients {
namespace {

response ask(application const& app, call const& c, typed_birth const& t, int status,
             std::string_view notice) {
  return ask_birth(app, c,
                   {.path = "/arrived",
                    .title = "arrived.title",
                    .lead = "arrived.lead",
                    .code_label = "received.receipt",
                    .code_hint = "resume.code_hint",
                    .button = "arrived.look",
                    .other_way = "home.title",
                    .other_path = "/"},
                   t, status, notice);
}

/// The head of the submission, if receipt and birth date belong together.
std::optional<db::submission_head> find(application& app, call const& c, typed_birth const& t) {
  auto const receipt = certs::parse_receipt(t.code);
  auto const id = receipt ? db::find_receipt(app.desk, certs::to_string(*receipt)) : std::nullopt;
  auto const born = birth_date_of(t);
  std::optional<db::submission_head> found;
  if (id && !born.empty()) {
    for (auto& listed : db::list_by_ids(app.desk, {&*id, 1})) {
      auto const opened = open_summary(app.keks, listed).content;
      if (opened && opened->birth_date == born) found = std::move(listed.head);
    }
  }
  auto entry = entry_of(c, "receipt-looked-up");
  if (id) entry.subject = *id;
  entry.outcome = found ? db::audit_outcome::done : db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  return found;
}

}  // namespace

response arrived_page(application& app, call const& c) {
  return ask(app, c, {}, 200, "");
}

response arrived(application& app, call const& c) {
  auto const t = read_typed_birth(c.asked.body);
  auto const receipt = certs::parse_receipt(t.code);
  if (auto const other = in_other_language(app, c)) return ask(app, *other, t, 200, "");
  std::optional<std::chrono::seconds> wait;
  if (receipt) {
    wait = app.limits.refuse(counted::look_up, certs::to_string(*receipt), c.asked.received);
  }
  if (!wait) wait = app.limits.refuse(counted::address, c.asked.client_address, c.asked.received);
  if (wait) return slowed(ask(app, c, t, 429, "form.too_often"), *wait);
  even_time const as_long_as_any_other;
  auto const found = find(app, c, t);
  // The same words for an unknown receipt and for another's.
  if (!found) return ask(app, c, t, 422, "arrived.wrong");
  page_model model;
  auto const title = app.words.say(c.spoken, "arrived.found_title");
  model.set("TITLE", title);
  model.add("PARAGRAPH")
      .set("TEXT", app.words.say(c.spoken, "arrived.found",
                                 {{"time", app.clock.date_and_time(found->received, c.spoken)}}));
  return show_page(app, {.title = title, .spoken = c.spoken}, "message", model);
}

}  // namespace intake::service::patients
