#pragma once
#include "forms/json_reader.hpp"
#include "forms/problem.hpp"
#include "forms/questionnaire.hpp"
#include "forms/response.hpp"
#include "forms/validation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::forms::support {

/// A file's bytes; empty where it is missing.
std::string contents(std::string const& path);

/// A form with these items (JSON, without the brackets); fails the test if it does not load.
questionnaire form_of(std::string_view items);

/// A completed response with these items to the form of `form_of`.
std::string response_text(std::string_view items);

/// Reads a response and validates it as the API would on 2026-11-23.
std::vector<problem> problems_of(questionnaire const&, std::string const& response,
                                 item_order = item_order::strict);

/// "required-missing @QuestionnaireResponse.item[0] name": what a test compares.
std::vector<std::string> summaries(std::vector<problem> const&);

}  // namespace intake::forms::support
