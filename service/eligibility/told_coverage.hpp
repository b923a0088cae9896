#pragma once
#include "service/record.hpp"
#include "service/rules.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace intake::service::eligibility {

struct told_person {
  std::string family{};
  std::string given{};
  std::string birth_date{};
};

/// One insurance as the patient told it, and what the tables know of its payer.
struct told_coverage {
  /// From 1, in the patient's order.
  std::int16_t number = 1;
  std::string payer{};  ///< as the tables print it, else as typed
  std::string payer_typed{};
  /// Row in payers.csv; 0: the tables do not know this payer.
  std::uint32_t payer_row = 0;
  /// The payer's number for eligibility on the day of the visit; empty: the tables have none.
  std::string payer_number{};
  bool is_medicare = false;
  std::string plan{};
  std::string member_id{};
  std::string group{};
  std::string relation{};  ///< "self", "spouse", "child", "other", "unknown"; empty
  std::string ends{};      ///< where the patient says that it ended
  /// "url|version" of the forms where the insurance and the patient stand.
  std::string coverage_form{};
  std::string patient_form{};
  told_person patient{};
  std::string sex{};  ///< "female", "male"; anything else is not sent
  /// Of the main person on the plan, where that is somebody else.
  told_person subscriber{};
};

/// Those of a record; `day` is the date of service, which chooses payers' numbers.
std::vector<told_coverage> told_coverages(opened_record const&, named_rule_set const&,
                                          forms::insurance::date day);

/// Why no 270 can be made of it, in words that say what to do; empty where one can.
std::string why_not_sent(told_coverage const&);

}  // namespace intake::service::eligibility
