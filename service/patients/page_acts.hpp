#pragma once
#include "forms/questionnaire.hpp"
#include "service/http/fields.hpp"

#include <vector>

namespace intake::service::patients {

/// What the buttons on a page, other than those that send it, asked to be done with its fields.
struct page_acts {
  /// "Add another": the same page again, with an empty place.
  bool another = false;
  /// "Remove": one occurrence of a repeating group was taken out of the fields, those after it have
  /// moved up.
  bool dropped = false;
  /// "Search".
  bool searched = false;
  /// Something was searched and nothing chosen.
  bool unchosen = false;
};

page_acts take_acts(forms::questionnaire const&, std::vector<form_field>&);

}  // namespace intake::service::patients
