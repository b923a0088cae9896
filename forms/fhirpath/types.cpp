#include "forms/fhirpath/types.hpp"

#include <algorithm>
#include <array>

namespace intake::forms::fhirpath {
namespace {

struct type_row {
  std::string_view name;
  std::string_view parent;
};

// http://hl7.org/fhir/R4/datatypes.html: what is no primitive specialises Element.
constexpr std::array primitives{
    type_row{"base64Binary", "Element"},
    type_row{"boolean", "Element"},
    type_row{"canonical", "uri"},
    type_row{"code", "string"},
    type_row{"date", "Element"},
    type_row{"dateTime", "Element"},
    type_row{"decimal", "Element"},
    type_row{"id", "string"},
    type_row{"instant", "Element"},
    type_row{"integer", "Element"},
    type_row{"markdown", "string"},
    type_row{"oid", "uri"},
    type_row{"positiveInt", "integer"},
    type_row{"string", "Element"},
    type_row{"time", "Element"},
    type_row{"unsignedInt", "integer"},
    type_row{"uri", "Element"},
    type_row{"url", "uri"},
    type_row{"uuid", "uri"},
    type_row{"xhtml", "Element"},
};

constexpr std::array data_types{
    type_row{"Element", ""},
    type_row{"BackboneElement", "Element"},
    type_row{"Address", "Element"},
    type_row{"Age", "Quantity"},
    type_row{"Annotation", "Element"},
    type_row{"Attachment", "Element"},
    type_row{"CodeableConcept", "Element"},
    type_row{"Coding", "Element"},
    type_row{"ContactDetail", "Element"},
    type_row{"ContactPoint", "Element"},
    type_row{"Contributor", "Element"},
    type_row{"Count", "Quantity"},
    type_row{"DataRequirement", "Element"},
    type_row{"Distance", "Quantity"},
    type_row{"Dosage", "BackboneElement"},
    type_row{"Duration", "Quantity"},
    type_row{"Expression", "Element"},
    type_row{"Extension", "Element"},
    type_row{"HumanName", "Element"},
    type_row{"Identifier", "Element"},
    type_row{"Meta", "Element"},
    type_row{"Money", "Element"},
    type_row{"MoneyQuantity", "Quantity"},
    type_row{"Narrative", "Element"},
    type_row{"ParameterDefinition", "Element"},
    type_row{"Period", "Element"},
    type_row{"Quantity", "Element"},
    type_row{"Range", "Element"},
    type_row{"Ratio", "Element"},
    type_row{"Reference", "Element"},
    type_row{"RelatedArtifact", "Element"},
    type_row{"SampledData", "Element"},
    type_row{"Signature", "Element"},
    type_row{"SimpleQuantity", "Quantity"},
    type_row{"Timing", "BackboneElement"},
    type_row{"TriggerDefinition", "Element"},
    type_row{"UsageContext", "Element"},
    type_row{"Resource", ""},
    type_row{"DomainResource", "Resource"},
    type_row{"Binary", "Resource"},
    type_row{"Bundle", "Resource"},
    type_row{"Parameters", "Resource"},
};

// Resources that specialise DomainResource and that forms and their clinics talk about.
constexpr std::array<std::string_view, 73> resources{"Account",
                                                     "ActivityDefinition",
                                                     "AdverseEvent",
                                                     "AllergyIntolerance",
                                                     "Appointment",
                                                     "AppointmentResponse",
                                                     "AuditEvent",
                                                     "Basic",
                                                     "BodyStructure",
                                                     "CapabilityStatement",
                                                     "CarePlan",
                                                     "CareTeam",
                                                     "ChargeItem",
                                                     "Claim",
                                                     "ClaimResponse",
                                                     "ClinicalImpression",
                                                     "CodeSystem",
                                                     "Communication",
                                                     "CommunicationRequest",
                                                     "Composition",
                                                     "ConceptMap",
                                                     "Condition",
                                                     "Consent",
                                                     "Contract",
                                                     "Coverage",
                                                     "CoverageEligibilityRequest",
                                                     "CoverageEligibilityResponse",
                                                     "DetectedIssue",
                                                     "Device",
                                                     "DeviceRequest",
                                                     "DeviceUseStatement",
                                                     "DiagnosticReport",
                                                     "DocumentReference",
                                                     "Encounter",
                                                     "Endpoint",
                                                     "EpisodeOfCare",
                                                     "ExplanationOfBenefit",
                                                     "FamilyMemberHistory",
                                                     "Flag",
                                                     "Goal",
                                                     "Group",
                                                     "HealthcareService",
                                                     "ImagingStudy",
                                                     "Immunization",
                                                     "InsurancePlan",
                                                     "Library",
                                                     "List",
                                                     "Location",
                                                     "Measure",
                                                     "MeasureReport",
                                                     "Media",
                                                     "Medication",
                                                     "MedicationAdministration",
                                                     "MedicationRequest",
                                                     "MedicationStatement",
                                                     "NutritionOrder",
                                                     "Observation",
                                                     "OperationOutcome",
                                                     "Organization",
                                                     "Patient",
                                                     "Person",
                                                     "PlanDefinition",
                                                     "Practitioner",
                                                     "PractitionerRole",
                                                     "Procedure",
                                                     "Provenance",
                                                     "Questionnaire",
                                                     "QuestionnaireResponse",
                                                     "RelatedPerson",
                                                     "RiskAssessment",
                                                     "Schedule",
                                                     "ServiceRequest",
                                                     "StructureDefinition"};
constexpr std::array<std::string_view, 8> more_resources{
    "Slot", "Specimen", "Subscription",       "Substance",
    "Task", "ValueSet", "VisionPrescription", "MessageHeader"};

constexpr std::array<std::string_view, 9> system_types{
    "Any", "Boolean", "Date", "DateTime", "Decimal", "Integer", "Quantity", "String", "Time"};

// Elements whose members carry the type: value[x] and its like in R4.
constexpr std::array<std::string_view, 66> choices{
    "abatement",     "additive",       "age",
    "allowed",       "amount",         "answer",
    "asNeeded",      "author",         "authority",
    "birth",         "born",           "chargeItem",
    "collected",     "content",        "corrected",
    "created",       "date",           "deceased",
    "defaultValue",  "definition",     "diagnosis",
    "doseNumber",    "dose",           "effective",
    "entity",        "event",          "fastingStatus",
    "fixed",         "indication",     "instantiates",
    "item",          "legallyBinding", "location",
    "manifestation", "medication",     "minimumVolume",
    "maxValue",      "minValue",       "multipleBirth",
    "module",        "nutrient",       "occurrence",
    "occurred",      "offset",         "onset",
    "payload",       "pattern",        "performed",
    "procedure",     "product",        "quantity",
    "rate",          "reported",       "scheduled",
    "schedule",      "seriesDoses",    "serviced",
    "source",        "subject",        "substance",
    "target",        "time",           "timing",
    "topic",         "value",          "who"};

struct suffix_row {
  std::string_view suffix;
  std::string_view type;
};
constexpr std::array suffixes{
    suffix_row{"Base64Binary", "base64Binary"},
    suffix_row{"Boolean", "boolean"},
    suffix_row{"Canonical", "canonical"},
    suffix_row{"Code", "code"},
    suffix_row{"Date", "date"},
    suffix_row{"DateTime", "dateTime"},
    suffix_row{"Decimal", "decimal"},
    suffix_row{"Id", "id"},
    suffix_row{"Instant", "instant"},
    suffix_row{"Integer", "integer"},
    suffix_row{"Markdown", "markdown"},
    suffix_row{"Oid", "oid"},
    suffix_row{"PositiveInt", "positiveInt"},
    suffix_row{"String", "string"},
    suffix_row{"Time", "time"},
    suffix_row{"UnsignedInt", "unsignedInt"},
    suffix_row{"Uri", "uri"},
    suffix_row{"Url", "url"},
    suffix_row{"Uuid", "uuid"},
};

// A type of JSON members by name, where there is one: what is a code, a uri or a date.
constexpr std::array<suffix_row, 58> named_primitives{{
    {"id", "id"},
    {"url", "uri"},
    {"system", "uri"},
    {"implicitRules", "uri"},
    {"definition", "uri"},
    {"fullUrl", "uri"},
    {"answerValueSet", "canonical"},
    {"questionnaire", "canonical"},
    {"profile", "canonical"},
    {"valueSet", "canonical"},
    {"derivedFrom", "canonical"},
    {"basedOnCanonical", "canonical"},
    {"language", "code"},
    {"status", "code"},
    {"use", "code"},
    {"gender", "code"},
    {"type", "code"},
    {"code", "code"},
    {"mode", "code"},
    {"kind", "code"},
    {"intent", "code"},
    {"priority", "code"},
    {"operator", "code"},
    {"comparator", "code"},
    {"severity", "code"},
    {"criticality", "code"},
    {"contentType", "code"},
    {"subjectType", "code"},
    {"enableBehavior", "code"},
    {"description", "markdown"},
    {"purpose", "markdown"},
    {"copyright", "markdown"},
    {"div", "xhtml"},
    {"data", "base64Binary"},
    {"birthDate", "date"},
    {"approvalDate", "date"},
    {"lastReviewDate", "date"},
    {"date", "dateTime"},
    {"authored", "dateTime"},
    {"authoredOn", "dateTime"},
    {"recordedDate", "dateTime"},
    {"assertedDate", "dateTime"},
    {"created", "dateTime"},
    {"start", "dateTime"},
    {"end", "dateTime"},
    {"sent", "dateTime"},
    {"received", "dateTime"},
    {"timestamp", "dateTime"},
    {"creation", "dateTime"},
    {"issued", "instant"},
    {"recorded", "instant"},
    {"lastUpdated", "instant"},
    {"size", "unsignedInt"},
    {"rank", "positiveInt"},
    {"sequence", "positiveInt"},
    {"value", "decimal"},
    {"factor", "decimal"},
    {"maxLength", "integer"},
}};

constexpr std::array<suffix_row, 12> named_objects{{
    {"address", "Address"},
    {"coding", "Coding"},
    {"extension", "Extension"},
    {"identifier", "Identifier"},
    {"meta", "Meta"},
    {"modifierExtension", "Extension"},
    {"name", "HumanName"},
    {"period", "Period"},
    {"telecom", "ContactPoint"},
    {"text", "Narrative"},
    {"photo", "Attachment"},
    {"useContext", "UsageContext"},
}};

template <class Rows>
std::string_view type_named(Rows const& rows, std::string_view name) {
  auto const row = std::ranges::find(rows, name, &suffix_row::suffix);
  return row == rows.end() ? std::string_view{} : row->type;
}

template <class Rows>
type_row const* find_row(Rows const& rows, std::string_view name) {
  auto const row = std::ranges::find(rows, name, &type_row::name);
  return row == rows.end() ? nullptr : &*row;
}

bool is_resource(std::string_view name) {
  return std::ranges::find(resources, name) != resources.end() ||
         std::ranges::find(more_resources, name) != more_resources.end();
}

std::string_view parent_of(std::string_view name) {
  if (auto const* row = find_row(primitives, name)) return row->parent;
  if (auto const* row = find_row(data_types, name)) return row->parent;
  return is_resource(name) ? "DomainResource" : "";
}

std::string_view type_of_suffix(std::string_view suffix) {
  if (auto const type = type_named(suffixes, suffix); !type.empty()) return type;
  auto const* row = find_row(data_types, suffix);
  bool const abstract = row == nullptr || row->parent.empty() || row->parent == "Resource";
  return abstract ? std::string_view{} : row->name;
}

std::string_view type_of_object(std::string_view name, json_value const& value) {
  if (auto const own = value.text_of("resourceType"); !own.empty()) return own;
  if (value.find("coding", json_kind::array) != nullptr) return "CodeableConcept";
  if (value.find("reference", json_kind::string) != nullptr) return "Reference";
  if (name == "code") return "Coding";
  auto const type = type_named(named_objects, name);
  return type.empty() ? "BackboneElement" : type;
}

}  // namespace

bool is_fhir_type(std::string_view name) {
  return find_row(primitives, name) != nullptr || find_row(data_types, name) != nullptr ||
         is_resource(name);
}

bool is_system_type(std::string_view name) {
  return std::ranges::find(system_types, name) != system_types.end();
}

bool is_primitive(std::string_view fhir_type) {
  return find_row(primitives, fhir_type) != nullptr;
}

bool is_kind_of(std::string_view fhir_type, std::string_view ancestor) {
  for (auto type = fhir_type; !type.empty(); type = parent_of(type)) {
    if (type == ancestor) return true;
  }
  return false;
}

bool is_choice(std::string_view name) {
  return std::ranges::find(choices, name) != choices.end();
}

element_name element_of_member(std::string_view member) {
  for (std::size_t i = 1; i < member.size(); ++i) {
    if (member[i] < 'A' || member[i] > 'Z') continue;
    auto const type = type_of_suffix(member.substr(i));
    if (!type.empty() && is_choice(member.substr(0, i))) return {member.substr(0, i), type};
  }
  return {member, {}};
}

std::string_view type_of_element(std::string_view name, json_value const& value) {
  switch (value.kind()) {
    case json_kind::boolean:
      return "boolean";
    case json_kind::number: {
      auto const type = type_named(named_primitives, name);
      if (is_kind_of(type, "integer") || type == "decimal") return type;
      bool const whole = value.text().find_first_of(".eE") == std::string_view::npos;
      return whole ? "integer" : "decimal";
    }
    case json_kind::string: {
      auto const type = type_named(named_primitives, name);
      bool const text = !type.empty() && type != "decimal" && !is_kind_of(type, "integer");
      return text ? type : "string";
    }
    case json_kind::object:
      return type_of_object(name, value);
    default:
      return "Element";
  }
}

}  // namespace intake::forms::fhirpath
