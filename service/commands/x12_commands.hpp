#pragma once
#include "service/commands/commands.hpp"

#include <string>

/// The commands about eligibility files; see commands.hpp.
namespace intake::service::commands {

struct x12_read_options {
  std::string file;
  /// The day that verdicts are about, as 2026-11-28; empty: none.
  std::string date;
  bool is_strict = false;
};
/// Prints one JSON document, with what the payer says of patients: 0 clean, 1 read with deviations,
/// 2 refused or unreadable.
exit_code x12_read(surroundings const&, x12_read_options const&);

struct x12_write_270_options {
  std::string request;
  /// "-": standard output.
  std::string output;
  bool line_ends = false;
};
/// Writes the 270 that a request asks for: 0 written, 1 the request is refused, 2 it can't be read.
exit_code x12_write_270(surroundings const&, x12_write_270_options const&);

}  // namespace intake::service::commands
