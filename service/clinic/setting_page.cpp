// One value of the clinic: shown with where it comes from, changed, taken back.
#include "service/clinic/acts.hpp"
#include "service/clinic/clinic.hpp"
#include "service/clinic/in_force.hpp"
#include "service/clinic/known_settings.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

namespace intake::service::clinic {
namespace {

/// What stands in the form when it is shown.
struct setting_form {
  int status = 200;
  std::string value;
  std::string reason{};
  std::optional<problem> wrong{};
};

/// In the order of entry_field.
constexpr std::string_view sections[] = {"LINE", "PARAGRAPH", "COLOUR", "NUMBER", "PICTURE"};

std::string path_of(known_setting const& known) {
  return "/desk/clinic/settings/" + std::string(known.key);
}

std::string words(std::string const& value) {
  return value.empty() ? "nothing" : value;
}

void add_field(page_model& model, application const& app, known_setting const& known,
               setting_form const& form) {
  auto& field = model.add(std::string(sections[static_cast<std::size_t>(known.field)]));
  field.set("VALUE", form.value);
  if (!known.language.empty()) field.add("FOREIGN").set("CODE", std::string(known.language));
  if (known.field != entry_field::picture || known.read(app.settings, app.set).empty()) return;
  for (auto const* const logo : {"logo.svg", "logo.png"}) {
    if (auto const* url = app.assets.find_url(logo)) field.add("LOGO").set("LOGO_URL", *url);
  }
  field.add("THERE");
}

response show(application const& app, call const& c, known_setting const& known,
              setting_form const& form) {
  page_model model;
  auto const& of_files = app.live.of_files();
  model.set("TITLE", std::string(known.title))
      .set("HINT", std::string(known.hint))
      .set("ACTION", path_of(known))
      .set("CSRF", csrf_token(c.staff->record))
      .set("SEEN", std::to_string(app.set.number_of(known.key)))
      .set("NOW", words(known.read(app.settings, app.set)));
  add_field(model, app, known, form);
  if (known.explains_less) model.add("EXPLAINS").set("REASON_TYPED", form.reason);
  add_source(model, app, known.key, known.config_key);
  if (app.set.find(known.key) != nullptr) {
    model.add("UNDO").set("FILE_VALUE", words(known.read(of_files.settings, of_files.set)));
  }
  if (form.wrong) add_problem(model, *form.wrong);
  return show_page(app,
                   {.status = form.status, .title = std::string(known.title), .staff = &*c.staff},
                   "clinic_setting", model);
}

/// What was typed, or nothing for the file's. The button "No logo" sets none.
std::optional<std::string> typed_value(call const& c, known_setting const& known) {
  auto const act = desk::field_of_body(c, "act");
  if (act == "undo") return std::nullopt;
  if (act == "none") return "";
  if (known.field == entry_field::picture) return std::string(desk::file_of_body(c, "value"));
  return one_line(desk::field_of_body(c, "value"));
}

bool is_less(known_setting const& known, application const& now, effective const& after) {
  return std::stoi(known.read(after.settings, after.set)) <
         std::stoi(known.read(now.settings, now.set));
}

std::optional<problem> why_refused(application const& now, call const& c,
                                   known_setting const& known, wish const& wanted) {
  if (wanted.value) {
    bool const no_file = known.field == entry_field::picture && wanted.value->empty() &&
                         desk::field_of_body(c, "act") != "none";
    if (no_file) return problem{"value", "Choose an SVG or PNG file."};
    auto why = known.why_unfit(*wanted.value);
    if (!why.empty()) return problem{"value", std::move(why)};
  }
  if (auto why = why_unfit_for_production(now, wanted); !why.empty()) {
    return problem{"value", std::move(why)};
  }
  bool const shorter = known.explains_less && is_less(known, now, with_wish(now, wanted));
  if (shorter && !desk::is_reason(wanted.reason)) {
    return problem{"reason",
                   "Records would be kept shorter than now: say why, in a sentence of at most 500 "
                   "bytes."};
  }
  return std::nullopt;
}

bool changes_nothing(application const& now, known_setting const& known, wish const& wanted) {
  if (!wanted.value) return now.set.find(known.key) == nullptr;
  return known.field != entry_field::picture && wanted.value == known.read(now.settings, now.set);
}

/// Pictures are not typed.
std::string shown_again(known_setting const& known, wish const& wanted, application const& now) {
  if (known.field == entry_field::picture) return "";
  return wanted.value ? *wanted.value : known.read(now.settings, now.set);
}

}  // namespace

response setting_page(application& app, call const& c) {
  auto const* const known = find_setting(c.path["key"]);
  if (known == nullptr) return refuse(app, 404, "There is no such setting.", &c.asked);
  auto const& now = looked_at_now(app);
  return show(now, c, *known, {.value = shown_again(*known, {}, now)});
}

response setting_change(application& app, call const& c) {
  auto const* const known = find_setting(c.path["key"]);
  if (known == nullptr) return refuse(app, 404, "There is no such setting.", &c.asked);
  auto& now = looked_at_now(app);
  wish const wanted{std::string(known->key), typed_value(c, *known),
                    known->explains_less ? one_line(desk::field_of_body(c, "reason")) : ""};
  setting_form again{.status = 422,
                     .value = shown_again(*known, wanted, now),
                     .reason = wanted.reason,
                     .wrong = why_refused(now, c, *known, wanted)};
  if (again.wrong) return show(now, c, *known, again);
  if (changes_nothing(now, *known, wanted)) return see_other("/desk/clinic");
  if (!has_seen(now, c, known->key) || !carry_out(now, c, wanted)) {
    again.status = 409;
    again.wrong = problem{"value", std::string(overtaken)};
    return show(app.live.current(), c, *known, again);
  }
  return see_other("/desk/clinic");
}

}  // namespace intake::service::clinic
