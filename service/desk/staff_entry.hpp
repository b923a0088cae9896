#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"
#include "service/patients/visit.hpp"

#include <string_view>

namespace intake::service::desk {

/// Begins a visit in which the signed-in person types what the patient says, and goes there. The
/// body's field `interpreter` says who interprets. Throws db::unavailable.
response begin_staff_entry(application&, call const&, patients::visit_beginning,
                           std::string_view language_tag);

}  // namespace intake::service::desk
