#pragma once
#include <optional>
#include <string_view>

namespace intake::forms::x12 {

/// The plain letters or the plain mark for a letter that has no decomposition; empty for a mark
/// that is left out, nothing where none is known.
std::optional<std::string_view> plain_for(char32_t letter) noexcept;

}  // namespace intake::forms::x12
