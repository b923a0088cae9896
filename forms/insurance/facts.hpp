#pragma once
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/vocabulary.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is known when a decision is made. Nothing is ever required: what nobody said is `unknown`,
/// and a number that makes no sense (an accident tomorrow) is unknown too.
namespace intake::forms::insurance {

/// What was told as dates. A decision keeps them: the days of another date of service are counted
/// from them, never from the days of the one before.
struct told_dates {
  std::optional<date> accident;
  std::optional<date> first_treatment;
  bool not_yet_treated = false;
  std::optional<date> birth;
  std::string esrd;  ///< when dialysis began or of the transplant: a day, a month or a year
  bool operator==(told_dates const&) const = default;
};

/// The facts of the visit, the same for every coverage.
struct visit_facts {
  date date_of_service{};
  accident_kind accident = accident_kind::unknown;
  std::optional<int> age_years;
  std::optional<int> days_since_accident;
  std::optional<int> days_since_first_treatment;
  /// Days from the accident to the first care anywhere. Where there was none yet, our visit is it.
  std::optional<int> first_care_day;
  std::string location;  ///< of the clinic; empty is unknown
  std::string state;     ///< of the patient's home, two letters; empty is unknown
  medicare_reason reason = medicare_reason::unknown;
  std::optional<int> esrd_month;  ///< of the coordination period, 1 is the first
  yes_no va_authorized = yes_no::unknown;
  yes_no black_lung = yes_no::unknown;       ///< this visit is for a condition with such benefits
  yes_no liability_claim = yes_no::unknown;  ///< a claim against somebody who is at fault is open
  told_dates dates{};                        ///< where the numbers above were not told as numbers
  bool operator==(visit_facts const&) const = default;
};

/// The facts of one insurance of the patient.
struct coverage_facts {
  std::string payer;      ///< id, name or alias as chosen or typed; empty is unknown
  std::string plan_name;  ///< as printed on the card
  product plan_product = product::unknown;
  yes_no referral = yes_no::unknown;
  std::string provider;  ///< whom the visit is with, as contracts name them
  plan_basis basis = plan_basis::unknown;
  relation to_subscriber = relation::unknown;
  std::optional<int> employer_employees;
  std::optional<date> last_day{};  ///< of a plan that ends; it pays nothing after it
  bool operator==(coverage_facts const&) const = default;
};

/// Answers under names; a missing name and an empty text both mean nobody said.
using named_values = std::map<std::string, std::string, std::less<>>;

/// Facts, and the names whose text could not be understood (never the text itself).
struct visit_reading {
  visit_facts facts;
  std::vector<std::string> not_understood;
};
struct coverage_reading {
  coverage_facts facts;
  std::vector<std::string> not_understood;
};

/// The seam between any form and the rules. Names: `date_of_service` (ISO; else `fallback_date`),
/// `accident_kind` (none, auto, work, other), `accident_date`, `first_treatment_date` (ISO) or
/// `first_treatment` = `not_yet`, `birth_date`, `location`, `state` (two letters or its English
/// name), `medicare_reason` (age, disability, esrd), `esrd_date` (ISO; a month or a year will do),
/// `va_authorized`, `black_lung`, `liability_claim` (yes, no); in place of the dates, and before
/// them, also `age`, `days_since_accident`, `days_since_first_treatment`, `first_care_day`,
/// `esrd_month`. Other names are left alone.
visit_reading visit_from_values(named_values const& values, date fallback_date);

/// Names: `payer`, `plan_name`, `product`, `referral`, `provider`, `plan_basis` (current_work,
/// retiree, cobra, individual), `relation` (of the patient to the subscriber: self, spouse, child,
/// other), `employer_employees` (a number; 20 or 100 is all that matters), `last_day` (ISO).
coverage_reading coverage_from_values(named_values const& values);

/// The way back: `visit_from_values(to_values(f), any).facts == f`. Unknown facts are left out.
/// A stored decision holds both the dates and what was counted from them.
named_values to_values(visit_facts const& facts);
named_values to_values(coverage_facts const& facts);

/// The same visit on another day: what follows from a date that was told is counted anew. A number
/// told as one stays, and so do all numbers of a decision that was stored when dates were not.
visit_facts on_day(visit_facts facts, date day);
/// Those that have not ended by that day.
std::vector<coverage_facts> on_day(std::vector<coverage_facts> coverages, date day);

}  // namespace intake::forms::insurance
