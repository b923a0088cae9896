#include "service/terms.hpp"

#include "forms/insurance/facts.hpp"
#include "service/known_items.hpp"

#include <fmt/format.h>

namespace intake::service {
namespace {

namespace insurance = forms::insurance;

using packet_span = std::span<forms::answered_form const>;

constexpr std::string_view ask_dates = "pip-ask-dates";

struct term_text {
  /// Of a code, before the last day of the term.
  std::string_view begins;
  std::string_view words;
};

constexpr term_text day_14{"pip-day-14.", "Auto accident: first care by {} (day 14)"};
constexpr term_text carrier{
    "carrier-answer.",
    "Work injury: ask the carrier for authorization in writing; it has until {} to answer"};
constexpr term_text estimate{"estimate.", "Pays alone: written estimate due by {}"};

insurance::first_care care_of(std::string_view said) {
  if (said == "yes") return insurance::first_care::had;
  return said == "not_yet" ? insurance::first_care::not_yet : insurance::first_care::unknown;
}

insurance::accident_kind accident_in(packet_span packet) {
  auto const told = forms::code_in(packet, known::accident_kind);
  return insurance::from_word<insurance::accident_kind>(told).value_or(
      insurance::accident_kind::unknown);
}

std::optional<insurance::date> date_in(packet_span packet, std::string_view link_id) {
  return insurance::read_iso_date(forms::code_in(packet, link_id));
}

insurance::clock_reading first_care_term(packet_span packet, insurance::date today) {
  return insurance::pip_clock({.accident = accident_in(packet),
                               .accident_date = date_in(packet, known::accident_date),
                               .care = care_of(forms::code_in(packet, known::first_treatment)),
                               .first_treatment = date_in(packet, known::first_treatment_date),
                               .visit = date_in(packet, known::visit_date)},
                              today);
}

/// The carrier's term begins with a written request (F.S. 440.13(3)(d)): ours, on the day the
/// packet came, unless the patient knows that the visit is approved.
insurance::clock_reading carrier_term(packet_span packet, insurance::date came) {
  if (accident_in(packet) != insurance::accident_kind::work) return {};
  if (forms::code_in(packet, known::carrier_approved) == "yes") return {};
  return insurance::authorization_clock(came, {}, came);
}

/// 45 CFR 149.610(b)(1)(vi): who pays alone is owed an estimate, at the latest from the packet on;
/// with a visit near enough after it sooner.
insurance::clock_reading estimate_term(packet_span packet, insurance::date came) {
  bool const asked = !forms::code_in(packet, known::estimate_way).empty();
  if (!asked && forms::code_in(packet, known::have_coverage) != "self-pay") return {};
  return insurance::estimate_clock({.scheduled = came,
                                    .service = date_in(packet, known::visit_date),
                                    .requested = came,
                                    .given = {}},
                                   came);
}

std::string code_of(insurance::clock_reading const& reading, term_text const& text) {
  if (!reading.on_board() || !reading.due) return {};
  return std::string(text.begins) + insurance::write_date(*reading.due);
}

}  // namespace

std::vector<running_term> terms_of(packet_span packet, std::chrono::year_month_day today,
                                   std::chrono::year_month_day came) {
  insurance::date const first_day = std::chrono::sys_days{came};
  std::vector<running_term> terms;
  auto const add = [&](insurance::clock_reading const& reading, std::string code) {
    if (code.empty() && reading.patient.empty()) return;
    terms.push_back({std::move(code), reading.patient});
  };
  auto const care = first_care_term(packet, std::chrono::sys_days{today});
  bool const dates_missing = care.state == insurance::clock_state::unknown;
  add(care, dates_missing ? std::string(ask_dates) : code_of(care, day_14));
  auto const answer = carrier_term(packet, first_day);
  add(answer, code_of(answer, carrier));
  auto const owed = estimate_term(packet, first_day);
  add(owed, code_of(owed, estimate));
  return terms;
}

std::string term_words(std::string_view code) {
  if (code == ask_dates) return "Auto accident: ask for its date and the first care (14 days)";
  for (auto const& text : {day_14, carrier, estimate}) {
    if (!code.starts_with(text.begins)) continue;
    auto const last = insurance::read_iso_date(code.substr(text.begins.size()));
    if (last) return fmt::format(fmt::runtime(text.words), insurance::spoken_date(*last, "en"));
  }
  return {};
}

std::string term_words(std::string_view code, std::chrono::sys_days today) {
  if (!code.starts_with(day_14.begins)) return term_words(code);
  auto const last = insurance::read_iso_date(code.substr(day_14.begins.size()));
  if (!last) return {};
  auto const written = insurance::spoken_date(*last, "en");
  auto const days = (*last - today).count();
  if (days == 0) return "PIP: last day today";
  if (days == 1) return "PIP: last day tomorrow";
  if (days < 0) return "PIP: the 14 days ended on " + written;
  return fmt::format("PIP: last day in {} days ({})", days, written);
}

}  // namespace intake::service
