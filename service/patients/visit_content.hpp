#pragma once
#include "service/form_store.hpp"
#include "service/patients/visit.hpp"

#include <optional>
#include <string>

namespace intake::service::patients {

/// What is sealed in a draft, as JSON; answers as canonical responses.
std::string write_visit(visit const&);
/// Reads it into `into`; false for what this program did not write. A form that is not in the
/// folder any more is left out.
bool read_visit(form_store const&, std::string text, visit& into);

}  // namespace intake::service::patients
