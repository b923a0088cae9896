#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

#include <string>
#include <variant>

namespace intake::service::fhir {

/// A client that may read what packets tell about insurance (scope read:coverage).
struct client_reader {
  std::string id;
};

/// Who asks, or the refusal.
std::variant<client_reader, response> identify_reader(application&, call const&);

}  // namespace intake::service::fhir
