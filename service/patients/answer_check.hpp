#pragma once
#include "forms/problem.hpp"
#include "forms/response.hpp"
#include "service/application.hpp"

#include <vector>

namespace intake::service::patients {

/// What `receive` would say to a form, said already at its pages: every problem, in form order.
std::vector<forms::problem> check_answers(application const&, forms::questionnaire const&,
                                          forms::response, certs::utc_time now);

}  // namespace intake::service::patients
