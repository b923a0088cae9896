#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// The FHIR R4 interface, one file an action.
namespace intake::service::fhir {

/// GET /fhir/metadata: CapabilityStatement.
response metadata(application&, call const&);
/// GET /fhir/Questionnaire: search by url, version, title, status.
response questionnaire_search(application&, call const&);
/// GET /fhir/Questionnaire/{id}: the form and, in Intake-Form-Token, the right to send one answer
/// to it.
response questionnaire_read(application&, call const&);
/// GET /fhir/InsurancePlan: the plans of the rules in force, by _id, name and status.
response insurance_plan_search(application&, call const&);
response insurance_plan_read(application&, call const&);
/// GET /fhir/Coverage: the insurance that one packet tells of, by _id or response; for clients with
/// the scope read:coverage. Every reading is in the audit trail before it is answered.
response coverage_search(application&, call const&);
response coverage_read(application&, call const&);
/// GET /fhir/CoverageEligibilityResponse: the checks of one coverage, by coverage; the same scope.
response eligibility_search(application&, call const&);
response eligibility_read(application&, call const&);
/// GET /fhir/QuestionnaireResponse/{id} and a version of it, GET and POST …/_search: what a
/// client's scopes let it see; each answer is in the audit trail first. The same of what is made of
/// a record: Patient, Consent, DocumentReference.
response response_read(application&, call const&);
response response_search(application&, call const&);
response patient_read(application&, call const&);
response patient_search(application&, call const&);
response consent_read(application&, call const&);
response consent_search(application&, call const&);
response document_read(application&, call const&);
response document_search(application&, call const&);
/// GET and POST /fhir/QuestionnaireResponse/{id}/$extract: Patient, Coverage and Consent as a
/// transaction.
response response_extract(application&, call const&);
/// GET /fhir/Binary/{id}: a copy as PDF, or an attached file.
response binary_read(application&, call const&);
/// POST /fhir/CoverageEligibilityRequest/$submit: has a payer asked about one coverage; scope
/// submit:eligibility. 200 with the check that is good for that day, 202 where it is queued.
response eligibility_submit(application&, call const&);
/// POST /fhir/QuestionnaireResponse: one response, or a Bundle of those that make up one packet.
response response_create(application&, call const&);
/// Whether that asks neither the database nor a child process before its answer comes by the batch
/// writer: a small packet without files, from somebody already known.
bool response_create_is_quick(application&, request const&);

}  // namespace intake::service::fhir
