#include "service/fhir/fhir.hpp"
#include "service/fhir/record_type.hpp"

namespace intake::service::fhir {

response patient_read(application& app, call const& c) {
  return read_resource(app, c, patient_type());
}

response patient_search(application& app, call const& c) {
  return search_resources(app, c, patient_type());
}

response consent_read(application& app, call const& c) {
  return read_resource(app, c, consent_type());
}

response consent_search(application& app, call const& c) {
  return search_resources(app, c, consent_type());
}

response document_read(application& app, call const& c) {
  return read_resource(app, c, document_type());
}

response document_search(application& app, call const& c) {
  return search_resources(app, c, document_type());
}

}  // namespace intake::service::fhir
