#pragma once
#include "forms/plan/answered_form.hpp"

namespace intake::forms {

/// A fact is asked once in a packet: what an earlier form was told under the same linkId is filled
/// in here, for the patient to see and to change, where the form has no answer to it yet. Only
/// values that this form could have been given: the same type, and one of its options. Nothing is
/// carried into or out of repetitions. Filled-in answers have the origin `prefilled`.
void carry_over(questionnaire const&, std::span<answered_form const> earlier, answers&);

}  // namespace intake::forms
