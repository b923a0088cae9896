#include "forms/insurance/facts.hpp"

#include "forms/insurance/condition.hpp"
#include "forms/insurance/states.hpp"
#include "forms/insurance/words.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

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

  std::string state(std::string_view name) {
    auto const said = text(name);
    if (said.empty() || lower_case(said) == "unknown") return {};
    auto const code = state_code(said);
    if (!code) not_understood_.emplace_back(name);
    return code.value_or(std::string{});
  }

  /// Days or years that cannot be negative nor longer than a life.
  std::optional<int> sensible(std::string_view name, std::optional<int> number) {
    if (!number) return std::nullopt;
    if (*number >= 0 && *number <= number_max) return number;
    not_understood_.emplace_back(name);
    return std::nullopt;
  }

 private:
  named_values const& values_;
  std::vector<std::string>& not_understood_;
};

std::optional<int> days_between(std::optional<date> from, std::optional<date> to) {
  if (!from || !to) return std::nullopt;
  return static_cast<int>((*to - *from).count());
}

bool is_not_yet(std::string_view said) {
  return said == "not_yet" || said == "not-yet";
}

// F.S. 627.736(1)(a) counts from the accident to the first care anywhere, not to our visit.
void read_accident(value_reader& values, visit_facts& facts) {
  auto const accident = values.day("accident_date");
  auto const treated = values.day("first_treatment_date");
  auto const visit = std::optional{facts.date_of_service};
  facts.days_since_accident = values.sensible("accident_date", days_between(accident, visit));
  facts.days_since_first_treatment =
      values.sensible("first_treatment_date", days_between(treated, visit));
  facts.first_care_day = values.sensible("first_treatment_date", days_between(accident, treated));
  bool const first_care_is_ours = is_not_yet(values.text("first_treatment")) ||
                                  (facts.days_since_first_treatment == 0 && !facts.first_care_day);
  if (first_care_is_ours) facts.first_care_day = facts.days_since_accident;
  if (auto const stated = values.number("days_since_accident")) facts.days_since_accident = stated;
  if (auto const stated = values.number("days_since_first_treatment")) {
    facts.days_since_first_treatment = stated;
  }
  if (auto const stated = values.number("first_care_day")) facts.first_care_day = stated;
}

void put(named_values& values, std::string_view name, std::string_view text) {
  if (!text.empty()) values.emplace(name, text);
}

void put(named_values& values, std::string_view name, std::optional<int> number) {
  if (number) values.emplace(name, fmt::format("{}", *number));
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
  read_accident(reader, facts);
  if (auto const born = reader.day("birth_date")) {
    facts.age_years = reader.sensible("birth_date", whole_years(*born, facts.date_of_service));
  }
  if (auto const stated = reader.number("age")) facts.age_years = stated;
  facts.location = reader.text("location");
  facts.state = reader.state("state");
  facts.reason = reader.word<medicare_reason>("medicare_reason");
  facts.esrd_month = reader.number("esrd_month");
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
  return values;
}

}  // namespace intake::forms::insurance
