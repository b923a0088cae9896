#pragma once
#include "service/application.hpp"
#include "service/eligibility/check_result.hpp"
#include "service/eligibility/work_list.hpp"
#include "service/http/fields.hpp"
#include "service/pages/page.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The form on which somebody writes down a check that they made elsewhere.
namespace intake::service::billing {

/// What stands in the form's fields, by their names.
using typed_fields = std::vector<form_field>;

struct field_error {
  std::string field;  ///< also the id of its input
  std::string message;
};

/// What was typed, as a check; meaningless where there are errors.
struct check_reading {
  eligibility::check_result result;
  std::string service_date;
  certs::utc_time as_of{};
  std::vector<field_error> errors;
};
check_reading read_check(application const&, typed_fields const&, eligibility::work_row const&,
                         certs::utc_time now);

/// What the empty form holds: the visit's day, now.
typed_fields empty_check(application const&, eligibility::work_row const&, certs::utc_time now);

/// Every input with what was typed, and the errors above and beside them.
void add_check_form(page_model&, typed_fields const&, std::vector<field_error> const&);

/// "$1,250.00", "1250.5" and "1,250" in cents; nothing for anything else: "12,50" and "1.250,00"
/// could be taken for other sums, and no sum is negative.
std::optional<std::int64_t> read_dollars(std::string_view);

}  // namespace intake::service::billing
