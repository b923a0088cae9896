#pragma once
#include "service/decide.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// Codes of what staff must see before anything else, most urgent first, each once:
/// "emergency-sign", "red-flag", "blood-thinner", "cancer", "allergy", "unsigned", "interpreter".
std::vector<std::string> alerts_of(std::span<answered_form const>);

/// What staff read for a code: "Blood thinner". A code of another program version is shown as it
/// is.
std::string_view alert_words(std::string_view code);

}  // namespace intake::service
