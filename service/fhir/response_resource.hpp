#pragma once
#include "service/fhir/client_record.hpp"

#include <string>
#include <vector>

namespace intake::service::fhir {

/// One form's answers out of a record, as a client may see them.
struct readable_response {
  std::string id;
  opened_form const* form = nullptr;
  /// Those of the client's audiences alone.
  forms::answers answers;
  bool is_whole = true;
  /// When the answers were given; where the client of that time did not say, when they came.
  std::string authored;
};

/// The id of the response to a form.
std::string response_id(db::submission_head const&, forms::questionnaire const&);

/// In the packet's order; forms of which nothing is for these audiences are left out. An attached
/// file gets the address of its Binary.
std::vector<readable_response> readable_responses(application const&, audience_set,
                                                  client_record const&);

/// As FHIR QuestionnaireResponse (http://hl7.org/fhir/R4/questionnaireresponse.html).
std::string write_response(readable_response const&, audience_set, client_record const&);

/// `"versionId"` and `"lastUpdated"`, and the tag SUBSETTED where something was left out.
void write_meta(forms::json_writer&, db::submission_head const&, bool is_whole = true);

}  // namespace intake::service::fhir
