#include "forms/x12/inquiry_request.hpp"
#include "forms/x12/inquiry_writer.hpp"
#include "service/commands/output_file.hpp"
#include "service/commands/x12_commands.hpp"
#include "service/files.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

namespace x12 = forms::x12;

[[noreturn]] void refuse(std::string const& file, forms::parse_error const& error) {
  throw command_failed(exit_code::input_bad, fmt::format("{}: {}", file, forms::sentence(error)));
}

std::string read_request(std::string const& file) {
  try {
    return read_file(file);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
}

}  // namespace

exit_code x12_write_270(surroundings const& around, x12_write_270_options const& options) {
  auto const request = x12::read_inquiry_request(read_request(options.request));
  if (!request) refuse(options.request, request.error());
  auto const lines = options.line_ends ? x12::line_ends::after_each_segment : x12::line_ends::none;
  auto const text =
      x12::write_270(*request, {.marks = {}, .letters = x12::character_set::basic, .lines = lines});
  if (!text) refuse(options.request, text.error());
  write_output(around, options.output, *text);
  return exit_code::good;
}

}  // namespace intake::service::commands
