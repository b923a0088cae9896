#pragma once
#include "pdf/document.hpp"

#include <optional>
#include <string_view>

namespace intake::pdf {

/// A drawn signature as paper shows it, from the attachment's base64. Nothing where it is none
/// (`forms::read_signature`).
std::optional<signature> read_strokes(std::string_view base64);

}  // namespace intake::pdf
