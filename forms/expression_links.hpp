#pragma once
#include "forms/form_links.hpp"

namespace intake::forms {

/// Refuses forms whose calculated values, enablement and variables depend on each other in a
/// circle. Seen are the questions that an expression names by linkId, and the variables of its
/// scope.
void check_expression_cycles(form_header const&, std::vector<item> const&, item_places const&);

}  // namespace intake::forms
