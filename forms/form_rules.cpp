#include "forms/form_rules.hpp"

#include <array>
#include <cstddef>

namespace intake::forms {
namespace {

using enum form_rule;
using enum finding_severity;
using enum finding_effect;

// Rows in the order of the enumeration; a test holds them to it.
constexpr std::array<form_rule_row, static_cast<std::size_t>(form_rule::count)> table{{
    {not_a_questionnaire, "not-a-questionnaire", error, refused, "This is not a Questionnaire.",
     "Give a resource whose resourceType is Questionnaire."},
    {unknown_modifier, "unknown-modifier", error, refused,
     "A modifierExtension changes the meaning of the form in a way that is not known here.",
     "Leave it out, or use a form without it."},
    {implicit_rules, "implicit-rules", error, refused,
     "implicitRules may change the meaning of the form.", "Leave it out."},
    {wrong_json_type, "wrong-json-type", error, refused, "The member has the wrong JSON type.",
     "See the R4 definition of the element."},
    {empty_value, "empty-value", error, repaired, "A FHIR element cannot be empty.",
     "Taken as absent."},
    {unknown_member, "unknown-member", warning, none, "R4 has no member of this name here.",
     "It was ignored. Check the spelling, or whether it belongs to R5."},
    {status_missing, "status-missing", error, repaired, "The form has no status.",
     "Loaded as unknown. Say draft, active or retired."},
    {status_unknown, "status-unknown", error, repaired,
     "The status is none of draft, active, retired, unknown.", "Loaded as unknown."},
    {url_missing, "url-missing", warning, none, "The form has no url, so no response can name it.",
     "Give it a canonical url."},
    {no_items, "no-items", warning, none, "The form asks nothing.", "Add items."},
    {too_deep, "too-deep", error, refused, "Items are nested deeper than 32 levels.",
     "Flatten the groups."},
    {too_many_items, "too-many-items", error, refused, "The form has more than 20000 items.",
     "Split the form."},
    {link_id_missing, "link-id-missing", error, refused, "The item has no linkId.",
     "Give every item its own linkId."},
    {link_id_made_up, "link-id-missing", error, repaired, "A display item has no linkId.",
     "One was made up; nothing is answered there. Give every item its own linkId."},
    {type_missing, "type-missing", error, refused, "The item has no type.",
     "Say what is asked for: string, date, choice, ..."},
    {type_unknown, "type-unknown", error, refused, "The item's type is not one of the 16 of R4.",
     "See the value set item-type."},
    {type_of_r5, "type-of-r5", error, repaired, "The item's type belongs to another FHIR version.",
     "Loaded as the R4 type that means the same."},
    {que_0, "que-0", warning, none, "The name is not usable as an identifier.",
     "Begin with a capital letter; letters, digits and _ only."},
    {que_1_group, "que-1", error, repaired, "A group has no items.", "Loaded as an empty group."},
    {que_1_display, "que-1", error, repaired, "A display item has items.", "Loaded as a group."},
    {que_2, "que-2", error, repaired, "Two items have the same linkId.",
     "The later one got a name of its own; answers find it by its place. Give every item its own "
     "linkId."},
    {que_2_siblings, "que-2", error, repaired, "Two items of the same group have the same linkId.",
     "The later one was renamed; responses have to use the new name. Give every item its own "
     "linkId."},
    {que_3, "que-3", error, repaired, "A display item has a code.", "The code was ignored."},
    {que_4, "que-4", error, repaired, "A question has both answerOption and answerValueSet.",
     "Loaded with the answerOptions alone."},
    {que_5, "que-5", error, repaired,
     "An item of this type cannot have answerOption or answerValueSet.", "They were ignored."},
    {que_5_words, "que-5", warning, none,
     "In R4's words only choice and open-choice have an answerValueSet; its expression allows this "
     "type too.",
     "Use choice or open-choice."},
    {que_6, "que-6", error, repaired, "A display item cannot be required or repeat.",
     "Both were ignored."},
    {que_7, "que-7", error, refused, "With the operator exists the answer must be a boolean.",
     "Use answerBoolean."},
    {que_8, "que-8", error, repaired, "A group or display item cannot have an initial value.",
     "It was ignored."},
    {que_9, "que-9", error, repaired, "A display item cannot be readOnly.", "It was ignored."},
    {que_10, "que-10", error, repaired,
     "maxLength is for boolean, decimal, integer, string, text, url and open-choice only.",
     "It was ignored."},
    {que_11, "que-11", error, repaired,
     "A question with answerOptions marks its initial value there.", "The initial value was kept."},
    {que_12, "que-12", error, repaired, "Several enableWhen need an enableBehavior.",
     "Loaded as enableBehavior all."},
    {que_13, "que-13", error, repaired, "Only a repeating item can have several initial values.",
     "The first was kept."},
    {text_missing, "text-missing", warning, none, "The question has no text.",
     "Say what is asked."},
    {enable_when_incomplete, "enable-when-incomplete", error, refused,
     "enableWhen needs question, operator and one answer.", "Complete it."},
    {enable_when_operator, "enable-when-operator", error, refused,
     "The operator is not one that R4 knows.", "Use exists, =, !=, >, <, >= or <=."},
    {enable_when_behavior, "enable-when-behavior", error, refused, "enableBehavior is all or any.",
     "Correct it."},
    {enable_when_question_unknown, "enable-when-question-unknown", error, repaired,
     "enableWhen names a linkId that the form does not have.",
     "Loaded as if that question were never answered."},
    {enable_when_ambiguous, "enable-when-ambiguous", error, refused,
     "enableWhen names a linkId that several items have.", "Give every item its own linkId."},
    {enable_when_self, "enable-when-self", error, refused,
     "enableWhen asks for the item itself or for one below it.", "Ask for another question."},
    {enable_when_cycle, "enable-when-cycle", error, refused,
     "The enableWhen of items depend on each other in a circle, or in a chain of more than 256.",
     "Break the circle."},
    {enable_when_later, "enable-when-later", warning, none,
     "enableWhen asks for a question that comes later in the form.", "Move the question up."},
    {enable_when_type, "enable-when-type", error, repaired,
     "The answer in enableWhen is of another type than its question's answers.",
     "Loaded; the condition never compares as equal."},
    {enable_when_never, "enable-when-never", warning, none, "The enableWhen can never hold.",
     "Check question and answer."},
    {required_in_optional_group, "required-in-optional-group", warning, none,
     "A required question stands in an optional group: leaving the whole group out leaves it "
     "unanswered.",
     "Make the group required, or the question optional."},
    {hidden_required, "hidden-required", warning, none,
     "A hidden question is required and nothing gives it a value.",
     "Give it an initial or calculated value."},
    {options_missing, "options-missing", warning, none,
     "A choice has neither answerOption nor answerValueSet.", "Add the options."},
    {option_without_value, "option-without-value", error, repaired, "An answerOption has no value.",
     "It was ignored."},
    {option_twice, "option-twice", warning, none, "Two answerOptions have the same value.",
     "Remove one."},
    {option_type, "option-type", error, repaired,
     "An answerOption's value does not fit the item's type.", "It was ignored."},
    {value_set_unresolved, "value-set-unresolved", warning, none,
     "The value set is not contained and not known here; the answer is taken as open text.",
     "Contain it in the form or put it beside the form."},
    {value_set_open, "value-set-open", warning, none,
     "The value set draws on a code system or filter that is not listed; answers are not compared "
     "with it.",
     "List its concepts."},
    {initial_type, "initial-type", error, repaired,
     "The initial value does not fit the item's type.", "It was ignored."},
    {initial_not_an_option, "initial-not-an-option", warning, none,
     "The initial value is none of the options.", "Correct one of them."},
    {length_invalid, "length-invalid", error, repaired,
     "The limit is not a whole number in its range.", "It was ignored."},
    {limits_crossed, "limits-crossed", warning, none,
     "The smallest permitted value is above the largest: no answer is right.",
     "Swap or correct them."},
    {occurs_without_repeats, "occurs-without-repeats", warning, none,
     "More than one occurrence is asked for, but the item does not repeat.", "Set repeats."},
    {regex_unsupported, "regex-unsupported", warning, none,
     "The regex cannot be checked here; answers are not compared with it.",
     "Use the syntax common to all: no look-around, no back-references."},
    {unit_unknown, "unit-unknown", information, none,
     "The unit is not one that can be converted here.", "Limits in the same unit still work."},
    {expression_language, "expression-language", warning, none,
     "Only FHIRPath expressions are evaluated; this one was ignored.",
     "Write it in text/fhirpath."},
    {expression_incomplete, "expression-incomplete", error, repaired,
     "An expression has no language or no text.", "It was ignored."},
    {constraint_incomplete, "constraint-incomplete", error, repaired,
     "A constraint needs key, severity, human and expression.", "It was ignored."},
    {extension_value, "extension-value", error, repaired,
     "The extension has a value of the wrong type.", "It was ignored."},
    {value_malformed, "value-malformed", error, repaired,
     "The value is missing, or not of its type.", "It was ignored."},
    {item_control_unknown, "item-control-unknown", information, none,
     "The item control is not known here.", "The plain control for the type is shown."},
    {audience_unknown, "audience-unknown", error, refused,
     "The audience is none of demographic, coverage, clinical, behavioural, consent.",
     "Correct it."},
    {translation_incomplete, "translation-incomplete", error, repaired,
     "A translation needs lang and content.", "It was ignored."},
    {translation_missing, "translation-missing", warning, none, "A text has no translation.",
     "Add it."},
    {effective_period, "effective-period", error, repaired,
     "The effective period is not a pair of dates in order.", "It was ignored."},
    {instrument_licence_missing, "instrument-licence-missing", error, refused,
     "An instrument needs owner, licence and citation.", "Complete the record."},
}};

}  // namespace

std::string_view code_of(finding_severity severity) {
  constexpr std::array<std::string_view, 3> names{"error", "warning", "information"};
  return names[static_cast<std::size_t>(severity)];
}

std::span<form_rule_row const> form_rule_table() {
  return table;
}

form_rule_row const& row_of(form_rule rule) {
  return table[static_cast<std::size_t>(rule)];
}

}  // namespace intake::forms
