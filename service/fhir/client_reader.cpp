#include "service/fhir/client_reader.hpp"

#include "service/fhir/operation_outcome.hpp"

#include <algorithm>

namespace intake::service::fhir {
namespace {

constexpr std::string_view scope = "read:coverage";

}  // namespace

std::variant<client_reader, response> identify_reader(application& app, call const& c) {
  auto const client = app.clients.authenticate(c.asked);
  if (!client) return outcome_response(401, "Send a client's credentials.");
  if (std::ranges::count(client->scopes, scope) == 0) {
    return outcome_response(403, "This client may not read coverages (scope read:coverage).");
  }
  return client_reader{client->id};
}

}  // namespace intake::service::fhir
