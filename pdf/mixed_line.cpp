#include "pdf/mixed_line.hpp"

#include "pdf/unicode.hpp"

#include <algorithm>

#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

namespace intake::pdf {
namespace {

using kind = line_atom::kind;

/// Gaps that pdf.js takes for one space, within what it turns round as a whole.
constexpr double gap_max = 500;

UChar32 code_point_at(std::u16string_view text, std::uint32_t at) {
  UChar32 code_point = 0;
  U16_GET(text.data(), 0, at, text.size(), code_point);
  return code_point;
}

bool runs_to_the_left(text_item const& item) {
  return (item.level & 1) != 0;
}

bool is_letter_to_the_left(UChar32 code_point) {
  auto const way = u_charDirection(code_point);
  return way == U_RIGHT_TO_LEFT || way == U_RIGHT_TO_LEFT_ARABIC;
}

bool is_digit(UChar32 code_point) {
  auto const way = u_charDirection(code_point);
  return way == U_EUROPEAN_NUMBER || way == U_ARABIC_NUMBER;
}

/// Goes with the letter before it.
bool is_point(UChar32 code_point) {
  return u_charType(code_point) == U_NON_SPACING_MARK ||
         is_ignorable(static_cast<char32_t>(code_point));
}

/// Digits with single separators between them: 12/05/2024.
bool is_number(std::u16string_view text) {
  bool after_digit = false;
  for (auto const unit : text) {
    bool const digit = is_digit(unit);
    if (!digit && !(after_digit && u_charDirection(unit) == U_COMMON_NUMBER_SEPARATOR)) {
      return false;
    }
    after_digit = digit;
  }
  return after_digit;
}

class line_cutter {
 public:
  line_cutter(shaped_text const& text, std::uint32_t begin, std::uint32_t end)
      : text_(text), begin_(begin), end_(end), first_(item_at(text, begin)) {}

  std::vector<line_atom> cut() {
    auto last = first_;
    while (last < text_.items.size() && text_.items[last].begin < end_) ++last;
    auto const lefts = lefts_of_items(last);
    for (auto at = first_; at < last; ++at) cut_item(at, lefts[at - first_]);
    return std::move(atoms_);
  }

 private:
  std::uint32_t begin_of(text_item const& item) const { return std::max(item.begin, begin_); }
  std::uint32_t end_of(text_item const& item) const { return std::min(item.end, end_); }
  double width(std::uint32_t begin, std::uint32_t end) const {
    return text_.width_em(begin, end) * 1000;
  }

  /// UAX #9, L2.
  std::vector<double> lefts_of_items(std::size_t last) const {
    std::vector<UBiDiLevel> levels;
    for (auto at = first_; at < last; ++at) levels.push_back(text_.items[at].level);
    std::vector<int32_t> order(levels.size());
    ubidi_reorderVisual(levels.data(), static_cast<int32_t>(levels.size()), order.data());
    std::vector<double> lefts(order.size());
    double x = 0;
    for (auto const each : order) {
      auto const at = static_cast<std::size_t>(each);
      auto const& item = text_.items[first_ + at];
      lefts[at] = x;
      x += width(begin_of(item), end_of(item));
    }
    return lefts;
  }

  std::uint32_t next_cluster(shaped_item const& item, std::uint32_t at) const {
    auto const end = end_of(item);
    do {
      ++at;
    } while (at < end && !begins_cluster(item, at));
    return at;
  }

  bool begins_cluster(shaped_item const& item, std::uint32_t at) const {
    auto const cluster = glyphs_between(text_, item, at, at + 1);
    return cluster.begin < cluster.end;
  }

  /// A space with a mark on it is none.
  bool is_blank(std::uint32_t begin, std::uint32_t end) const {
    return std::all_of(text_.text.begin() + begin, text_.text.begin() + end,
                       [](char16_t unit) { return is_invisible(unit); });
  }

  kind kind_of_cluster(shaped_item const& item, std::uint32_t begin, std::uint32_t end) const {
    auto const code_point = code_point_at(text_.text, begin);
    if (runs_to_the_left(item)) {
      if (!is_letter_to_the_left(code_point)) return kind::sign;
      return stands_alone(item, begin, end) ? kind::pointed : kind::letters;
    }
    // pdf.js orders Arabic digits and what is among them anew.
    if (u_charDirection(code_point) == U_ARABIC_NUMBER) return kind::arabic_number;
    return one_number_ ? kind::number : kind::forward;
  }

  /// pdf.js does not look where a point stands, so that the first of what it turns round would be
  /// taken for another word's; and what is raised is an array of its own.
  bool stands_alone(shaped_item const& item, std::uint32_t begin, std::uint32_t end) const {
    auto const glyphs = glyphs_between(text_, item, begin, end);
    bool const raised =
        std::any_of(text_.glyphs.begin() + glyphs.begin, text_.glyphs.begin() + glyphs.end,
                    [](glyph const& each) { return each.y_offset != 0; });
    return raised ||
           std::any_of(text_.text.begin() + begin, text_.text.begin() + end,
                       [](char16_t unit) { return u_charType(unit) == U_NON_SPACING_MARK; });
  }

