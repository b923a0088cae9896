#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace intake::forms {

/// Decodes base64 with padding (RFC 4648 section 4); white space between groups is FHIR's liberty.
/// Nothing for any other text.
std::optional<std::string> decode_base64(std::string_view text);

/// Encodes with padding, without line breaks.
std::string encode_base64(std::string_view bytes);

}  // namespace intake::forms
