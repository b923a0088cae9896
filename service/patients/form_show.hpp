#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"
#include "service/patients/form_view.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::service::patients {

/// The active form that a page's address names; null where there is none.
forms::questionnaire const* form_of(application const&, call const&);

/// The page of a form with what was typed and what is wrong. `notice` is a sentence above all,
/// empty: none; `token` makes the page's answers one submission, however often they are sent.
response show_form(application const&, form_view const&, std::string_view token, int status,
                   std::string_view notice = {});

/// What the components of every form are made with.
component_kit kit_of(application const&);

}  // namespace intake::service::patients
