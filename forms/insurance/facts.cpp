#include "forms/insurance/facts.hpp"

#include "forms/insurance/condition.hpp"
#include "forms/insurance/states.hpp"
#include "forms/insurance/words.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

struct month_span {
  std::chrono::year_month first;
  std::chrono::year_month last;
};

std::chrono::year_month month_of(date day) {
  std::chrono::year_month_day const whole{day};
  return whole.year() / whole.month();
}

// FHIR lets a date be a year, or a year and a month.
std::optional<month_span> read_months(std::string_view text) {
  std::string const said(text);
  if (auto const day = read_iso_date(said)) return month_span{month_of(*day), month_of(*day)};
  if (auto const day = read_iso_date(said + "-01"))
    return month_span{month_of(*day), month_of(*day)};
  auto const year = read_iso_date(said + "-01-01");
  if (!year) return std::nullopt;
  return month_span{month_of(*year), month_of(*year) + std::chrono::months{11}};
}

class value_reader {
 public:
  value_reader(named_values const& values, std::vector<std::string>& not_understood)
      : values_{values}, not_understood_{not_understood} {}

  std::string_view text(std::string_view name) const {
    auto const found = values_.find(name);
    return found == values_.end() ? std::string_view{} : trimmed(found->second);
  }

  template <class Enum>
  Enum word(std::string_view name) {
    auto const said = text(name);
    if (said.empty()) return Enum{};
    auto const value = from_word<Enum>(said);
    if (!value) not_understood_.emplace_back(name);
    return value.value_or(Enum{});
  }

  std::optional<int> number(std::string_view name) {
    auto const said = text(name);
    if (said.empty() || said == "unknown") return std::nullopt;
    int value = -1;
    auto const [end, error] = std::from_chars(said.data(), said.data() + said.size(), value);
    bool const whole = error == std::errc{} && end == said.data() + said.size();
    if (whole && value >= 0 && value <= number_max) return value;
    not_understood_.emplace_back(name);
    return std::nullopt;
  }

  std::optional<date> day(std::string_view name) {
    auto const said = text(name);
    if (said.empty()) return std::nullopt;
    auto const value = read_iso_date(said);
    if (!value) not_understood_.emplace_back(name);
    return value;
  }

  /// The text itself: how much of a date was told is part of what was told.
  std::string months(std::string_view name) {
    auto const said = text(name);
    if (said.empty() || read_months(said)) return std::string(said);
    not_understood_.emplace_back(name);
    return {};
  }

  std::string state(std::string_view name) {
    auto const said = text(name);
    if (said.empty() || lower_case(said) == "unknown") return {};
    auto const code = state_code(said);
    if (!code) not_understood_.emplace_back(name);
    return code.value_or(std::string{});
  }

 private:
  named_values const& values_;
  std::vector<std::string>& not_understood_;
};

// Days, months or years that cannot be negative nor longer than a life.
std::optional<int> sensible(std::int64_t number) {
  if (number < 0 || number > number_max) return std::nullopt;
  return static_cast<int>(number);
}

std::optional<int> days_between(std::optional<date> from, std::optional<date> to) {
  if (!from || !to) return std::nullopt;
  return sensible((*to - *from).count());
}

bool is_not_yet(std::string_view said) {
  return said == "not_yet" || said == "not-yet";
}

// 42 CFR 411.162: 30 months from the first month of entitlement, which is the month of a
// transplant, and after dialysis began the third month after it (42 CFR 406.13(e)). A form asks for
// either in one date: where the two counts lie on different sides of the period's end, nobody
// knows.
constexpr int esrd_months = 30;
constexpr int dialysis_waiting_months = 3;

std::optional<int> esrd_month_on(std::string_view told, date day) {
  auto const began = read_months(told);
  if (!began) return std::nullopt;
  auto const most = (month_of(day) - began->first).count() + 1;
  auto const least = (month_of(day) - began->last).count() + 1 - dialysis_waiting_months;
  if (most < 1 || (most > esrd_months && least <= esrd_months)) return std::nullopt;
  return sensible(most > esrd_months ? least : most);
}

// F.S. 627.736(1)(a) counts from the accident to the first care anywhere, not to our visit.
std::optional<int> first_care_of(told_dates const& told, date day) {
  auto const counted = days_between(told.accident, told.first_treatment);
  bool const is_ours = told.not_yet_treated || (told.first_treatment == day && !counted);
  return is_ours ? days_between(told.accident, day) : counted;
}

// Leaves alone what no date tells of.
void count_from_dates(visit_facts& facts) {
  auto const& told = facts.dates;
  auto const day = facts.date_of_service;
  if (told.accident) facts.days_since_accident = days_between(told.accident, day);
  if (told.first_treatment) {
    facts.days_since_first_treatment = days_between(told.first_treatment, day);
  }
  if (told.accident && (told.first_treatment || told.not_yet_treated)) {
    facts.first_care_day = first_care_of(told, day);
  }
  if (told.birth) facts.age_years = sensible(whole_years(*told.birth, day));
  if (!told.esrd.empty()) facts.esrd_month = esrd_month_on(told.esrd, day);
}

