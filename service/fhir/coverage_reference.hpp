#pragma once
#include "certs/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace intake::service::fhir {

/// A Coverage has no row of its own: its id is its submission's and its place in it, "UUID-1".
struct coverage_reference {
  certs::uuid submission;
  std::int16_t number = 0;
};

/// "Coverage/UUID-1" or "UUID-1".
std::optional<coverage_reference> read_coverage_reference(std::string_view);
std::string to_text(coverage_reference const&);

}  // namespace intake::service::fhir
