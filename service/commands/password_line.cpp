#include "service/commands/password_line.hpp"

#include "service/commands/exit_code.hpp"
#include "service/files.hpp"

#include <algorithm>
#include <stdexcept>

namespace intake::service::commands {

std::string first_line(std::string const& file) {
  std::string text;
  try {
    text = read_input(file);
  } catch (std::runtime_error const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
  text.resize(std::min(text.find('\n'), text.size()));
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace intake::service::commands
