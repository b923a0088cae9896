#include "service/patients/wall_times.hpp"

#include "forms/field_values.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

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

}  // namespace

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
