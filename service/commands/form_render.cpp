#include "forms/enablement.hpp"
#include "forms/response.hpp"
#include "pdf/form_copy.hpp"
#include "pdf/render.hpp"
#include "service/commands/commands.hpp"
#include "service/commands/loaded_form.hpp"
#include "service/commands/output_file.hpp"
#include "service/installation.hpp"

namespace intake::service::commands {

exit_code form_render(surroundings const& around, form_render_options const& options) {
  auto const document = read_document(options.response);
  auto const form = load_form_for(options.questionnaire, document, options.response);
  auto const response = forms::read_response(form, document.root());
  if (forms::any_error(response.problems)) {
    throw command_failed(exit_code::input_bad, "the response does not fit the form",
                         "`intake form validate` says where");
  }
  auto const answers = forms::without_disabled(form, response.answers);
  pdf::filled_form const filled[] = {{&form, &answers}};
  pdf::copy_facts about;
  about.title = form.header().title.text;
  about.submitted = response.envelope.authored;
  about.patient_language = response.envelope.language;
  about.profile_name = "Rendered from files";
  font_store const fonts{config{}};
  auto const copy = pdf::render(pdf::form_copy(filled, about), fonts.faces());
  if (!copy.defects.empty()) throw command_failed(exit_code::bug, "the copy would not be complete");
  write_output(around, options.output, copy.bytes);
  return exit_code::good;
}

}  // namespace intake::service::commands
