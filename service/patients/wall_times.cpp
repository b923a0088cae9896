#include "service/patients/wall_times.hpp"

#include "forms/calendar.hpp"
#include "forms/field_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

constexpr std::string_view time_part = ":time";
constexpr std::size_t offset_bytes = std::string_view{"-05:00"}.size();

std::optional<int> number_in(std::vector<form_field> const& fields, std::string const& name) {
  auto const found = std::ranges::find(fields, name, &form_field::name);
  if (found == fields.end()) return std::nullopt;
  int value = 0;
  auto const* const last = found->value.data() + found->value.size();
  auto const [end, error] = std::from_chars(found->value.data(), last, value);
  return error == std::errc{} && end == last ? std::optional(value) : std::nullopt;
}

std::string offset_of(clinic_time const& clock, std::vector<form_field> const& fields,
                      std::string const& question, std::string_view typed) {
  auto const year = number_in(fields, question + ":year");
  auto const month = number_in(fields, question + ":month");
  auto const day = number_in(fields, question + ":day");
  auto const time = forms::plain_time(typed);
  if (!year || !month || !day || time.size() < 5) return {};
  std::chrono::year_month_day const date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return {};
  std::chrono::hours const hours{std::stoi(time.substr(0, 2))};
  std::chrono::minutes const minutes{std::stoi(time.substr(3, 2))};
  auto const instant = clock.instant(std::chrono::sys_days{date}, hours + minutes);
  if (!instant) return {};
  auto const written = clock.fhir_date_time(*instant);
  return written.ends_with('Z') ? "Z" : written.substr(written.size() - offset_bytes);
}

/// The parts of a date with a time, in the order in which forms::to_fields writes them.
constexpr std::array<std::string_view, 5> instant_parts{":year", ":month", ":day", ":time",
                                                        ":zone"};

using instant_fields = std::span<forms::named_value>;

bool is_instant(instant_fields fields) {
  auto const& last = fields.back().name;
  if (!last.ends_with(instant_parts.back())) return false;
  auto const question = last.substr(0, last.size() - instant_parts.back().size());
  return std::ranges::equal(
      fields, instant_parts,
      [&](std::string const& name, std::string_view suffix) {
        return name.size() == question.size() + suffix.size() && name.starts_with(question) &&
               name.ends_with(suffix);
      },
      &forms::named_value::name);
}

std::string plain_part(std::string_view digits) {
  return std::string{digits.starts_with('0') ? digits.substr(1) : digits};
}

void move_to_wall(clinic_time const& clock, instant_fields fields) {
  auto const value = [&](std::size_t at) -> std::string& { return fields[at].value; };
  auto const instant = forms::read_date_time(
      fmt::format("{}-{:0>2}-{:0>2}T{}{}", value(0), value(1), value(2), value(3), value(4)));
  if (instant.fault != forms::calendar_fault::none) return;
  certs::utc_time const when{std::chrono::microseconds{instant.span.first_us}};
  auto const fraction = value(3).substr(std::min(value(3).find('.'), value(3).size()));
  // YYYY-MM-DDThh:mm:ss, then the zone.
  auto const written = clock.fhir_date_time(when);
  value(0) = written.substr(0, 4);
  value(1) = plain_part(written.substr(5, 2));
  value(2) = plain_part(written.substr(8, 2));
  value(3) = written.substr(11, 8) + fraction;
  value(4) = written.substr(19);
}

}  // namespace

std::vector<forms::named_value> on_the_wall(clinic_time const& clock,
                                            std::vector<forms::named_value> fields) {
  for (std::size_t end = instant_parts.size(); end <= fields.size(); ++end) {
    auto const last = std::span{fields}.subspan(end - instant_parts.size(), instant_parts.size());
    if (is_instant(last)) move_to_wall(clock, last);
  }
  return fields;
}

std::vector<form_field> with_zones(clinic_time const& clock, std::vector<form_field> fields) {
  std::vector<form_field> zones;
  for (auto const& [name, value] : fields) {
    if (!name.ends_with(time_part)) continue;
    auto const question = name.substr(0, name.size() - time_part.size());
    auto offset = offset_of(clock, fields, question, value);
    if (!offset.empty()) zones.push_back({question + ":zone", std::move(offset)});
  }
  for (auto& each : zones) {
    std::erase_if(fields, [&](form_field const& old) { return old.name == each.name; });
    fields.push_back(std::move(each));
  }
  return fields;
}

}  // namespace intake::service::patients
