#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/response.hpp"
#include "forms/settled.hpp"
#include "forms/validation.hpp"
#include "pdf/answer_text.hpp"
#include "pdf/blank_form.hpp"
#include "pdf/form_copy.hpp"
#include "pdf/render.hpp"
#include "service/commands/form_commands.hpp"
#include "service/commands/loaded_form.hpp"
#include "service/commands/output_file.hpp"
#include "service/commands/utc_date_time.hpp"
#include "service/copy_texts.hpp"
#include "service/installation.hpp"

#include <algorithm>

#include <fmt/format.h>

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

std::vector<forms::problem> problems_of(surroundings const& around,
                                        forms::questionnaire const& form,
                                        forms::response const& response,
                                        forms::expression_hooks const& expressions) {
  forms::validation_context context;
  context.today =
      forms::insurance::write_date(std::chrono::floor<std::chrono::days>(around.world.now()));
  context.order = forms::item_order::lenient;
  context.expressions = &expressions;
  return forms::validate(form, response, context);
}

/// The copy would not say what was answered, or say it under another form's name.
bool spoils_copy(forms::problem const& one) {
  return one.code == forms::problem_code::questionnaire_unknown ||
         one.code == forms::problem_code::not_enabled;
}

/// Everything that is wrong with the answers; what a copy can't show refuses it.
void tell(surroundings const& around, std::vector<forms::problem> const& problems) {
  for (auto const& each : problems) {
    bool const refused = spoils_copy(each);
    fmt::print(around.err, "{}: {} [{}] {}\n", refused ? "error" : "warning", forms::sentence(each),
               forms::row_of(each.code).name, each.expression);
  }
  if (std::ranges::none_of(problems, spoils_copy)) return;
  throw command_failed(exit_code::input_bad, "the copy would not say what was answered",
                       "`intake form validate` says where");
}

void tell_hidden(surroundings const& around, forms::questionnaire const& form,
                 std::vector<forms::answered_item> const& siblings) {
  for (auto const& each : siblings) {
    auto const& item = form.at(each.item);
    bool const left_out = item.hidden && !forms::is_calculated(item) && forms::is_answered(each);
    if (left_out) {
      fmt::print(around.err, "warning: {} is hidden: what was answered there is not printed\n",
                 item.link_id);
      continue;
    }
    tell_hidden(around, form, each.items);
    for (auto const& given : each.answers) tell_hidden(around, form, given.items);
  }
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
  auto read = forms::read_response(form, document.root());
  if (forms::any_error(read.problems)) {
    throw command_failed(exit_code::input_bad, "the response does not fit the form",
                         "`intake form validate` says where");
  }
  // A response that says when it was written is drawn as of then, today and in a year.
  auto const now =
      read.envelope.authored.empty() ? utc_date_time(around.world.now()) : read.envelope.authored;
  auto const expressions = forms::fhirpath::hooks_for({now, {}});
  auto const response = forms::settled(form, std::move(read), expressions);
  tell(around, problems_of(around, form, response, expressions));
  tell_hidden(around, form, response.answers.items);
  auto const answers = forms::without_disabled(form, response.answers, &expressions);
  pdf::filled_form const filled[] = {{&form, &answers}};
  pdf::copy_facts about;
  about.profile = pdf::copy_profile::clinical;
  about.title = form.header().title.text;
  about.submitted = pdf::printed_date_time(response.envelope.authored, about.words);
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
