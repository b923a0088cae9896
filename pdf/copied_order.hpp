#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace intake::pdf {

/// Which way poppler (pdftotext, Evince, Okular) takes a whole page: as most of its letters run.
enum class page_way : std::uint8_t { to_the_right, to_the_left };

/// Letters that run to the right, less those that run to the left: what poppler decides a page's
/// way by.
int lead_of(std::u16string_view text);
page_way way_of(int lead);

/// `text` as a page's ActualText must say it for poppler to copy it as it is. Poppler takes that
/// for what stands on the line from left to right and puts it in order anew: from the side where
/// the page begins, letters and numbers that run to the right as they come, letters that run to
/// the left turned round, and what has no way of its own with what stands before it. Where that
/// would be the wrong neighbour U+200E or U+200F stands between, which print nothing.
std::u16string in_copied_order(std::u16string_view text, page_way way);

/// `ordered` with marks after it that decide the page's way, without changing how it is copied.
std::u16string weighted(std::u16string ordered, page_way way, int letters);

}  // namespace intake::pdf
