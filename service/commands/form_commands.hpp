#pragma once
#include "service/commands/commands.hpp"

#include <string>
#include <vector>

/// The commands about forms and expressions; see commands.hpp.
namespace intake::service::commands {

struct form_lint_options {
  std::vector<std::string> files;
  /// Languages that every text must have.
  std::vector<std::string> languages;
  output_format format = output_format::text;
  /// A folder of forms with their plan: also what each packet costs a patient.
  std::string packet;
};
/// 0 every form loads, 1 one is refused (or a packet is over its budget), 2 one can't be read.
exit_code form_lint(surroundings const&, form_lint_options const&);
/// The part of `form lint --packet`: answers, words and minutes of each packet.
exit_code packet_lint(surroundings const&, std::string const& folder, output_format);

struct form_translations_options {
  std::vector<std::string> files;
  /// BCP 47; empty: all.
  std::string language;
};
/// Prints, as CSV, each translation that nobody has signed for.
exit_code form_translations(surroundings const&, form_translations_options const&);

struct form_validate_options {
  std::string response;
  /// Empty: the form contained in the response.
  std::string questionnaire;
  bool lenient_order = false;
};
/// Prints the OperationOutcome: 0 valid (warnings allowed), 1 invalid, 2 unusable.
exit_code form_validate(surroundings const&, form_validate_options const&);

struct form_render_options {
  /// Empty: the form contained in the response. Several: a blank packet.
  std::vector<std::string> questionnaires;
  /// Empty: the form is drawn blank, to be filled in with a pen.
  std::string response;
  /// BCP 47: the language of a blank form.
  std::string language;
  std::string output;
};
/// Writes the PDF of a form, filled in or blank, without a database.
exit_code form_render(surroundings const&, form_render_options const&);

struct fhirpath_options {
  std::string expression;
  std::string resource;
};
/// Prints what an expression gives, as a JSON array: 0 good, 1 a bad or failing expression, 2 a
/// file that can't be read. today() and now() are those of UTC.
exit_code fhirpath(surroundings const&, fhirpath_options const&);

}  // namespace intake::service::commands
