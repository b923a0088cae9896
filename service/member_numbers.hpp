#pragma once
#include "forms/answers.hpp"
#include "forms/insurance/rule_set.hpp"
#include "forms/problem.hpp"
#include "forms/questionnaire.hpp"

#include <vector>

namespace intake::service {

/// Member numbers that may not be kept, by the payer's format in the rules: Social Security numbers
/// and Medicare's retired numbers, which hold one. Every other
/// number is stored as it was typed, right or wrong: a rule never refuses a form.
std::vector<forms::problem> refused_numbers(forms::insurance::rule_set const&,
                                            forms::questionnaire const&, forms::answers const&);

}  // namespace intake::service