  bool is_one_number(shaped_item const& item) const {
    auto const part =
        std::u16string_view(text_.text).substr(begin_of(item), end_of(item) - begin_of(item));
    return item.level >= 2 && is_number(part);
  }

  void cut_item(std::size_t index, double left) {
    auto const& item = text_.items[index];
    one_number_ = is_one_number(item);
    auto const first = atoms_.size();
    for (auto at = begin_of(item); at < end_of(item);) {
      auto const next = next_cluster(item, at);
      if (is_blank(at, next)) {
        after_space_ |= u_isUWhiteSpace(code_point_at(text_.text, at)) != 0;
      } else {
        add(index, at, next, kind_of_cluster(item, at, next), first);
        after_space_ = false;
      }
      at = next;
    }
    for (auto at = first; at < atoms_.size(); ++at) place(atoms_[at], left);
  }

  void add(std::size_t item, std::uint32_t begin, std::uint32_t end, kind is, std::size_t first) {
    if (atoms_.size() > first && goes_on(atoms_.back(), begin, is)) {
      atoms_.back().end = end;
    } else {
      atoms_.push_back({item, begin, end, is, after_space_});
    }
  }

  bool goes_on(line_atom const& last, std::uint32_t begin, kind is) const {
    if (!after_space_ && is_point(code_point_at(text_.text, begin))) return true;
    bool const joins = is == last.is && is != kind::sign && is != kind::pointed;
    return joins && (is != kind::letters || width(last.end, begin) <= gap_max);
  }

  void place(line_atom& atom, double item_left) const {
    auto const& item = text_.items[atom.item];
    atom.left = item_left + (runs_to_the_left(item) ? width(atom.end, end_of(item))
                                                    : width(begin_of(item), atom.begin));
    atom.right = atom.left + width(atom.begin, atom.end);
  }

  shaped_text const& text_;
  std::uint32_t begin_;
  std::uint32_t end_;
  std::size_t first_;
  bool one_number_ = false;  ///< the item at hand
  bool after_space_ = false;
  std::vector<line_atom> atoms_;
};

bool may_join(kind is) {
  return is == kind::letters || is == kind::number || is == kind::arabic_number;
}

/// pdf.js turns a text of more than four units round if three tenths of it are such letters or
/// Arabic digits.
bool are_enough_letters(shaped_text const& text, std::uint32_t begin, std::uint32_t end) {
  auto const part = std::u16string_view(text.text).substr(begin, end - begin);
  auto const letters = std::count_if(part.begin(), part.end(), [](char16_t unit) {
    return is_letter_to_the_left(unit) || u_charDirection(unit) == U_ARABIC_NUMBER;
  });
  return static_cast<std::size_t>(letters) * 10 >= part.size() * 3;
}

bool joins(shaped_text const& text, line_piece const& piece, line_atom const& atom) {
  auto const& last = piece.atoms.back();
  bool const of_one_face = text.items[last.item].face == text.items[atom.item].face;
  bool const has_letters = last.is == kind::letters || atom.is == kind::letters;
  auto const gap = last.left - atom.right;
  return of_one_face && has_letters && may_join(last.is) && may_join(atom.is) && gap > -1 &&
         gap <= gap_max && are_enough_letters(text, piece.atoms.front().begin, atom.end);
}

bool has_arabic_digit(shaped_text const& text, text_item const& item) {
  return std::any_of(text.text.begin() + item.begin, text.text.begin() + item.end,
                     [](char16_t unit) { return u_charDirection(unit) == U_ARABIC_NUMBER; });
}

}  // namespace

bool runs_both_ways(shaped_text const& text, std::uint32_t begin, std::uint32_t end) {
  auto const first = item_at(text, begin);
  auto last = first;
  bool some = false;
  for (; last < text.items.size() && text.items[last].begin < end; ++last) {
    auto const& item = text.items[last];
    some |= runs_to_the_left(item) || (item.level != 0 && has_arabic_digit(text, item));
  }
  if (!some) return false;
  return last - first > 1 ||
         !std::all_of(text.text.begin() + begin, text.text.begin() + end,
                      [](char16_t unit) { return is_letter_to_the_left(unit) || unit == u' '; });
}

std::vector<line_piece> pieces_of(shaped_text const& text, std::uint32_t begin, std::uint32_t end) {
  std::vector<line_piece> pieces;
  for (auto const& atom : line_cutter(text, begin, end).cut()) {
    if (pieces.empty() || !joins(text, pieces.back(), atom)) {
      pieces.push_back({{atom}, atom.left, atom.right});
      continue;
    }
    auto& last = pieces.back();
    last.atoms.push_back(atom);
    last.left = std::min(last.left, atom.left);
    last.right = std::max(last.right, atom.right);
  }
  return pieces;
}

}  // namespace intake::pdf
