#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Bytes that are not text: keys, ciphertext, hashes, tokens.
namespace intake::certs {

using bytes = std::vector<std::uint8_t>;
using bytes_view = std::span<std::uint8_t const>;

/// Views a text's UTF-8 as bytes; valid as long as the text is.
inline bytes_view as_bytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

}  // namespace intake::certs
