#pragma once
#include "forms/questionnaire.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// A translation that nobody has signed for (`urn:intake:reviewed-by`).
struct unreviewed_text {
  /// Item, or empty for the form itself.
  std::string_view link_id;
  std::string_view language;
  std::string_view original;
  std::string_view translation;
};

/// Every translation of the form without a reviewer, in form order; views into the form.
std::vector<unreviewed_text> unreviewed_texts(questionnaire const&);

}  // namespace intake::forms
