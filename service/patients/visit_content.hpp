#pragma once
#include "service/form_store.hpp"
#include "service/patients/visit.hpp"

#include <optional>
#include <string>

namespace intake::service::patients {

/// What is sealed in a draft, as JSON; answers as canonical responses.
std::string write_visit(visit const&);
/// Reads it into `into`; false for what this program did not write. A form goes on in the version
/// it was begun with while its texts may be signed on `day` (YYYY-MM-DD); then in the one in force,
/// where only the texts that were replaced are open again. A form that is not in the folder any
/// more in any version is left out.
bool read_visit(form_store const&, std::string text, std::string_view day, visit& into);

}  // namespace intake::service::patients
