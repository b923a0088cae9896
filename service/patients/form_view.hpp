#pragma once
#include "forms/answers.hpp"
#include "forms/from_fields.hpp"
#include "forms/problem.hpp"
#include "forms/questionnaire.hpp"
#include "service/pages/page.hpp"
#include "service/texts/texts.hpp"

#include <vector>

namespace intake::service::patients {

/// What a form's page shows: the form, what was typed so far and what is wrong with it.
struct form_view {
  forms::questionnaire const& form;
  forms::answers const& answers;
  /// The fields as they came, so that what could not be understood is shown as it was typed.
  std::vector<forms::named_value> const& typed;
  std::vector<forms::problem> const& problems;
  language spoken;
};

/// Adds every visible item of the form to the template "form" as its component, in form order:
/// groups as headings, each occurrence of a repeating group and one empty one, and every problem in
/// the summary and beside its field.
void add_form_items(page_model&, form_view const&, texts const&);

}  // namespace intake::service::patients
