#pragma once
#include "pdf/strip.hpp"

#include <vector>

namespace intake::pdf {

/// One page's content area, filled.
struct page_content {
  drawing content;
  float used_pt = 0;
};

struct page_room {
  float first_pt = 0;  ///< height of the content area on the section's first page
  float later_pt = 0;
};

/// Fills pages from top to bottom. A page ends at the last strip that lets it; a chain of strips
/// that keep together and are higher than a page is broken where the page ends. Strips are moved
/// out of `from`. At least one page.
std::vector<page_content> paginate(flow from, page_room room);

}  // namespace intake::pdf
