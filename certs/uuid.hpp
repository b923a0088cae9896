#pragma once
#include "certs/bytes.hpp"

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace intake::certs {

/// UTC with the resolution of the audit chain and of PostgreSQL's timestamptz.
using utc_time = std::chrono::sys_time<std::chrono::microseconds>;

/// What a program may know of its surroundings, made once in main and passed down, so that every
/// test can choose it.
struct world {
  std::function<utc_time()> now;
  /// Fills the buffer with cryptographically secure random bytes; throws when the system has none.
  std::function<void(std::span<std::uint8_t>)> random;
};

/// A UUID as RFC 9562 writes it; rows get version 7, so that an index grows at its end.
struct uuid {
  std::array<std::uint8_t, 16> value{};
  auto operator<=>(uuid const&) const = default;
};

/// Of a UUID as text.
constexpr std::size_t uuid_characters = 36;

/// RFC 9562 5.7: 48 bits of Unix milliseconds, then random bits.
uuid new_uuid_v7(world const&);

/// Lower-case hexadecimal, 36 characters.
std::string to_string(uuid const&);

/// Reads 36 characters in either case; nothing else is a UUID.
std::optional<uuid> parse_uuid(std::string_view text);

}  // namespace intake::certs

template <>
struct std::hash<intake::certs::uuid> {
  std::size_t operator()(intake::certs::uuid const& id) const noexcept {
    return std::hash<std::string_view>{}(
        {reinterpret_cast<char const*>(id.value.data()), id.value.size()});
  }
};