void note_senseless(visit_facts const& facts, std::vector<std::string>& not_understood) {
  auto const& told = facts.dates;
  auto const note = [&](std::string_view name, bool is_senseless) {
    if (is_senseless) not_understood.emplace_back(name);
  };
  note("accident_date", told.accident && !facts.days_since_accident);
  note("first_treatment_date",
       told.first_treatment && (!facts.days_since_first_treatment ||
                                (told.accident && told.accident > told.first_treatment)));
  note("birth_date", told.birth && !facts.age_years);
}

void read_dates(value_reader& values, told_dates& dates) {
  dates.accident = values.day("accident_date");
  dates.first_treatment = values.day("first_treatment_date");
  dates.not_yet_treated = is_not_yet(values.text("first_treatment"));
  dates.birth = values.day("birth_date");
  dates.esrd = values.months("esrd_date");
}

void read_stated_numbers(value_reader& values, visit_facts& facts) {
  auto const stated = [&](std::string_view name, std::optional<int>& number) {
    if (auto const told = values.number(name)) number = told;
  };
  stated("age", facts.age_years);
  stated("days_since_accident", facts.days_since_accident);
  stated("days_since_first_treatment", facts.days_since_first_treatment);
  stated("first_care_day", facts.first_care_day);
  stated("esrd_month", facts.esrd_month);
}

void put(named_values& values, std::string_view name, std::string_view text) {
  if (!text.empty()) values.emplace(name, text);
}

void put(named_values& values, std::string_view name, std::optional<int> number) {
  if (number) values.emplace(name, fmt::format("{}", *number));
}

void put(named_values& values, std::string_view name, std::optional<date> day) {
  if (day) values.emplace(name, write_date(*day));
}

template <class Enum>
void put_word(named_values& values, std::string_view name, Enum value) {
  if (value != Enum{}) values.emplace(name, to_word(value));
}

}  // namespace

visit_reading visit_from_values(named_values const& values, date fallback_date) {
  visit_reading result;
  value_reader reader(values, result.not_understood);
  visit_facts& facts = result.facts;
  facts.date_of_service = reader.day("date_of_service").value_or(fallback_date);
  facts.accident = reader.word<accident_kind>("accident_kind");
  read_dates(reader, facts.dates);
  count_from_dates(facts);
  note_senseless(facts, result.not_understood);
  read_stated_numbers(reader, facts);
  facts.location = reader.text("location");
  facts.state = reader.state("state");
  facts.reason = reader.word<medicare_reason>("medicare_reason");
  facts.va_authorized = reader.word<yes_no>("va_authorized");
  facts.black_lung = reader.word<yes_no>("black_lung");
  facts.liability_claim = reader.word<yes_no>("liability_claim");
  return result;
}

coverage_reading coverage_from_values(named_values const& values) {
  coverage_reading result;
  value_reader reader(values, result.not_understood);
  coverage_facts& facts = result.facts;
  facts.payer = reader.text("payer");
  facts.plan_name = reader.text("plan_name");
  facts.plan_product = reader.word<product>("product");
  facts.referral = reader.word<yes_no>("referral");
  facts.provider = reader.text("provider");
  facts.basis = reader.word<plan_basis>("plan_basis");
  facts.to_subscriber = reader.word<relation>("relation");
  facts.employer_employees = reader.number("employer_employees");
  facts.last_day = reader.day("last_day");
  return result;
}

named_values to_values(visit_facts const& facts) {
  named_values values;
  put(values, "date_of_service", write_date(facts.date_of_service));
  put_word(values, "accident_kind", facts.accident);
  put(values, "age", facts.age_years);
  put(values, "days_since_accident", facts.days_since_accident);
  put(values, "days_since_first_treatment", facts.days_since_first_treatment);
  put(values, "first_care_day", facts.first_care_day);
  put(values, "location", facts.location);
  put(values, "state", facts.state);
  put_word(values, "medicare_reason", facts.reason);
  put(values, "esrd_month", facts.esrd_month);
  put_word(values, "va_authorized", facts.va_authorized);
  put_word(values, "black_lung", facts.black_lung);
  put_word(values, "liability_claim", facts.liability_claim);
  put(values, "accident_date", facts.dates.accident);
  put(values, "first_treatment_date", facts.dates.first_treatment);
  put(values, "first_treatment", facts.dates.not_yet_treated ? "not_yet" : "");
  put(values, "birth_date", facts.dates.birth);
  put(values, "esrd_date", facts.dates.esrd);
  return values;
}

named_values to_values(coverage_facts const& facts) {
  named_values values;
  put(values, "payer", facts.payer);
  put(values, "plan_name", facts.plan_name);
  put_word(values, "product", facts.plan_product);
  put_word(values, "referral", facts.referral);
  put(values, "provider", facts.provider);
  put_word(values, "plan_basis", facts.basis);
  put_word(values, "relation", facts.to_subscriber);
  put(values, "employer_employees", facts.employer_employees);
  put(values, "last_day", facts.last_day);
  return values;
}

visit_facts on_day(visit_facts facts, date day) {
  facts.date_of_service = day;
  count_from_dates(facts);
  return facts;
}

std::vector<coverage_facts> on_day(std::vector<coverage_facts> coverages, date day) {
  std::erase_if(coverages, [day](auto const& one) { return one.last_day && *one.last_day < day; });
  return coverages;
}

}  // namespace intake::forms::insurance
