#include "pdf/paginate.hpp"

namespace intake::pdf {
namespace {

class filler {
 public:
  filler(flow from, page_room room) : flow_(std::move(from)), room_(room) {}

  std::vector<page_content> fill() {
    for (std::size_t begin = 0; begin < flow_.strips.size();) begin = fill_page(begin);
    if (pages_.empty()) pages_.emplace_back();
    return std::move(pages_);
  }

 private:
  float room() const { return pages_.empty() ? room_.first_pt : room_.later_pt; }

  float repeated_height(std::size_t begin) const {
    auto const header = flow_.strips[begin].repeats;
    bool const inside = header >= 0 && begin > 0 && flow_.strips[begin - 1].repeats == header;
    return inside ? flow_.headers[static_cast<std::size_t>(header)].height : 0;
  }

  /// One past the last strip of the page that starts at `begin`.
  std::size_t page_end(std::size_t begin) const {
    auto used = repeated_height(begin);
    std::size_t good = begin;
    for (auto at = begin; at < flow_.strips.size(); ++at) {
      auto const& each = flow_.strips[at];
      used += (at == begin ? 0 : each.gap_before) + each.height;
      if (used > room()) return good > begin ? good : std::max(at, begin + 1);
      if (each.end == after::new_page) return at + 1;
      if (each.end == after::may_break) good = at + 1;
    }
    return flow_.strips.size();
  }

  std::size_t fill_page(std::size_t begin) {
    auto const end = page_end(begin);
    page_content page;
    if (auto const height = repeated_height(begin); height > 0) {
      auto const header = static_cast<std::size_t>(flow_.strips[begin].repeats);
      page.content.add(flow_.headers[header].content, 0, 0);
      page.used_pt = height;
    }
    for (auto at = begin; at < end; ++at) {
      auto const& each = flow_.strips[at];
      if (at > begin) page.used_pt += each.gap_before;
      page.content.add(each.content, 0, page.used_pt);
      page.used_pt += each.height;
    }
    pages_.push_back(std::move(page));
    return end;
  }

  flow flow_;
  page_room room_;
  std::vector<page_content> pages_;
};

}  // namespace

std::vector<page_content> paginate(flow from, page_room room) {
  return filler(std::move(from), room).fill();
}

}  // namespace intake::pdf
