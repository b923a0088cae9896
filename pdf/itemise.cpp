#include "pdf/itemise.hpp"

#include "pdf/face.hpp"
#include "pdf/unicode.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

namespace intake::pdf {
namespace {

struct close_bidi {
  void operator()(UBiDi* bidi) const { ubidi_close(bidi); }
};

char32_t next_code_point(std::u16string_view text, std::size_t& at) {
  UChar32 code_point = 0;
  U16_NEXT_OR_FFFD(text.data(), at, text.size(), code_point);
  return static_cast<char32_t>(code_point);
}

bool any_face_covers(typefaces const& faces, char32_t code_point) {
  auto const all = faces.all();
  return std::any_of(all.begin(), all.end(),
                     [code_point](face const& each) { return each.covers(code_point); });
}

/// LRO and RLO would print letters in another order than they were typed: they are left out.
bool is_override(char32_t code_point) {
  return code_point == 0x202D || code_point == 0x202E;
}

/// More than any script's: Tibetan's highest stacks have eight. Shaping them takes quadratic time,
/// and they would stand over other lines.
constexpr int marks_in_a_row_max = 10;

/// Counts marks upon one character; what is ignorable between them changes nothing.
class mark_counter {
 public:
  bool is_too_many(char32_t code_point) {
    if (is_ignorable(code_point)) return false;
    bool const mark = (U_GET_GC_MASK(static_cast<UChar32>(code_point)) & U_GC_M_MASK) != 0;
    run_ = mark ? run_ + 1 : 0;
    return run_ > marks_in_a_row_max;
  }
  void restart() { run_ = 0; }

 private:
  int run_ = 0;
};

bool extends_previous(char32_t code_point) {
  return u_hasBinaryProperty(static_cast<UChar32>(code_point), UCHAR_GRAPHEME_EXTEND) != 0 ||
         is_ignorable(code_point);
}

UScriptCode script_of(char32_t code_point) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(code_point), &status);
}

std::uint32_t script_tag(UScriptCode script) {
  auto const* name = uscript_getShortName(script);
  return HB_TAG(name[0], name[1], name[2], name[3]);
}

/// Walks one bidi run and cuts it where script or face changes.
class run_cutter {
 public:
  run_cutter(itemised_text& out, weight wanted, typefaces const& faces)
      : out_(out), order_(faces.preference(wanted)), all_(faces.all()), face_(order_.front()) {}

  void cut(std::uint32_t begin, std::uint32_t end, std::uint8_t level) {
    text_item item{begin, begin, HB_TAG('Z', 'y', 'y', 'y'), face_, level};
    bool script_known = false;
    for (std::size_t at = begin; at < end;) {
      auto const here = static_cast<std::uint32_t>(at);
      auto const code_point = next_code_point(out_.text, at);
      auto const script = script_of(code_point);
      bool const shared = script == USCRIPT_COMMON || script == USCRIPT_INHERITED;
      auto const wanted_face = face_for(code_point, item.face, shared);
      bool const new_script = !shared && script_known && script_tag(script) != item.script;
      if (here != begin && (wanted_face != item.face || new_script)) {
        finish(item, here);
        item.begin = here;
        script_known = false;
      }
      item.face = face_ = wanted_face;
      if (!shared) {
        item.script = script_tag(script);
        script_known = true;
      }
    }
    finish(item, end);
  }

 private:
  /// Marks, digits and punctuation stay with the face before them where it has them, so that a word
  /// is not torn; across bidi runs too, because readers take a line apart where its font changes.
  std::uint16_t face_for(char32_t code_point, std::uint16_t current, bool shared) const {
    bool const sticks = shared || extends_previous(code_point);
    if (sticks && (is_ignorable(code_point) || all_[current].covers(code_point))) return current;
    for (auto const candidate : order_) {
      if (all_[candidate].covers(code_point)) return candidate;
    }
    return current;
  }

  void finish(text_item item, std::uint32_t end) {
    item.end = end;
    if (item.end > item.begin) out_.items.push_back(item);
  }

  itemised_text& out_;
  std::span<std::uint16_t const> order_;
  std::span<face const> all_;
  std::uint16_t face_;  ///< of the character before
};

UBiDiLevel level_of(direction base) {
  switch (base) {
    case direction::left_to_right:
      return 0;
    case direction::right_to_left:
      return 1;
    case direction::automatic:
      break;
  }
  return UBIDI_DEFAULT_LTR;
}

void itemise_by_bidi(itemised_text& out, weight wanted, direction base, typefaces const& faces) {
  std::unique_ptr<UBiDi, close_bidi> const bidi(ubidi_open());
  UErrorCode status = U_ZERO_ERROR;
  auto const length = static_cast<int32_t>(out.text.size());
  ubidi_setPara(bidi.get(), out.text.data(), length, level_of(base), nullptr, &status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU could not order a text.");
  out.right_to_left = (ubidi_getParaLevel(bidi.get()) & 1) != 0;
  run_cutter cutter(out, wanted, faces);
  for (int32_t at = 0; at < length;) {
    int32_t limit = 0;
    UBiDiLevel level = 0;
    ubidi_getLogicalRun(bidi.get(), at, &limit, &level);
    cutter.cut(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(limit), level);
    at = limit;
  }
}

bool all_plain(std::u16string_view line, typefaces const& faces) {
  return std::all_of(line.begin(), line.end(),
                     [&faces](char16_t unit) { return faces.is_plain(unit); });
}

}  // namespace

std::u16string printable(std::u16string_view line, typefaces const& faces) {
  std::u16string out;
  out.reserve(line.size());
  mark_counter marks;
  for (std::size_t at = 0; at < line.size();) {
    auto const begin = at;
    if (faces.is_plain(line[at])) {
      out += line[at++];
      marks.restart();
      continue;
    }
    auto const code_point = next_code_point(line, at);
    bool const drawable = !marks.is_too_many(code_point) &&
                          (is_ignorable(code_point) || any_face_covers(faces, code_point));
    if (is_override(code_point)) continue;
    if (code_point == U'\t') {
      out += u' ';
    } else if (drawable && u_charType(static_cast<UChar32>(code_point)) != U_CONTROL_CHAR) {
      out += line.substr(begin, at - begin);
    } else {
      out += code_point_label(code_point);
    }
  }
  return out;
}

itemised_text itemise(std::u16string_view line, weight wanted, direction base,
                      typefaces const& faces) {
  itemised_text out;
  if (all_plain(line, faces)) {
    out.text = line;
    out.right_to_left = base == direction::right_to_left;
    auto const end = static_cast<std::uint32_t>(line.size());
    std::uint8_t const level = out.right_to_left ? 2 : 0;
    if (end > 0) {
      out.items.push_back({0, end, HB_SCRIPT_LATIN, faces.preference(wanted).front(), level});
    }
    return out;
  }
  out.text = printable(line, faces);
  if (!out.text.empty()) itemise_by_bidi(out, wanted, base, faces);
  return out;
}

}  // namespace intake::pdf
