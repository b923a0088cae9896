#pragma once
#include "pdf/content.hpp"
#include "pdf/strip.hpp"

#include <string>

namespace intake::pdf {

/// A page's drawing as the operators of its content stream (ISO 32000-1, 8.2). Coordinates turn
/// from layout's, which grow downwards from the upper left corner, to PDF's. Pictures are named
/// /P0, /P1, … as layout counts them.
std::string page_operators(drawing const& page, text_stream& text);

}  // namespace intake::pdf
