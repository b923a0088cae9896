#pragma once
#include <string_view>

namespace intake::service {

inline constexpr std::string_view version = "0.1.0";
/// FHIR date of that version.
inline constexpr std::string_view release_date = "2026-11-23";

}  // namespace intake::service
