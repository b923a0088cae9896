#include "service/patients/page_post.hpp"

#include "forms/from_fields.hpp"
#include "service/patients/month_names.hpp"
#include "service/patients/page_files.hpp"
#include "service/patients/visit_files.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/patients/wall_times.hpp"

#include <algorithm>

namespace intake::service::patients {
std::string take_removed(page_body& body) {
  auto const pressed = std::ranges::find(body.fields, "_remove", &form_field::name);
  if (pressed == body.fields.end()) return {};
  auto const named = std::ranges::find_if(body.fields, [&](form_field const& each) {
    return each.name == pressed->value && forms::names_held(each.value);
  });
  if (named == body.fields.end()) return {};
  auto kept = std::move(named->value);
  body.fields.erase(named);
  return kept;
}

page_post read_post(application const& app, forms::questionnaire const& form,
                    std::vector<form_field> const& fields,
                    std::span<forms::attachment const> held) {
  page_post post;
  auto const readable = with_zones(app.clock, with_month_numbers(fields));
  std::vector<forms::form_field> answers;
  for (auto const& [name, value] : readable) answers.push_back({.name = name, .value = value});
  for (auto const& [name, value] : fields) {
    if (name == "_below") post.shows = form_view::part::questions_below_answers;
    if (name == "_form") post.form = value;
    if (name == "_with_below") post.with_below = true;
    if (name == "_autosave") post.autosave = value;
    if (name == "_switch") post.switch_to = offered_language(app, value);
    post.typed.push_back({name, value});
  }
  post.read = forms::from_fields(form, answers, held);
  return post;
}

std::optional<page_post> read_visit_post(application& app, request const& asked, visit const& v,
                                         forms::questionnaire const& form, page_items const& page) {
  auto body = read_page_body(asked);
  if (!body) return std::nullopt;
  auto const acts = take_acts(form, body->fields);
  if (!takes_files(form, page)) {
    auto post = read_post(app, form, body->fields, {});
    post.acts = acts;
    return post;
  }
  auto const removed = take_removed(*body);
  auto wrong = keep_page_files(app, v, form, page, *body);
  auto post = read_post(app, form, body->fields, files_of(app, v));
  post.file_problems = std::move(wrong);
  post.removed = removed;
  post.acts = acts;
  return post;
}

}  // namespace intake::service::patients
