#pragma once
#include "service/patients/form_view.hpp"

#include <string>

namespace intake::service::patients {

/// Whether answers on the page can make an item come and go: it, or what encloses it, has
/// conditions (enableWhen). What only expressions decide does not move without the server.
bool comes_and_goes(forms::questionnaire const&, forms::item const&);

/// What the page's script needs to decide what applies as the server does, as JSON: `items`, the
/// items with conditions, those that conditions name and all that encloses either, in the members
/// of a Questionnaire; `elsewhere`, the answers on other pages that conditions look at, as the
/// items of a QuestionnaireResponse. Empty where nothing on the page has conditions.
std::string live_rules(form_view const&);

}  // namespace intake::service::patients
