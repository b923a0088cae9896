#include "forms/fhirpath/hooks.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/settled.hpp"
#include "forms/validation.hpp"
#include "service/commands/form_commands.hpp"
#include "service/commands/loaded_form.hpp"
#include "service/commands/utc_date_time.hpp"
#include "service/fhir/operation_outcome.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

exit_code form_validate(surroundings const& around, form_validate_options const& options) {
  auto const document = read_document(options.response);
  auto const form = load_form_for(options.questionnaire, document, options.response);
  if (auto const envelope = forms::read_envelope(document, document.root()); !envelope) {
    throw command_failed(exit_code::usage, options.response + ": " + sentence(envelope.error()));
  }
  forms::validation_context context;
  context.today =
      forms::insurance::write_date(std::chrono::floor<std::chrono::days>(around.world.now()));
  auto const hooks = forms::fhirpath::hooks_for({utc_date_time(around.world.now()), {}});
  context.expressions = &hooks;
  context.order = options.lenient_order ? forms::item_order::lenient : forms::item_order::strict;
  // As the service does before it judges.
  auto const response = forms::settled(form, forms::read_response(form, document.root()), hooks);
  auto problems = forms::validate(form, response, context);
  located_problems const all[] = {{"QuestionnaireResponse", std::move(problems)}};
  auto const outcome = all[0].problems.empty()
                           ? outcome_of("information", "informational", "The response is valid.")
                           : outcome_of(all);
  fmt::print(around.out, "{}\n", outcome);
  return forms::any_error(all[0].problems) ? exit_code::input_bad : exit_code::good;
}

}  // namespace intake::service::commands
