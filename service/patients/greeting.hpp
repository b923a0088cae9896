#pragma once
#include "service/application.hpp"
#include "service/pages/page.hpp"

namespace intake::service::patients {

/// What the clinic says at the start of a visit, in the patient's language, else in English, which
/// is then marked as such; nothing where nobody has written one.
void add_greeting(page_model&, application const&, language);

}  // namespace intake::service::patients
