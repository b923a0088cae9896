#include "service/patients/greeting.hpp"

namespace intake::service::patients {

void add_greeting(page_model& model, application const& app, language spoken) {
  auto const& own = app.set.greeting(spoken);
  auto const& text = own.empty() ? app.set.greeting(language::en) : own;
  if (text.empty()) return;
  auto& shown = model.add("GREETING").set("GREETING_TEXT", text);
  if (own.empty()) shown.add("FOREIGN").set("CODE", std::string(tag(language::en)));
}

}  // namespace intake::service::patients
