#pragma once
#include "forms/answers.hpp"
#include "service/texts/clinic_time.hpp"
#include "service/texts/texts.hpp"

#include <string>
#include <vector>

namespace intake::service::patients {

/// An answer as its patient reads it back: an option by its label, yes and no, else as text.
std::string answer_words(forms::item const& question, forms::answer_value const&, language,
                         texts const&);

/// All answers to a question, joined by commas, with what was answered below each; dates with the
/// month's name.
std::string answers_words(forms::questionnaire const&, forms::answered_item const&, language,
                          texts const&, clinic_time const&);

}  // namespace intake::service::patients
