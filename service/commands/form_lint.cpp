#include "forms/lint.hpp"
#include "service/commands/commands.hpp"
#include "service/files.hpp"
#include "service/version.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

forms::lint_report lint_file(std::string const& file, forms::lint_options const& options) {
  std::string text;
  try {
    text = read_file(file);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
  return forms::lint_form(file, std::move(text), options);
}

}  // namespace

exit_code form_lint(surroundings const& around, form_lint_options const& options) {
  int worst = 0;
  forms::lint_options const rules{.languages = options.languages, .known = {}};
  for (auto const& file : options.files) {
    auto const report = lint_file(file, rules);
    auto const shown = options.format == output_format::json
                           ? forms::render_json(report, version) + "\n"
                           : forms::render_text(report);
    fmt::print(around.out, "{}", shown);
    worst = std::max(worst, forms::exit_code_of(report.verdict));
  }
  return static_cast<exit_code>(worst);
}

}  // namespace intake::service::commands
