#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

namespace intake::service {

/// GET /healthz: the process answers.
response healthz(application&, call const&);
/// Whether a submission sent now would be stored, as far as the database goes.
bool is_database_usable(application&);

/// GET /readyz: 200 when a submission sent now would be stored; else 503 with the reason in a word.
response readyz(application&, call const&);

}  // namespace intake::service
