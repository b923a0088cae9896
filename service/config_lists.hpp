#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// A list as an environment variable holds it: texts with commas between them, or, where a text
/// holds a comma itself, a TOML array (`["a, b", "c"]`). Nothing where it begins with `[` and is no
/// array of texts.
std::optional<std::vector<std::string>> read_list(std::string_view text);

}  // namespace intake::service
