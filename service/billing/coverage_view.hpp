#pragma once
#include "service/application.hpp"
#include "service/eligibility/check_result.hpp"
#include "service/eligibility/work_list.hpp"
#include "service/pages/page.hpp"

/// What a check said, in the sections of the page of one coverage. What was not said is printed as
/// "not said", never as $0.
namespace intake::service::billing {

/// Plan and dates beside what the form says; who pays first; money, authorization, limits; the
/// payer's messages and every row.
void add_result(page_model&, application const&, eligibility::work_row const&,
                eligibility::check_result const&);

/// "Dec 1, 2026", or "not said".
std::string said_date(application const&, std::string const& iso_day);

}  // namespace intake::service::billing
