#include "pdf/copied_order.hpp"

#include <algorithm>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/utf16.h>

namespace intake::pdf {
namespace {

constexpr char16_t mark_to_the_right = 0x200E;
constexpr char16_t mark_to_the_left = 0x200F;

/// As poppler's UnicodeTypeTable has them; numbers and their signs go with what runs to the right.
enum class flow_kind : std::uint8_t { right, left, none };

/// Signs that Unicode counts among Arabic letters and poppler among numbers, and the other way
/// round.
bool is_sign_for_poppler(UChar32 letter) {
  return (letter >= 0x0606 && letter <= 0x0608) || letter == 0x060B ||
         (letter >= 0x0659 && letter <= 0x065F);
}
bool is_letter_for_poppler(UChar32 sign) {
  return (sign >= 0x0600 && sign <= 0x0603) || sign == 0x06DD;
}

flow_kind kind_of(UChar32 code_point) {
  if (is_sign_for_poppler(code_point)) return flow_kind::right;
  if (is_letter_for_poppler(code_point)) return flow_kind::left;
  switch (u_charDirection(code_point)) {
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC:
      return flow_kind::left;
    case U_LEFT_TO_RIGHT:
    case U_EUROPEAN_NUMBER:
    case U_EUROPEAN_NUMBER_SEPARATOR:
    case U_EUROPEAN_NUMBER_TERMINATOR:
    case U_ARABIC_NUMBER:
    case U_COMMON_NUMBER_SEPARATOR:
      return flow_kind::right;
    default:
      return flow_kind::none;
  }
}

/// Whether no table that poppler had or will have sees it otherwise.
bool is_certain(UChar32 code_point, flow_kind kind) {
  if (kind == flow_kind::left) {
    return (code_point >= 0x05D0 && code_point <= 0x05EA) || code_point == mark_to_the_left ||
           (code_point >= 0x0620 && code_point <= 0x06D3 && u_isalpha(code_point) != 0);
  }
  return code_point < 0x0250 && u_isalnum(code_point) != 0;
}

/// What poppler takes at once.
struct stretch {
  flow_kind kind = flow_kind::none;
  std::vector<UChar32> letters;
};

std::vector<stretch> stretches_of(std::u16string_view text) {
  std::vector<stretch> out;
  for (std::size_t at = 0; at < text.size();) {
    UChar32 code_point = 0;
    U16_NEXT(text.data(), at, text.size(), code_point);
    auto const kind = kind_of(code_point);
    if (out.empty()) out.push_back({kind, {}});
    auto& last = out.back().kind;
    if (last == flow_kind::none) last = kind;
    if (kind != flow_kind::none && kind != last) out.push_back({kind, {}});
    out.back().letters.push_back(code_point);
  }
  return out;
}

char16_t mark_of(flow_kind kind) {
  return kind == flow_kind::left ? mark_to_the_left : mark_to_the_right;
}

std::u16string joined(std::vector<UChar32> const& letters) {
  std::u16string out;
  for (auto const each : letters) {
    if (U_IS_BMP(each)) {
      out += static_cast<char16_t>(each);
    } else {
      out += {U16_LEAD(each), U16_TRAIL(each)};
    }
  }
  return out;
}

}  // namespace

int lead_of(std::u16string_view text) {
  int lead = 0;
  for (auto const unit : text) {
    auto const way = u_charDirection(unit);
    if (way == U_LEFT_TO_RIGHT && !U16_IS_SURROGATE(unit)) ++lead;
    if (kind_of(unit) == flow_kind::left) --lead;
  }
  return lead;
}

page_way way_of(int lead) {
  return lead >= 0 ? page_way::to_the_right : page_way::to_the_left;
}

std::u16string in_copied_order(std::u16string_view text, page_way way) {
  bool const to_the_right = way == page_way::to_the_right;
  auto stretches = stretches_of(text);
  if (stretches.empty()) return {};
  auto const along = to_the_right ? flow_kind::right : flow_kind::left;
  auto const against = to_the_right ? flow_kind::left : flow_kind::right;
  auto const fence = mark_of(along);
  if (stretches.front().kind == flow_kind::none) stretches.front().kind = along;
  // What stands beside it on its line is taken by itself.
  std::u16string out;
  if (stretches.front().kind == against) out += fence;
  for (auto& each : stretches) {
    if (each.kind == flow_kind::left) std::reverse(each.letters.begin(), each.letters.end());
    auto part = joined(each.letters);
    auto const first_taken = to_the_right ? each.letters.front() : each.letters.back();
    bool const fenced = !is_certain(first_taken, each.kind);
    if (to_the_right) {
      if (fenced) out += mark_of(each.kind);
      out += part;
    } else {
      if (fenced) part += mark_of(each.kind);
      out.insert(0, part);
    }
  }
  if (stretches.back().kind == against) out.insert(to_the_right ? out.size() : 0, 1, fence);
  return out;
}

std::u16string weighted(std::u16string ordered, page_way way, int letters) {
  auto const count = static_cast<std::size_t>(std::max(letters, 0));
  if (way == page_way::to_the_right) return ordered.append(count, mark_to_the_right);
  return ordered.insert(0, count, mark_to_the_left);
}

}  // namespace intake::pdf
