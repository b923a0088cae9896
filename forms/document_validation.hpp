#pragma once
#include "forms/library.hpp"
#include "forms/validation.hpp"

#include <vector>

namespace intake::forms {

/// Validates a QuestionnaireResponse that stands alone. Its form is the one given; else the
/// contained one it names ("#id"); else one of the library. Where there is none, that is the
/// problem found. An error only where nothing can be said: no QuestionnaireResponse, or a contained
/// form that is refused.
parsed<std::vector<problem>> validate_document(json_document const&, questionnaire const* given,
                                               library const&, validation_context const&);

}  // namespace intake::forms
