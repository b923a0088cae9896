#include "service/command_line_builder.hpp"

#include <CLI/CLI.hpp>

namespace intake::service {

void line_builder::add_forms(CLI::App& app) {
  auto* form = app.add_subcommand("form", "FHIR Questionnaires and the answers to them");
  form->require_subcommand(1);
  auto* lint = form->add_subcommand("lint", "Say everything that is wrong or unwise in forms");
  auto& l = line_.form_lint;
  auto* files = lint->add_option("FILES", l.files, "Questionnaires, or Bundles of them");
  lint->add_option("--packet", l.packet,
                   "A folder of forms with its plan: every form, and what each packet costs a "
                   "patient")
      ->excludes(files);
  lint->add_option("--languages", l.languages,
                   "Languages that every text must have, for example en es ht");
  add_format(lint, l.format);
  on(lint, [this] { return commands::form_lint(around_, line_.form_lint); });

  auto* translations = form->add_subcommand(
      "translations", "List, as CSV, the translations that nobody has reviewed");
  auto& t = line_.form_translations;
  translations->add_option("FILES", t.files, "Questionnaires")->required();
  translations->add_option("--language", t.language, "Only this one: es or ht");
  on(translations,
     [this] { return commands::form_translations(around_, line_.form_translations); });

  auto* validate =
      form->add_subcommand("validate", "Check a QuestionnaireResponse against its form");
  auto& v = line_.form_validate;
  validate->add_option("RESPONSE", v.response, "The response")->required();
  validate->add_option("--questionnaire", v.questionnaire,
                       "Its form, where the response does not contain it");
  validate->add_flag("--lenient-order", v.lenient_order, "Items in another order are a warning");
  on(validate, [this] { return commands::form_validate(around_, line_.form_validate); });

  auto* render =
      form->add_subcommand("render", "Write a form as PDF, filled in or blank, without a database");
  auto& r = line_.form_render;
  render->add_option(
      "--questionnaire", r.questionnaires,
      "The form, where the response does not contain it; several make a blank packet");
  render->add_option("--response", r.response, "The answers; without them the form is blank");
  render->add_option("--language", r.language, "Language of a blank form: en, es or ht");
  render->add_option("-o,--output", r.output, "File to write; - is standard output")->required();
  on(render, [this] { return commands::form_render(around_, line_.form_render); });
}

void line_builder::add_fhirpath(CLI::App& app) {
  auto* command = app.add_subcommand("fhirpath", "Evaluate an expression on a FHIR resource");
  command->add_option("EXPRESSION", line_.fhirpath.expression, "FHIRPath, quoted")->required();
  command->add_option("--resource", line_.fhirpath.resource, "JSON file of the resource")
      ->required();
  on(command, [this] { return commands::fhirpath(around_, line_.fhirpath); });
}

void line_builder::add_x12(CLI::App& app) {
  auto* x12 = app.add_subcommand("x12", "Eligibility inquiries and their answers, X12 270/271");
  x12->require_subcommand(1);
  auto* read = x12->add_subcommand(
      "read", "Print what a 270, 271, 999, 997 or TA1 says, and where it deviates");
  auto& r = line_.x12_read;
  read->add_option("FILE", r.file, "The file")->required();
  read->add_option("--date", r.date, "The day that is asked about, for example 2026-11-28");
  read->add_flag("--strict", r.is_strict, "A file with any deviation is refused");
  on(read, [this] { return commands::x12_read(around_, line_.x12_read); });
  auto* write = x12->add_subcommand("write-270", "Write the 270 that a request asks for");
  auto& w = line_.x12_write_270;
  w.output = "-";
  write->add_option("REQUEST", w.request, "The request (JSON)")->required();
  write->add_option("-o,--output", w.output, "File to write; - is standard output")
      ->capture_default_str();
  write->add_flag("--line-ends", w.line_ends, "A line end after each segment");
  on(write, [this] { return commands::x12_write_270(around_, line_.x12_write_270); });
}

}  // namespace intake::service
