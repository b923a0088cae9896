#pragma once
#include "forms/json_reader.hpp"
#include "forms/questionnaire.hpp"

#include <string>

namespace intake::service::commands {

/// Reads a file as strict JSON. Throws command_failed (usage) with the place of the mistake.
forms::json_document read_document(std::string const& file);

/// The form of a file; where `file` is empty, the one contained in the response. Throws
/// command_failed (usage).
forms::questionnaire load_form_for(std::string const& file, forms::json_document const& response,
                                   std::string const& response_file);

}  // namespace intake::service::commands
