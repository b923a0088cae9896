#pragma once
#include "forms/problem.hpp"
#include "forms/questionnaire.hpp"

#include <vector>

namespace intake::service::patients {

/// The problems as a page says them: where a required group is empty, "answer this" stands at each
/// question that it asks of everybody, or else at its first one, because a page has fields for
/// questions only. Form order stays.
std::vector<forms::problem> at_questions(forms::questionnaire const&,
                                         std::vector<forms::problem> const&);

}  // namespace intake::service::patients
