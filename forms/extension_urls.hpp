#pragma once
#include <string_view>

/// Names of the extensions that forms/ understands. Others are kept out of the way and ignored.
namespace intake::forms::extension {

// Ours. Names, not addresses: no host has to answer for them.

/// valueCode of form_audience, on a Questionnaire or an item; items inherit it.
inline constexpr std::string_view audience = "urn:intake:audience";
/// On a Questionnaire: sub-extensions owner, licence, citation (valueString).
inline constexpr std::string_view instrument = "urn:intake:instrument";
/// On a Questionnaire: valueCode "sample" until the clinic's counsel has approved the text.
inline constexpr std::string_view approval = "urn:intake:approval";
/// valueCode, an HTML autocomplete token ("given-name"), on an item.
inline constexpr std::string_view autocomplete = "urn:intake:autocomplete";
/// valueCode, on an item: "body-map" or "signature", a component that a page may draw.
inline constexpr std::string_view control = "urn:intake:control";
/// valueCode, on an item: the alert that its answer can raise.
inline constexpr std::string_view safety_alert = "urn:intake:safety-alert";
/// On a group to be signed: sub-extensions id (valueString), valid-from and must-stop (valueDate).
inline constexpr std::string_view edition = "urn:intake:edition";
/// Inside a translation: valueString, who reviewed it; without it the translation is unreviewed.
inline constexpr std::string_view reviewed_by = "urn:intake:reviewed-by";
/// Inside a translation: valueDate.
inline constexpr std::string_view reviewed_on = "urn:intake:reviewed-on";
/// On an answer of a QuestionnaireResponse: valueCode of answer_origin.
inline constexpr std::string_view answer_origin = "urn:intake:answer-origin";

// Core R4 (http://hl7.org/fhir/R4/extensibility-registry.html) and SDC 3.0.0.

inline constexpr std::string_view translation =
    "http://hl7.org/fhir/StructureDefinition/translation";
inline constexpr std::string_view rendering_markdown =
    "http://hl7.org/fhir/StructureDefinition/rendering-markdown";
inline constexpr std::string_view calculated_value =
    "http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue";
inline constexpr std::string_view cqf_expression =
    "http://hl7.org/fhir/StructureDefinition/cqf-expression";
inline constexpr std::string_view item_control =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
inline constexpr std::string_view choice_orientation =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-choiceOrientation";
inline constexpr std::string_view hidden =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
inline constexpr std::string_view unit =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
inline constexpr std::string_view unit_option =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption";
inline constexpr std::string_view min_value = "http://hl7.org/fhir/StructureDefinition/minValue";
inline constexpr std::string_view max_value = "http://hl7.org/fhir/StructureDefinition/maxValue";
inline constexpr std::string_view min_quantity =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-minQuantity";
inline constexpr std::string_view max_quantity =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity";
inline constexpr std::string_view min_length = "http://hl7.org/fhir/StructureDefinition/minLength";
inline constexpr std::string_view regex = "http://hl7.org/fhir/StructureDefinition/regex";
inline constexpr std::string_view entry_format =
    "http://hl7.org/fhir/StructureDefinition/entryFormat";
inline constexpr std::string_view min_occurs =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs";
inline constexpr std::string_view max_occurs =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs";
inline constexpr std::string_view max_decimal_places =
    "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces";
inline constexpr std::string_view option_exclusive =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive";
inline constexpr std::string_view option_prefix =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-optionPrefix";
inline constexpr std::string_view ordinal_value =
    "http://hl7.org/fhir/StructureDefinition/ordinalValue";
inline constexpr std::string_view item_weight =
    "http://hl7.org/fhir/StructureDefinition/itemWeight";
/// What ordinalValue was called before R4.
inline constexpr std::string_view old_ordinal_value =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue";
inline constexpr std::string_view display_category =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-displayCategory";
inline constexpr std::string_view support_link =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-supportLink";
inline constexpr std::string_view slider_step =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue";
inline constexpr std::string_view mime_type = "http://hl7.org/fhir/StructureDefinition/mimeType";
inline constexpr std::string_view max_size = "http://hl7.org/fhir/StructureDefinition/maxSize";
inline constexpr std::string_view signature_required =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-signatureRequired";
inline constexpr std::string_view reference_resource =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-referenceResource";
inline constexpr std::string_view constraint =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint";
inline constexpr std::string_view target_constraint =
    "http://hl7.org/fhir/StructureDefinition/targetConstraint";
inline constexpr std::string_view variable = "http://hl7.org/fhir/StructureDefinition/variable";
inline constexpr std::string_view initial_expression =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression";
inline constexpr std::string_view calculated_expression =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
inline constexpr std::string_view enable_when_expression =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";
inline constexpr std::string_view answer_expression =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerExpression";
inline constexpr std::string_view value_set_unclosed =
    "http://hl7.org/fhir/StructureDefinition/valueset-unclosed";
inline constexpr std::string_view value_set_too_costly =
    "http://hl7.org/fhir/StructureDefinition/valueset-toocostly";

}  // namespace intake::forms::extension
