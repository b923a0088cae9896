// The places that patients come to: added, renamed, in another zone, closed and opened again.
#include "service/clinic/acts.hpp"
#include "service/clinic/clinic.hpp"
#include "service/clinic/in_force.hpp"
#include "service/clinic/known_settings.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

#include <array>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

namespace intake::service::clinic {
namespace {

constexpr std::size_t places_max = 50;

struct typed_place {
  std::string id{};
  std::string name{};
  std::string zone{};
  bool is_closed = false;
};

using problems = std::vector<problem>;

struct place_form {
  int status = 200;
  typed_place typed{};
  problems wrong{};
  /// Null: a place that is not there yet.
  location const* place = nullptr;
};

std::string key_of(std::string_view id) {
  return std::string(place_keys) + std::string(id);
}

typed_place as_it_is(location const& place) {
  return {place.id, place.name, place.zone, place.is_closed};
}

typed_place read_typed(call const& c) {
  return {one_line(desk::field_of_body(c, "id")), one_line(desk::field_of_body(c, "name")),
          one_line(desk::field_of_body(c, "zone")), desk::field_of_body(c, "closed") == "yes"};
}

void add_existing(page_model& model, application const& app, location const& place) {
  model.set("SEEN", std::to_string(app.set.number_of(key_of(place.id))));
  auto& there = model.add("THERE").set("PLACE_ID", place.id);
  add_source(model, app, key_of(place.id), "[clinic] locations");
  auto const* const of_file = app.live.of_files().places.find(place.id);
  if (of_file == nullptr || app.set.find(key_of(place.id)) == nullptr) return;
  there.add("UNDO").set("FILE_VALUE", fmt::format("{}, {}", of_file->name, of_file->zone));
}

response show(application const& app, call const& c, place_form const& form) {
  page_model model;
  auto const title = form.place == nullptr ? std::string("Add a place") : form.place->name;
  model.set("TITLE", title)
      .set("CSRF", csrf_token(c.staff->record))
      .set("NAME", form.typed.name)
      .set("ZONE", form.typed.zone);
  if (form.place != nullptr) {
    model.set("ACTION", "/desk/clinic/places/" + form.place->id);
    add_existing(model, app, *form.place);
  } else {
    model.set("ACTION", "/desk/clinic/places").set("SEEN", "0");
    model.add("NEW").set("ID", form.typed.id);
  }
  if (form.typed.is_closed) model.add("CLOSED");
  for (auto const& each : form.wrong) add_problem(model, each);
  return show_page(app, {.status = form.status, .title = title, .staff = &*c.staff}, "clinic_place",
                   model);
}

bool is_zone(std::string const& zone) {
  try {
    clinic_time const known(zone);
    return true;
  } catch (std::invalid_argument const&) {
    return false;
  }
}

problems why_refused(typed_place const& typed) {
  problems found;
  if (auto why = find_setting("clinic.name")->why_unfit(typed.name); !why.empty()) {
    found.push_back({"name", typed.name.empty() ? "Write the name of the place." : std::move(why)});
  }
  if (!is_zone(typed.zone)) {
    found.push_back({"zone",
                     "This is no time zone that the program knows. Florida has America/New_York "
                     "and, west of the Apalachicola, America/Chicago."});
  }
  return found;
}

problems why_no_new(application const& now, typed_place const& typed) {
  if (!is_location_id(typed.id)) {
    return {{"id", "Write an id of a-z, 0-9 and -, at most 40 letters, as \"key-west\"."}};
  }
  if (now.places.find(typed.id) != nullptr) {
    return {{"id", "There is a place of this id; it may be closed."}};
  }
  if (now.places.all().size() < places_max) return {};
  return {{"id", fmt::format("There are {} places already, as many as can be.", places_max)}};
}

/// Patients must have somewhere to go.
problems why_not_closed(application const& now, wish const& wanted) {
  auto const after = with_wish(now, wanted);
  if (locations(after.settings, after.places).count_open() > 0) return {};
  return {{"closed", "This is the only place that is open: open another one first."}};
}

wish wish_of(typed_place const& typed) {
  return {key_of(typed.id),
          to_set_value(location{typed.id, typed.name, typed.zone, nullptr, typed.is_closed})};
}

response finish(application& app, application& now, call const& c, wish const& wanted,
                place_form again) {
  if (again.wrong.empty()) again.wrong = why_not_closed(now, wanted);
  if (!again.wrong.empty()) return show(now, c, again);
  if (has_seen(now, c, wanted.key) && carry_out(now, c, wanted)) return see_other("/desk/clinic");
  again.status = 409;
  again.wrong = {{"name", std::string(overtaken)}};
  return show(app.live.current(), c, again);
}

}  // namespace

response place_new(application& app, call const& c) {
  return show(looked_at_now(app), c, {.typed = {.zone = app.settings.clinic_time_zone}});
}

response place_add(application& app, call const& c) {
  auto& now = looked_at_now(app);
  auto typed = read_typed(c);
  auto wrong = why_no_new(now, typed);
  for (auto& each : why_refused(typed)) wrong.push_back(std::move(each));
  auto const wanted = wish_of(typed);
  return finish(app, now, c, wanted,
                {.status = 422, .typed = std::move(typed), .wrong = std::move(wrong)});
}

response place_page(application& app, call const& c) {
  auto const& now = looked_at_now(app);
  auto const* const place = now.places.find(c.path["id"]);
  if (place == nullptr) return refuse(app, 404, "There is no such place.", &c.asked);
  return show(now, c, {.typed = as_it_is(*place), .place = place});
}

response place_change(application& app, call const& c) {
  auto& now = looked_at_now(app);
  auto const* const place = now.places.find(c.path["id"]);
  if (place == nullptr) return refuse(app, 404, "There is no such place.", &c.asked);
  bool const undo = desk::field_of_body(c, "act") == "undo" &&
                    now.live.of_files().places.find(place->id) != nullptr;
  auto typed = undo ? as_it_is(*place) : read_typed(c);
  typed.id = place->id;
  auto const wanted = undo ? wish{key_of(place->id), std::nullopt} : wish_of(typed);
  auto wrong = undo ? problems{} : why_refused(typed);
  return finish(
      app, now, c, wanted,
      {.status = 422, .typed = std::move(typed), .wrong = std::move(wrong), .place = place});
}

}  // namespace intake::service::clinic
