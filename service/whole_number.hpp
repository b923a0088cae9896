#pragma once
#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace intake::service {

/// Decimal digits, with a minus sign before them where `number` has one; nothing for a text with
/// anything else in it, an empty one, and what `number` cannot hold.
template <std::integral number>
std::optional<number> whole_number(std::string_view text) {
  number value{};
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

}  // namespace intake::service
