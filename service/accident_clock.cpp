#include "service/accident_clock.hpp"

#include "forms/insurance/facts.hpp"
#include "service/known_items.hpp"

#include <fmt/format.h>

namespace intake::service {
namespace {

namespace insurance = forms::insurance;

constexpr std::string_view day_14 = "pip-day-14.";
constexpr std::string_view ask_dates = "pip-ask-dates";

insurance::first_care care_of(std::string_view said) {
  if (said == "yes") return insurance::first_care::had;
  return said == "not_yet" ? insurance::first_care::not_yet : insurance::first_care::unknown;
}

}  // namespace

insurance::clock_reading accident_clock(std::span<forms::answered_form const> packet,
                                        std::chrono::year_month_day today) {
  auto const text = [&](std::string_view link_id) { return forms::code_in(packet, link_id); };
  auto const kind = insurance::from_word<insurance::accident_kind>(text(known::accident_kind));
  return insurance::pip_clock(
      {.accident = kind.value_or(insurance::accident_kind::unknown),
       .accident_date = insurance::read_iso_date(text(known::accident_date)),
       .care = care_of(text(known::first_treatment)),
       .first_treatment = insurance::read_iso_date(text(known::first_treatment_date)),
       .visit = insurance::read_iso_date(text(known::visit_date))},
      std::chrono::sys_days{today});
}

std::string alert_code(insurance::clock_reading const& reading) {
  if (!reading.on_board()) return {};
  if (reading.state == insurance::clock_state::unknown) return std::string(ask_dates);
  return reading.due ? std::string(day_14) + insurance::write_date(*reading.due) : std::string{};
}

std::string clock_words(std::string_view code, std::chrono::sys_days today) {
  if (code == ask_dates) return "PIP: ask for the date of the accident and of the first care";
  if (!code.starts_with(day_14)) return {};
  auto const last = insurance::read_iso_date(code.substr(day_14.size()));
  if (!last) return {};
  auto const days = (*last - today).count();
  if (days == 0) return "PIP: last day today";
  if (days == 1) return "PIP: last day tomorrow";
  if (days < 0) return "PIP: the 14 days ended on " + insurance::write_date(*last);
  return fmt::format("PIP: last day in {} days ({})", days, insurance::write_date(*last));
}

std::string clock_words(std::string_view code) {
  if (code == ask_dates) return "Auto accident: ask for its date and the first care (14 days)";
  if (!code.starts_with(day_14)) return {};
  return "Auto accident: first care by " + std::string(code.substr(day_14.size())) + " (day 14)";
}

}  // namespace intake::service
