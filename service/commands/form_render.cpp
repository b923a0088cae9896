#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "forms/response.hpp"
#include "forms/scoring.hpp"
#include "pdf/blank_form.hpp"
#include "pdf/form_copy.hpp"
#include "pdf/render.hpp"
#include "service/commands/form_commands.hpp"
#include "service/commands/loaded_form.hpp"
#include "service/commands/output_file.hpp"
#include "service/commands/utc_date_time.hpp"
#include "service/copy_texts.hpp"
#include "service/installation.hpp"

namespace intake::service::commands {
namespace {

/// Whose words the printed page speaks: the language's where it is one of ours.
void speak(pdf::copy_facts& about, std::string const& language_tag) {
  if (language_tag.empty()) return;
  about.copy_language = language_tag;
  if (auto const known = parse_language(language_tag)) about.words = copy_words_in(texts(), *known);
}

pdf::document blank(form_render_options const& options) {
  if (options.questionnaires.empty()) {
    throw command_failed(exit_code::usage, "there is nothing to render",
                         "say which form with --questionnaire Q.json, and its answers with "
                         "--response R.json");
  }
  std::vector<forms::questionnaire> forms;
  for (auto const& path : options.questionnaires) {
    forms.push_back(load_form_for(path, read_document(path), path));
  }
  pdf::copy_facts about;
  speak(about, options.language);
  about.patient_language = about.copy_language;
  if (forms.size() == 1) return pdf::blank_form(forms.front(), about);
  std::vector<forms::questionnaire const*> packet;
  for (auto const& each : forms) packet.push_back(&each);
  return pdf::blank_packet(packet, about);
}

pdf::document filled_in(surroundings const& around, form_render_options const& options) {
  if (options.questionnaires.size() > 1) {
    throw command_failed(exit_code::usage, "answers belong to one form",
                         "give one --questionnaire with --response, or several without it");
  }
  auto const document = read_document(options.response);
  auto const asked =
      options.questionnaires.empty() ? std::string() : options.questionnaires.front();
  auto const form = load_form_for(asked, document, options.response);
  auto const response = forms::read_response(form, document.root());
  if (forms::any_error(response.problems)) {
    throw command_failed(exit_code::input_bad, "the response does not fit the form",
                         "`intake form validate` says where");
  }
  // A response that says when it was written is drawn as of then, today and in a year.
  auto const now = response.envelope.authored.empty() ? utc_date_time(around.world.now())
                                                      : response.envelope.authored;
  auto const expressions = forms::fhirpath::hooks_for({now, {}});
  auto computed = forms::recompute(form, response.answers, expressions);
  auto const answers = forms::without_disabled(form, std::move(computed.answers), &expressions);
  pdf::filled_form const filled[] = {{&form, &answers}};
  pdf::copy_facts about;
  about.profile = pdf::copy_profile::clinical;
  about.title = form.header().title.text;
  about.submitted = response.envelope.authored;
  about.now = now;
  about.patient_language = response.envelope.language;
  about.profile_name = "Rendered from files";
  return pdf::form_copy(filled, about);
}

}  // namespace

exit_code form_render(surroundings const& around, form_render_options const& options) {
  auto const document = options.response.empty() ? blank(options) : filled_in(around, options);
  font_store const fonts{config{}};
  auto const copy = pdf::render(document, fonts.faces());
  if (!copy.defects.empty()) throw command_failed(exit_code::bug, "the copy would not be complete");
  write_output(around, options.output, copy.bytes);
  return exit_code::good;
}

}  // namespace intake::service::commands
