#pragma once
#include "pdf/document.hpp"

#include <optional>
#include <string_view>

namespace intake::pdf {

/// Reads what the signature field sends: base64 of {"width", "height", "strokes": [[[x, y], …],
/// …]}. Nothing where it is something else, or holds more than 2,000 strokes or 50,000 points.
std::optional<signature> read_strokes(std::string_view base64);

}  // namespace intake::pdf
