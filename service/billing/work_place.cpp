#include "service/billing/work_place.hpp"

#include "forms/insurance/calendar.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/http/fields.hpp"

#include <fmt/format.h>

namespace intake::service::billing {

std::string work_place::query() const {
  if (!in_list) return {};
  auto text = "?day=" + forms::insurance::write_date(day);
  if (!show.empty()) text += "&show=" + show;
  if (!keys) text += "&keys=off";
  return text;
}

std::optional<work_place> read_work_place(application const& app, call const& c) {
  work_place place;
  place.day = today_of(app, c);
  for (auto const& [name, value] : read_form(c.asked.query).value_or(std::vector<form_field>{})) {
    if (name == "show") place.show = value;
    if (name == "keys") place.keys = value != "off";
    if (name != "day" || value.empty()) continue;
    auto const day = forms::insurance::read_iso_date(value);
    if (!day) return std::nullopt;
    place.day = *day;
    place.in_list = true;
  }
  if (!eligibility::is_filter(place.show)) return std::nullopt;
  return place;
}

std::string coverage_url(eligibility::work_row const& row, work_place const& place) {
  return fmt::format("/desk/coverages/{}/{}{}", certs::to_string(row.submission), row.told.number,
                     place.query());
}

std::string patient_of(eligibility::work_row const& row) {
  auto const& who = row.told.patient;
  auto const name = name_of(expected_person{.family = who.family, .given = who.given});
  return name.empty() ? "(no name given)" : name;
}

std::string visit_of(application const& app, eligibility::work_row const& row) {
  if (!row.visit) return app.clock.written_date(forms::insurance::write_date(row.day));
  return app.places.of(row.visit->location).clock->date_and_time(row.visit->starts_at);
}

}  // namespace intake::service::billing
