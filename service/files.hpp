#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

struct named_file {
  std::string name;
  std::string text;
};

/// The whole of a file. Throws std::runtime_error with its name and the system's reason.
std::string read_file(std::string const& path);

/// The same; "-" is the standard input. It is not opened by its name: under another user's rights
/// (runuser) that is refused.
std::string read_input(std::string const& path);

/// Every file of a folder that ends so, sorted by name, not its subfolders'. Throws as `read_file`
/// does.
std::vector<named_file> read_folder(std::string const& folder, std::string_view ending);

}  // namespace intake::service
