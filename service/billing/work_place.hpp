#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/eligibility/work_list.hpp"

#include <optional>
#include <string>

/// Where somebody is in a day's coverages: it travels in the query of each page's address.
namespace intake::service::billing {

struct work_place {
  std::chrono::sys_days day{};
  /// See eligibility::is_filter.
  std::string show{};
  /// WCAG 2.1.4: keys of one letter can be turned off.
  bool keys = true;
  /// False where the address named no day: then there is no list to go on in.
  bool in_list = false;

  /// "?day=2026-12-01&show=to-do".
  std::string query() const;
};

/// Nothing for a day or a filter that is none.
std::optional<work_place> read_work_place(application const&, call const&);

/// "/desk/coverages/ID/1" with the place.
std::string coverage_url(eligibility::work_row const&, work_place const&);

/// "Sample, Sally".
std::string patient_of(eligibility::work_row const&);

/// "Dec 1, 2026, 9:00 AM EST", or the day alone where no visit is known.
std::string visit_of(application const&, eligibility::work_row const&);

}  // namespace intake::service::billing
