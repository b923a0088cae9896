#include "forms/lint.hpp"
#include "service/commands/form_commands.hpp"
#include "service/files.hpp"
#include "service/form_store.hpp"
#include "service/version.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

std::string read(std::string const& file) {
  try {
    return read_file(file);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
}

class lint_run {
 public:
  lint_run(surroundings const& around, output_format format) : around_(around), format_(format) {}

  void file(std::string const& name, std::string text, forms::lint_options const& rules) {
    auto const report = forms::lint_form(name, std::move(text), rules);
    auto const shown = format_ == output_format::json ? forms::render_json(report, version) + "\n"
                                                      : forms::render_text(report);
    fmt::print(around_.out, "{}", shown);
    worst_ = std::max(worst_, forms::exit_code_of(report.verdict));
  }
  int worst() const { return worst_; }

 private:
  surroundings const& around_;
  output_format format_;
  int worst_ = 0;
};

/// What a packet's form is translated into: an instrument only into what its owner published, which
/// are the languages of its title.
std::vector<std::string> languages_of(std::string const& text) {
  auto const form = forms::read_questionnaire(text);
  if (!form || form->header().instrument.owner.empty()) return {"es", "ht"};
  std::vector<std::string> published;
  for (auto const& one : form->header().title.translations) published.push_back(one.language);
  return published;
}

/// Every form of the folder as strictly as ours are held, then its packets.
int lint_packet(surroundings const& around, form_lint_options const& options, lint_run& run) {
  for (auto const& file : read_folder(options.packet, ".json")) {
    auto const languages = options.languages.empty() ? languages_of(file.text) : options.languages;
    run.file(file.name, file.text, {.languages = languages, .known = {}});
  }
  return static_cast<int>(packet_lint(around, options.packet, options.format));
}

}  // namespace

exit_code form_lint(surroundings const& around, form_lint_options const& options) {
  if (options.files.empty() && options.packet.empty()) {
    throw command_failed(exit_code::usage, "there is nothing to lint",
                         "name files, or a folder with --packet FOLDER");
  }
  lint_run run(around, options.format);
  int worst = 0;
  for (auto const& name : options.files) {
    run.file(name, read(name), {.languages = options.languages, .known = {}});
  }
  if (!options.packet.empty()) worst = lint_packet(around, options, run);
  return static_cast<exit_code>(std::max(worst, run.worst()));
}

}  // namespace intake::service::commands
