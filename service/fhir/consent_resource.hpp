#pragma once
#include "service/fhir/extracted_items.hpp"
#include "service/fhir/record_type.hpp"

#include <vector>

namespace intake::service::fhir {

/// Every text that was signed, declined or left for the desk, as FHIR Consent
/// (http://hl7.org/fhir/R4/consent.html), called after its group: active, rejected, proposed.
std::vector<search_match> consents_of(application const&, client_record const&, packet_view const&,
                                      resource_filter const& = {});

}  // namespace intake::service::fhir
