#include "pdf/face.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <hb-ot.h>
#include <hb-subset.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

namespace intake::pdf {
namespace {

/// Preprocessing unpacks a face's tables; for a large CJK face that costs more memory than it saves
/// time.
constexpr std::size_t preprocess_bytes_max = 4u << 20;

bool has_glyph(hb_font_t* font, char32_t code_point) {
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(font, code_point, &glyph) != 0 && glyph != 0;
}

/// The substitutions that HarfBuzz makes itself (hb-ot-shape-normalize): spaces and the
/// non-breaking hyphen.
bool has_fallback_glyph(hb_font_t* font, char32_t code_point) {
  if (code_point == 0x2011) return has_glyph(font, 0x2010);
  return u_charType(static_cast<UChar32>(code_point)) == U_SPACE_SEPARATOR &&
         code_point != 0x1680 && has_glyph(font, ' ');
}

bool has_decomposition(face const& in, char32_t code_point) {
  UErrorCode status = U_ZERO_ERROR;
  auto const* nfc = unorm2_getNFCInstance(&status);
  std::array<UChar, 8> parts{};
  auto const length =
      unorm2_getRawDecomposition(nfc, static_cast<UChar32>(code_point), parts.data(),
                                 static_cast<int32_t>(parts.size()), &status);
  if (U_FAILURE(status) || length <= 0) return false;
  for (int32_t at = 0; at < length;) {
    UChar32 part = 0;
    U16_NEXT(parts.data(), at, length, part);
    if (!in.covers(static_cast<char32_t>(part))) return false;
  }
  return true;
}

/// ISO 32000-1 7.3.5: a name needs no escapes if it holds regular characters only.
std::string plain_name(hb_face_t* of) {
  std::array<char, 64> name{};
  auto length = static_cast<unsigned>(name.size());
  hb_ot_name_get_utf8(of, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length, name.data());
  std::string plain;
  for (char const each :
       std::string_view(name.data(), std::min<std::size_t>(length, name.size()))) {
    auto const lower = static_cast<char>(each | 0x20);
    if ((lower >= 'a' && lower <= 'z') || (each >= '0' && each <= '9') || each == '-')
      plain += each;
  }
  return plain.empty() ? "Unnamed" : plain;
}

bool has_table(hb_face_t* in, hb_tag_t tag) {
  hb_blob_ptr const table(hb_face_reference_table(in, tag));
  return hb_blob_get_length(table.get()) > 0;
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

/// Adobe Technical Note 5176, 5: where an INDEX that begins at `at` ends.
std::size_t index_end(std::string_view cff, std::size_t at) {
  auto const count = byte_at(cff, at) << 8 | byte_at(cff, at + 1);
  if (count == 0) return at + 2;
  auto const size = byte_at(cff, at + 2);
  std::size_t last = 0;
  for (unsigned each = 0; each < size; ++each) {
    last = last << 8 | byte_at(cff, at + 3 + count * size + each);
  }
  return at + 2 + 1 + (count + 1) * size + last - 1;
}

/// A CID-keyed font's Top DICT begins with ROS, operator 12 30 (section 18). Only such a font's
/// codes are its glyph numbers whatever the subset.
bool is_cid_keyed(hb_face_t* in) {
  hb_blob_ptr const table(hb_face_reference_table(in, HB_TAG('C', 'F', 'F', ' ')));
  unsigned length = 0;
  auto const* bytes = hb_blob_get_data(table.get(), &length);
  std::string_view const cff(bytes, length);
  auto const top = index_end(cff, byte_at(cff, 2));
  auto const end = index_end(cff, top);
  auto const ros = cff.substr(std::min(top, cff.size()), end - top).find("\x0C\x1E");
  return ros != std::string_view::npos && ros < 32;
}

void read_metrics(face& out) {
  hb_font_extents_t extents{};
  hb_font_get_h_extents(out.font.get(), &extents);
  out.ascent = extents.ascender;
  out.descent = -extents.descender;
}

}  // namespace

bool face::covers(char32_t code_point) const {
  return has_glyph(font.get(), code_point) || has_fallback_glyph(font.get(), code_point) ||
         has_decomposition(*this, code_point);
}

face load_face(std::string_view bytes, unsigned index, weight drawn_as) {
  hb_blob_ptr const blob(hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()),
                                        HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  face out;
  out.whole.reset(hb_face_create(blob.get(), index));
  out.glyph_count = hb_face_get_glyph_count(out.whole.get());
  bool const truetype = has_table(out.whole.get(), HB_TAG('g', 'l', 'y', 'f'));
  bool const cff = has_table(out.whole.get(), HB_TAG('C', 'F', 'F', ' '));
  if (out.glyph_count == 0 || !(truetype || cff)) {
    throw std::invalid_argument("The file is no font with TrueType or CFF outlines.");
  }
  if (!truetype && !is_cid_keyed(out.whole.get())) {
    throw std::invalid_argument("The font has CFF outlines that are not CID-keyed.");
  }
  out.outlines = truetype ? outline_format::truetype : outline_format::cff;
  out.drawn_as = drawn_as;
  out.units_per_em = static_cast<int>(hb_face_get_upem(out.whole.get()));
  out.font.reset(hb_font_create(out.whole.get()));
  out.postscript_name = plain_name(out.whole.get());
  read_metrics(out);
  out.for_subset.reset(bytes.size() > preprocess_bytes_max ? hb_face_reference(out.whole.get())
                                                           : hb_subset_preprocess(out.whole.get()));
  hb_font_make_immutable(out.font.get());
  return out;
}

}  // namespace intake::pdf
