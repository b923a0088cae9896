#include "forms/editions.hpp"
#include "forms/from_fields.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/dispatch.hpp"
#include "service/form_token.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/form_show.hpp"
#include "service/patients/month_names.hpp"
#include "service/patients/page_body.hpp"
#include "service/patients/page_problems.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/receive.hpp"

#include <variant>

namespace intake::service::patients {
namespace {

struct page_answers {
  std::string token;
  std::string switch_to;
  /// The form that the page was made of, url|version.
  std::string form;
  std::vector<forms::named_value> typed;
  forms::fields_result read;
};

/// A file's bytes go into its answer here: there is no draft that could keep it.
std::optional<page_answers> read_page(forms::questionnaire const& form, request const& asked) {
  auto const body = read_page_body(asked);
  if (!body) return std::nullopt;
  page_answers page;
  auto const readable = with_month_numbers(body->fields);
  auto const answers = with_files(readable, *body);
  for (auto const& [name, value] : body->fields) {
    if (name == "_token") page.token = value;
    if (name == "_switch") page.switch_to = value;
    if (name == "_form") page.form = value;
    page.typed.push_back({name, value});
  }
  page.read = forms::from_fields(form, answers);
  return page;
}

/// A page of a version whose texts are others now: all goes over but what was signed under them.
/// True where something was.
bool takes_over_no_signature(application const& app, forms::questionnaire const& form,
                             page_answers& page) {
  if (page.form.empty() || page.form == form.canonical()) return false;
  auto const* const before = app.forms.library.find(page.form);
  if (forms::drop_replaced_texts(form, before, page.read.answers).empty()) return false;
  page.typed = forms::to_fields(form, page.read.answers);
  return true;
}

draft draft_of(application const&, call const& c, forms::questionnaire const& form,
               forms::fields_result const& read, certs::uuid id) {
  forms::response response;
  response.envelope.questionnaire = form.canonical();
  response.envelope.language = std::string(tag(c.spoken));
  response.answers = read.answers;
  response.problems = read.problems;
  draft in;
  in.id = id;
  in.forms.push_back({&form, std::move(response)});
  in.sender = entry_of(c, {});
  in.received = c.asked.received;
  in.language = std::string(tag(c.spoken));
  return in;
}

response thank(application const& app, call const& c, received const& done) {
  auto const title = app.words.say(c.spoken, "received.title");
  page_model model;
  model.set("TITLE", title)
      .set("RECEIPT", spoken_receipt(done.receipt))
      .set("RECEIPT_LABEL", app.words.say(c.spoken, "received.receipt"))
      .set("KEEP", app.words.say(c.spoken, "received.keep"))
      .set("NEXT_TITLE", app.words.say(c.spoken, "received.next_title"))
      .set("NEXT", app.words.say(c.spoken, "received.next"));
  if (!done.term.empty()) model.add("TERM").set("TERM_TEXT", done.term.in(tag(c.spoken)));
  if (auto const& decision = done.insurance.decision) {
    model.add("INSURANCE")
        .set("INSURANCE_TITLE", app.words.say(c.spoken, "received.insurance_title"))
        .set("DECISION", decision->patient.in(tag(c.spoken)));
  }
  return show_page(app, {.title = title, .spoken = c.spoken}, "received", model);
}

}  // namespace

response form_send(application& app, call const& c) {
  auto const* const form = form_of(app, c);
  if (form == nullptr) return refuse(app, 404, "There is no such form.", &c.asked);
  auto page = read_page(*form, c.asked);
  if (!page) return refuse(app, 400, "The page's fields could not be read.", &c.asked);
  auto const switch_to = offered_language(app, page->switch_to);
  auto const spoken = switch_to.value_or(c.spoken);
  auto const again = [&](std::vector<forms::problem> const& problems, std::string_view token,
                         int status, std::string_view key) {
    auto const notice = key.empty() ? std::string() : app.words.say(spoken, key);
    return show_form(app,
                     {.form = *form,
                      .answers = page->read.answers,
                      .typed = page->typed,
                      .problems = problems,
                      .spoken = spoken,
                      .title = std::string(form->header().title.in(tag(spoken))),
                      .today = today_at_clinic(app, c.asked.received)},
                     token, status, notice);
  };
  if (switch_to) return again({}, page->token, 200, "");
  if (takes_over_no_signature(app, *form, *page)) {
    return again({}, page->token, 422, "form.text_changed");
  }
  auto const reading = read_form_token(app.keys, c.asked.received, page->token);
  if (!reading.token) {
    auto const fresh =
        mint_form_token(app.keys, app.world, std::chrono::hours(app.settings.forms_token_hours));
    return again({}, fresh, 422, "form.expired");
  }
  if (auto const wait = too_many(app, c.asked, reading.token->submission)) {
    auto slower = again({}, page->token, 429, "form.too_many");
    slower.fields.push_back({"retry-after", std::to_string(wait->count())});
    return slower;
  }
  auto const result = receive(app, draft_of(app, c, *form, page->read, reading.token->submission));
  if (auto const* done = std::get_if<received>(&result)) return thank(app, c, *done);
  if (auto const* why = std::get_if<answers_refused>(&result)) {
    return again(at_questions(*form, why->by_form.front()), page->token, 422, "");
  }
  if (std::holds_alternative<id_taken>(result)) return again({}, page->token, 409, "form.conflict");
  auto busy = again({}, page->token, 503, "form.busy");
  busy.fields.push_back({"retry-after", "60"});
  return busy;
}

}  // namespace intake::service::patients
