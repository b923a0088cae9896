#pragma once
#include <optional>
#include <string>
#include <string_view>

/// The post office's two letters for the states, the District of Columbia and the territories.
namespace intake::forms::insurance {

/// "FL" for "fl", "Florida" and " florida."; any two letters are taken for a code. Empty where the
/// text is neither.
std::optional<std::string> state_code(std::string_view said);

}  // namespace intake::forms::insurance
