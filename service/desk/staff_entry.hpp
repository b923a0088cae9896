#pragma once
#include "forms/questionnaire.hpp"
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

/// Whether an answer of a record can be asked for again, by a link to the patient. A question of a
/// list's rows is asked with all of them; one below an answer is not, because its page could not
/// show which answer it is about.
bool can_be_asked_again(forms::questionnaire const&, forms::item const&);
/// The same without anything beside it: no question of a list's rows.
bool can_be_asked_alone(forms::questionnaire const&, forms::item const&);

}  // namespace intake::service::desk
