#pragma once
#include "certs/uuid.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace intake::certs {

/// The number a patient keeps: nine random characters (45 bits) and one check character, in
/// Crockford's base32 (no I, L, O, U). The check finds every single wrong character and every
/// swap of two.
struct receipt {
  std::array<char, 10> characters{};
  auto operator<=>(receipt const&) const = default;
};

/// Random; the database sees to it that it is unique.
receipt new_receipt(world const& w);

/// "7KD2M9QX3C", as stored and sent.
std::string to_string(receipt const& r);

/// "7KD2M-9QX3C", as shown to people.
std::string spoken_form(receipt const& r);

/// Reads what a person types: either case, I and L for 1, O for 0, spaces and hyphens anywhere.
std::optional<receipt> parse_receipt(std::string_view text);

}  // namespace intake::certs
