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
/// Inside a translation: valueString, who reviewed it; without it the translation is unreviewed.
inline constexpr std::string_view reviewed_by = "urn:intake:reviewed-by";
/// Inside a translation: valueDate.
inline constexpr std::string_view reviewed_on = "urn:intake:reviewed-on";
/// On an answer of a QuestionnaireResponse: valueCode of answer_origin.
inline constexpr std::string_view answer_origin = "urn:intake:answer-origin";

}  // namespace intake::forms::extension
