#pragma once
#include "forms/insurance/rows.hpp"

#include <string_view>

namespace intake::forms::insurance {

/// What to tell a patient about a problem of identifiers.hpp; a general sentence for others.
sentence_text identifier_message(std::string_view problem);

}  // namespace intake::forms::insurance
