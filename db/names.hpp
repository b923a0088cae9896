#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace intake::db {

/// The words of an enum's values, in their order: what the database stores instead of numbers.
template <typename Enum, std::size_t Count>
struct enum_names {
  std::array<std::string_view, Count> words;

  std::string_view of(Enum value) const { return words[static_cast<std::size_t>(value)]; }

  std::optional<Enum> parse(std::string_view word) const {
    auto const found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enum>(found - words.begin());
  }
};

}  // namespace intake::db
