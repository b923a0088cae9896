#include "db/drafts.hpp"
#include "db/errors.hpp"
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
#include "service/patients/page_acts.hpp"
#include "service/patients/page_body.hpp"
#include "service/patients/page_files.hpp"
#include "service/patients/page_post.hpp"
#include "service/patients/page_problems.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_files.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/patients/wall_times.hpp"
#include "service/receive.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <variant>

namespace intake::service::patients {
namespace {

struct page_answers {
  page_acts acts;
  std::string token;
  std::string switch_to;
  /// The form that the page was made of, url|version.
  std::string form;
  /// The submission that it becomes; nothing where its token is none, or too old.
  std::optional<certs::uuid> id;
  /// Where its files are kept until it is received; nothing where it has none.
  std::optional<visit> keeper;
  std::vector<forms::problem> file_problems;
  bool removed = false;
  std::vector<forms::named_value> typed;
  forms::fields_result read;
};

std::string field_of(page_body const& body, std::string_view name) {
  auto const found = std::ranges::find(body.fields, name, &form_field::name);
  return found == body.fields.end() ? std::string() : found->value;
}

/// Files that came, or came before, lie in a draft of their own: then none need be chosen again
/// when something else on the page must be put right. Throws db::unavailable.
void keep_files(application& app, call const& c, forms::questionnaire const& form, page_body& body,
                page_answers& page) {
  bool const names_some = std::ranges::any_of(
      body.fields, [](form_field const& each) { return forms::names_held(each.value); });
  if (!page.id || (body.files.empty() && !names_some)) return;
  page.keeper = visit_of_draft(app, *page.id, c.asked.received);
  if (!page.keeper) page.keeper = begin_visit(app, c.asked, {.kind = {}, .id = page.id}).content;
  page.removed = !take_removed(body).empty();
  page.file_problems = keep_page_files(app, *page.keeper, form, one_page_of(form), body);
}

void read_fields(application& app, forms::questionnaire const& form, page_body const& body,
                 page_answers& page) {
  auto const held = page.keeper ? files_of(app, *page.keeper) : std::vector<forms::attachment>{};
  auto const readable = with_zones(app.clock, with_month_numbers(body.fields));
  // Without a token there is nothing that could keep a file: it is read as it came.
  page_body const kept_elsewhere;
  auto const answers = with_files(readable, page.keeper ? kept_elsewhere : body);
  for (auto const& [name, value] : body.fields) page.typed.push_back({name, value});
  page.read = forms::from_fields(form, answers, held);
  page.read.problems.insert(page.read.problems.end(), page.file_problems.begin(),
                            page.file_problems.end());
}

page_answers read_page(application& app, call const& c, forms::questionnaire const& form,
                       page_body& body) {
  page_answers page;
  page.acts = take_acts(form, body.fields);
  page.token = field_of(body, "_token");
  page.switch_to = field_of(body, "_switch");
  page.form = field_of(body, "_form");
  auto const reading = read_form_token(app.keys, c.asked.received, page.token);
  if (reading.token) page.id = reading.token->submission;
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

response thank(application& app, call const& c, received const& done) {
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

using shown_again = std::function<response(
    std::vector<forms::problem> const&, std::string_view token, int status, std::string_view key)>;

/// What the page asks for: another look at it, or to be received.
response take(application& app, call const& c, forms::questionnaire const& form, page_answers& page,
              bool switches, shown_again const& again) {
  bool const looks = switches || page.acts.another || page.acts.searched || page.removed;
  if (looks) return again(page.file_problems, page.token, 200, "");
  if (page.acts.dropped) return again({}, page.token, 200, "form.dropped");
  if (takes_over_no_signature(app, form, page)) {
    return again({}, page.token, 422, "form.text_changed");
  }
  if (!page.id) {
    auto const fresh =
        mint_form_token(app.keys, app.world, std::chrono::hours(app.settings.forms_token_hours));
    return again({}, fresh, 422, "form.expired");
  }
  if (page.acts.unchosen) return again({}, page.token, 422, "form.choose_found");
  auto in = draft_of(app, c, form, page.read, *page.id);
  if (page.keeper) in.files = open_files(app, *page.keeper);
  auto const result = receive(app, in);
  if (auto const* done = std::get_if<received>(&result)) {
    if (page.keeper) db::remove_draft(app.portal, page.keeper->row.id);
    return thank(app, c, *done);
  }
  if (auto const* why = std::get_if<answers_refused>(&result)) {
    return again(at_questions(form, why->by_form.front()), page.token, 422, "");
  }
  if (std::holds_alternative<id_taken>(result)) return again({}, page.token, 409, "form.conflict");
  return slowed(again({}, page.token, 503, "form.busy"), std::chrono::seconds(60));
}

}  // namespace

response form_send(application& app, call const& c) {
  auto const* const form = form_of(app, c);
  if (form == nullptr) return refuse(app, 404, "There is no such form.", &c.asked);
  auto body = read_page_body(c.asked);
  if (!body) return refuse(app, 400, "The page's fields could not be read.", &c.asked);
  auto page = read_page(app, c, *form, *body);
  auto const switch_to = offered_language(app, page.switch_to);
  auto const spoken = switch_to.value_or(c.spoken);
  auto const again = [&](std::vector<forms::problem> const& problems, std::string_view token,
                         int status, std::string_view key) {
    auto const notice = key.empty() ? std::string() : app.words.say(spoken, key);
    return show_form(
        app,
        {.form = *form,
         .answers = page.read.answers,
         .typed = page.typed,
         .problems = problems,
         .spoken = spoken,
         .title = std::string(form->header().title.in(tag(spoken))),
         .today = app.clock.fhir_date(c.asked.received),
         .files = page.keeper ? form_view::files_are::kept : form_view::files_are::lost},
        token, status, notice);
  };
  auto const wait = page.id ? too_many(app, c.asked, *page.id) : too_often(app, c.asked);
  if (wait) {
    read_fields(app, *form, *body, page);
    return slowed(again({}, page.token, 429, "form.too_often"), *wait);
  }
  try {
    keep_files(app, c, *form, *body, page);
    read_fields(app, *form, *body, page);
    return take(app, c, *form, page, switch_to.has_value(), again);
  } catch (db::unavailable const&) {
    page.keeper.reset();
    page.typed.clear();
    read_fields(app, *form, *body, page);
    return slowed(again({}, page.token, 503, "form.busy"), std::chrono::seconds(60));
  }
}

}  // namespace intake::service::patients
