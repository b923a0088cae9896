#pragma once
#include "forms/library.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The clinic's packet and its sample answers, as tests read them.
namespace intake::tests {

/// A text of the source tree; `path` from its top. Throws where there is none.
std::string source_text(std::string_view path);
/// Paths of the .json files in a folder of the source tree, sorted.
std::vector<std::string> json_files(std::string_view folder);
/// Every form of forms/packet.
forms::library const& packet();

}  // namespace intake::tests
