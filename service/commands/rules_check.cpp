#include "forms/insurance/checker.hpp"
#include "service/commands/rule_commands.hpp"
#include "service/files.hpp"
#include "service/version.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

exit_code rules_check(surroundings const& around, rules_check_options const& options) {
  std::vector<named_file> files;
  try {
    files = read_folder(options.folder, ".csv");
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
  std::vector<forms::insurance::named_text> tables;
  for (auto const& file : files) tables.push_back({file.name, file.text});
  auto const today = std::chrono::floor<std::chrono::days>(around.world.now());
  auto const report = forms::insurance::check_rules(tables, today);
  fmt::print(around.out, "{}",
             options.format == output_format::json
                 ? forms::insurance::to_json_lines(report, version)
                 : forms::insurance::to_text(report));
  return report.good() ? exit_code::good : exit_code::input_bad;
}

}  // namespace intake::service::commands
