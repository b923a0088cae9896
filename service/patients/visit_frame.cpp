#include "service/patients/visit_frame.hpp"

#include "certs/base64.hpp"
#include "forms/from_fields.hpp"
#include "service/http/fields.hpp"
#include "service/patients/page_body.hpp"
#include "service/patients/send_again.hpp"
#include "service/responses.hpp"

#include <algorithm>

namespace intake::service::patients {
namespace {

/// A minute less than the visit's own end on a shared device: the page that asks has the rest.
constexpr std::string_view idle_seconds = "240";

}  // namespace

std::string in_language(std::string_view path, language spoken) {
  return std::string(path) + "?lang=" + std::string(tag(spoken));
}

std::string query_value(request const& asked, std::string_view name) {
  for (auto const& field : read_form(asked.query).value_or(std::vector<form_field>{})) {
    if (field.name == name) return field.value;
  }
  return {};
}

std::optional<language> offered_language(application const& app, std::string_view language_tag) {
  auto const known = parse_language(language_tag);
  bool const is_offered = known && std::ranges::find(app.offered, *known) != app.offered.end();
  return is_offered ? known : std::nullopt;
}

std::optional<call> in_other_language(application const& app, call const& c) {
  for (auto const& field : read_form(c.asked.body).value_or(std::vector<form_field>{})) {
    if (field.name != "_switch") continue;
    auto other = c;
    other.spoken = offered_language(app, field.value).value_or(c.spoken);
    return other;
  }
  return std::nullopt;
}

forms::answers preset_answers(visit const& v, forms::questionnaire const& form) {
  auto const* const kind = form.find("visit.kind");
  if (kind == nullptr) return {};
  auto const name = forms::field_name(form, forms::first_path_of(form, kind->index));
  for (auto const& option : forms::options_of(*kind)) {
    auto const* code = std::get_if<forms::coding>(&option.value);
    if (code == nullptr || code->code != v.kind) continue;
    auto const value = forms::option_field_value(option);
    forms::form_field const fields[] = {{.name = name, .value = value}};
    return forms::from_fields(form, fields).answers;
  }
  return {};
}

std::vector<patient_warning> warnings_of(application const& app, visit const& v) {
  std::vector<patient_warning> warnings;
  auto const packet = v.packet();
  for (auto const* alert : forms::raised_alerts(app.forms.alerts, packet)) {
    if (alert->patient_text.empty()) continue;
    for (auto const& each : packet) {
      auto const* item = each.form->find(alert->patient_text);
      if (item == nullptr) continue;
      auto& texts = warnings.emplace_back().texts;
      for (auto const one : all_languages) texts.emplace_back(forms::text_in(*item, tag(one)));
      break;
    }
  }
  return warnings;
}

void add_warnings(page_model& model, std::vector<patient_warning> const& warnings,
                  language spoken) {
  for (auto const& each : warnings) {
    auto const at = static_cast<std::size_t>(spoken);
    if (at < each.texts.size()) model.add("WARNING").set("TEXT", each.texts[at]);
  }
}

response show_in_visit(application const& app, visit const& v, page_frame frame,
                       std::string_view name, page_model const& model) {
  bool const on_device = v.entry.by == "device";
  if (v.entry.by == "staff") {
    frame.note = app.words.say(frame.spoken, "device.staff_note", {{"name", v.entry.name}});
  } else if (on_device) {
    frame.note = app.words.say(frame.spoken, "device.note");
  }
  if (!frame.note.empty()) frame.note_button = app.words.say(frame.spoken, "device.finish");
  auto made = show_page(app, frame, name, model);
  if (on_device) {
    made.fields.push_back({"refresh", std::string(idle_seconds) + "; url=" +
                                          in_language("/device/still-there", frame.spoken)});
  }
  return made;
}

std::string visit_mark(application const& app, visit const& v) {
  constexpr std::size_t bytes_shown = 12;
  auto const text = "visit-mark:" + certs::to_string(v.row.id);
  auto const hash = app.keys.keyed_hash(certs::key_role::session_hash, certs::as_bytes(text));
  return certs::base64url_encode(certs::bytes_view(hash).first(bytes_shown));
}

std::optional<response> of_other_visit(application const& app, call const& c, visit const& v) {
  auto const body = read_page_body(c.asked);
  if (!body) return std::nullopt;
  auto const mark = std::ranges::find(body->fields, visit_mark_field, &form_field::name);
  if (mark == body->fields.end() || mark->value == visit_mark(app, v)) return std::nullopt;
  return send_again_page(app, c.asked, c.spoken, 409);
}

void end_on_device(application& app, visit const& v) {
  if (v.receipt.empty()) {
    let_go_of_visit(app, v);
  } else {
    db::remove_draft(app.portal, v.row.id);
  }
}

void wipe_device(response& answer) {
  answer.fields.push_back({"set-cookie", forget_visit_cookie()});
  answer.fields.push_back({"clear-site-data", R"("cache", "storage")"});
}

response no_visit(application& app, call const& c) {
  if (waits_for_staff(app, c.asked)) return see_other("/desk/sign-in");
  return see_other(in_language("/resume", c.spoken) + "&why=ended");
}

}  // namespace intake::service::patients
