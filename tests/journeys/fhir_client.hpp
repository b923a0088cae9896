#pragma once
#include "tests/journeys/clinic.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What tests of the API's reading side share.
namespace intake::tests {

using header_fields = std::map<std::string, std::string>;

/// A scope, and an answer of the sample packet that is its audience's alone.
struct scope_answer {
  std::string scope;
  std::string answer;
};
std::vector<scope_answer> const& scope_answers();
std::vector<std::string> every_scope();

/// Adds a client; gives its header fields.
header_fields reader(clinic&, std::string const& name, std::vector<std::string> scopes);

/// Submits the sample packet under a new id a second later; gives that id.
std::string submit_sample(clinic&);

/// Ids of the resources of a Bundle, in order, without OperationOutcomes.
std::vector<std::string> ids_in(service::response const&);
/// The path and query of a Bundle's link; empty where there is none.
std::string link_in(service::response const&, std::string_view relation);

/// POST /fhir/TYPE/_search.
service::response post_search(clinic&, std::string const& type, std::string body,
                              header_fields const&);

}  // namespace intake::tests
