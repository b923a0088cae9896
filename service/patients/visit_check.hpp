#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"
#include "service/patients/visit.hpp"

#include <string_view>

namespace intake::service::patients {

/// Everything answered in the forms that are done, with ways back to change it, and the button that
/// sends. `notice` is the key of a sentence above all, empty: none.
response show_check(application&, call const&, visit const&, int status,
                    std::string_view notice = {});

}  // namespace intake::service::patients
