#pragma once
#include "service/fhir/client_record.hpp"
#include "service/fhir/search_question.hpp"
#include "service/fhir/search_set.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Resources that are made of one record each time they are asked for: all are found, read, paged,
/// refused and recorded in one way.
namespace intake::service::fhir {

/// What beside the submission itself narrows a search.
struct resource_filter {
  std::span<std::vector<std::string> const> forms{};
  date_range authored{};
  std::span<std::vector<std::string> const> responses{};

  /// Whether what is told by this response is meant.
  bool is_about(certs::uuid const& submission, std::string_view response) const;
};

struct record_type {
  std::string_view name;
  /// Of the audit trail, where one is read and where a search showed some.
  std::string_view read_action;
  std::string_view search_action;
  /// A client needs a scope of one of these.
  audience_set any_of;
  std::span<parameter_row const> parameters;
  /// All that this client may see of a record, in a steady order.
  std::vector<search_match> (*make)(application&, client_reader const&, client_record const&,
                                    resource_filter const&);
};

/// GET [type]/{id}, and with a version [type]/{id}/_history/{version}.
response read_resource(application&, call const&, record_type const&);

/// GET [type] and POST [type]/_search: a Bundle of type searchset by pages, each of which is in the
/// audit trail before it is answered. Records that do not open are named in an OperationOutcome.
response search_resources(application&, call const&, record_type const&);

record_type const& response_type();
record_type const& patient_type();
record_type const& consent_type();
record_type const& document_type();

/// What stands in the CapabilityStatement.
std::span<record_type const* const> record_types();

}  // namespace intake::service::fhir
