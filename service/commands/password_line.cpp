#include "service/commands/password_line.hpp"

#include "service/files.hpp"

#include <algorithm>

namespace intake::service::commands {

std::string first_line(std::string const& file) {
  auto text = read_input(file);
  text.resize(std::min(text.find('\n'), text.size()));
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace intake::service::commands
