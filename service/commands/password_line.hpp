#pragma once
#include <string>

namespace intake::service::commands {

/// The first line of a file, or of standard input for "-", without its line end.
std::string first_line(std::string const& file);

}  // namespace intake::service::commands
