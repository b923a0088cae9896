#pragma once
#include "pdf/content.hpp"
#include "pdf/deflate.hpp"
#include "pdf/haru_raw.hpp"

namespace intake::pdf {

/// Writes each used font as a Type0 font with its subset embedded (ISO 32000-1, 9.7) and gives the
/// resource dictionary /F0, /F1, … that names them.
haru::dict add_fonts(haru::pdf_file& file, font_book const& fonts, deflater& compress);

}  // namespace intake::pdf
