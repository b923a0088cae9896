#pragma once
#include <string>
#include <string_view>

namespace intake::forms::fhirpath::support {

/// What an expression gives on a resource at 2026-11-28T09:00:00-05:00, as JSON; where it fails,
/// the sentence that says so.
std::string json_of(std::string_view expression, std::string_view resource = "{}");

}  // namespace intake::forms::fhirpath::support
