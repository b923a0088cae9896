#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// "All accepted insurances": from the rules in force, for everybody, without script.
namespace intake::service::patients {

/// GET /insurance: what we take; `?q=` searches all plans by name and alias.
response insurance_page(application&, call const&);
/// POST /insurance: what the rules say to one plan today. What was typed is neither kept nor
/// logged.
response insurance_check(application&, call const&);

}  // namespace intake::service::patients
