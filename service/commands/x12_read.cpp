#include "forms/x12/reading_json.hpp"
#include "service/commands/x12_commands.hpp"
#include "service/files.hpp"
#include "service/version.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

namespace x12 = forms::x12;

exit_code code_of(x12::reading_verdict verdict) {
  switch (verdict) {
    case x12::reading_verdict::clean:
      return exit_code::good;
    case x12::reading_verdict::deviations:
      return exit_code::input_bad;
    default:
      return exit_code::usage;
  }
}

x12::day_number day_asked(std::string const& text) {
  if (text.empty()) return 0;
  if (auto const day = x12::read_day(text)) return day;
  throw command_failed(exit_code::usage, "--date is no day", "for example --date 2026-11-28");
}

}  // namespace

exit_code x12_read(surroundings const& around, x12_read_options const& options) {
  auto const asked = day_asked(options.date);
  std::string text;
  try {
    text = read_file(options.file);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
  auto const read = x12::read_tolerant(text);
  auto const how = options.is_strict ? x12::strictness::strict : x12::strictness::tolerant;
  fmt::print(around.out, "{}\n", x12::to_json(read, {version, options.file, asked, how}));
  return code_of(x12::verdict_of(read.found, how));
}

}  // namespace intake::service::commands
