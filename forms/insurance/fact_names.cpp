#include "forms/insurance/fact_names.hpp"

#include "forms/insurance/table.hpp"
#include "forms/insurance/words.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr std::array<std::string_view, 25> names{"payer",
                                                 "plan_name",
                                                 "product",
                                                 "referral",
                                                 "provider",
                                                 "plan_basis",
                                                 "relation",
                                                 "employer_employees",
                                                 "date_of_service",
                                                 "accident_kind",
                                                 "accident_date",
                                                 "first_treatment",
                                                 "first_treatment_date",
                                                 "days_since_accident",
                                                 "days_since_first_treatment",
                                                 "first_care_day",
                                                 "birth_date",
                                                 "age",
                                                 "location",
                                                 "state",
                                                 "medicare_reason",
                                                 "esrd_month",
                                                 "va_authorized",
                                                 "black_lung",
                                                 "liability_claim"};

/// A spelling, and the fact it names.
struct spelling {
  std::string_view said;
  std::string_view name;
};

std::vector<spelling> spellings() {
  std::vector<spelling> all;
  for (auto const name : names) all.push_back({name, name});
  for (auto const& column : table_spec_named("tests").columns) {
    bool const is_fact = std::ranges::find(names, column.name) != names.end();
    if (is_fact && !column.other_name.empty()) all.push_back({column.other_name, column.name});
  }
  return all;
}

}  // namespace

std::optional<std::string_view> fact_named(std::string_view said) {
  auto const key = folded(said);
  for (auto const& one : spellings()) {
    if (folded(one.said) == key) return one.name;
  }
  return std::nullopt;
}

std::string fact_name_hint(std::string_view said) {
  auto const key = folded(said);
  // Two slips make any short word of any other.
  auto const slips_max = std::min<std::size_t>(2, key.size() / 3);
  std::string_view nearest;
  std::size_t least = slips_max + 1;
  for (auto const& one : spellings()) {
    auto const slips = edit_distance(key, folded(one.said), slips_max);
    if (slips >= least) continue;
    least = slips;
    nearest = one.said;
  }
  if (!nearest.empty()) return fmt::format("Did you mean {}?", nearest);
  return fmt::format("Possible: {}.", fmt::join(names, ", "));
}

}  // namespace intake::forms::insurance
