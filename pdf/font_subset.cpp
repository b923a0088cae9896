#include "pdf/font_subset.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <hb-subset.h>

namespace intake::pdf {
namespace {

using hb_input_ptr = std::unique_ptr<hb_subset_input_t, hb_delete<hb_subset_input_destroy>>;
using hb_plan_ptr = std::unique_ptr<hb_subset_plan_t, hb_delete<hb_subset_plan_destroy>>;

/// Tables that a PDF viewer never reads from an embedded font program (ISO 32000-1, 9.9).
constexpr std::array dropped_tables{
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('O', 'S', '/', '2'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('c', 'm', 'a', 'p'),
    HB_TAG('p', 'o', 's', 't'), HB_TAG('S', 'T', 'A', 'T'), HB_TAG('V', 'O', 'R', 'G'),
    HB_TAG('B', 'A', 'S', 'E'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
    HB_TAG('g', 'a', 's', 'p'), HB_TAG('D', 'S', 'I', 'G')};

int thousandths(std::int64_t units, int per_em) {
  auto const scaled = units * 2000 / per_em;
  return static_cast<int>(scaled >= 0 ? (scaled + 1) / 2 : (scaled - 1) / 2);
}

void append_hex(std::string& out, char16_t unit) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4) {
    out += digits[static_cast<std::size_t>((unit >> shift) & 0xF)];
  }
}

/// ISO 32000-1, 9.6.4: six capitals and a plus before the name of a subset. Made from the glyphs,
/// so that the same subset always has the same name.
std::string subset_tag(std::vector<std::uint32_t> const& glyphs) {
  std::uint64_t hash = 14695981039346656037U;
  for (auto const each : glyphs) hash = (hash ^ each) * 1099511628211U;
  std::string tag;
  for (int at = 0; at < 6; ++at, hash /= 26) tag += static_cast<char>('A' + hash % 26);
  return tag + '+';
}

hb_input_ptr subset_input(std::vector<std::uint32_t> const& glyphs) {
  hb_input_ptr input(hb_subset_input_create_or_fail());
  if (input == nullptr) throw std::runtime_error("HarfBuzz has no memory for a subset.");
  auto* const wanted = hb_subset_input_glyph_set(input.get());
  for (auto const each : glyphs) hb_set_add(wanted, each);
  auto* const dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (auto const each : dropped_tables) hb_set_add(dropped, each);
  hb_subset_input_set_flags(input.get(),
                            HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  return input;
}

std::string table_or_file(hb_face_t* subset, outline_format outlines) {
  hb_blob_ptr const blob(outlines == outline_format::cff
                             ? hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '))
                             : hb_face_reference_blob(subset));
  unsigned length = 0;
  auto const* bytes = hb_blob_get_data(blob.get(), &length);
  return {bytes, length};
}

}  // namespace

font_use::font_use(face const& of)
    : face_(of),
      is_truetype_(of.outlines == outline_format::truetype),
      first_of_glyph_(of.glyph_count, 0) {
  // Code 0 is .notdef in every font; the fidelity check knows that nothing asks for it.
  if (is_truetype_) entries_.push_back({});
}

std::uint16_t font_use::add(std::uint32_t glyph, std::u16string_view text, int width) {
  entries_.push_back({glyph, std::u16string(text), width});
  return static_cast<std::uint16_t>(entries_.size() - 1);
}

std::uint16_t font_use::new_code(std::uint32_t glyph, std::u16string_view text) {
  auto const width = [&] {
    return thousandths(hb_font_get_glyph_h_advance(face_.font.get(), glyph), face_.units_per_em);
  };
  if (auto& first = first_of_glyph_[glyph]; first == 0) {
    auto const index = add(glyph, text, width());
    first = static_cast<std::uint16_t>(index + 1U);
    return is_truetype_ ? index : static_cast<std::uint16_t>(glyph);
  }
  std::pair key(glyph, std::u16string(text));
  if (auto const found = others_.find(key); found != others_.end()) return found->second;
  auto const code = add(glyph, text, width());
  others_.emplace(std::move(key), code);
  return code;
}

std::uint16_t font_use::wide_code_for(std::uint32_t glyph, std::u16string_view text, int width) {
  auto const [found, is_new] =
      wide_.try_emplace(std::tuple(glyph, std::u16string(text), width), std::uint16_t{0});
  if (is_new) found->second = add(glyph, text, width);
  return found->second;
}

std::uint16_t font_use::blank_for(std::u16string_view text, int width) {
  hb_codepoint_t space = 0;
  hb_font_get_nominal_glyph(face_.font.get(), ' ', &space);
  return wide_code_for(space, text, width);
}

std::u16string_view font_use::text_of(std::uint16_t code) const {
  return entries_[index_of(code)].text;
}

std::vector<std::uint16_t> font_use::codes() const {
  std::vector<std::uint16_t> out;
  for (std::size_t at = 0; at < entries_.size(); ++at) {
    if (!is_truetype_) {
      out.push_back(static_cast<std::uint16_t>(entries_[at].glyph));
    } else if (at > 0) {
      out.push_back(static_cast<std::uint16_t>(at));
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// ISO 32000-1, 9.10.3, with one bfchar a code in blocks of at most 100 (Adobe Technical Note
/// 5411).
static std::string to_unicode_map(font_use const& use, std::vector<std::uint16_t> const& codes) {
  std::string out =
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
      "1 begincodespacerange <0000> <FFFF> endcodespacerange\n";
  constexpr std::size_t block = 100;
  for (std::size_t at = 0; at < codes.size(); ++at) {
    if (at % block == 0) {
      out += fmt::format("{} beginbfchar\n", std::min(block, codes.size() - at));
    }
    out += '<';
    append_hex(out, codes[at]);
    out += "> <";
    for (auto const unit : use.text_of(codes[at])) append_hex(out, unit);
    out += ">\n";
    if (at % block == block - 1 || at + 1 == codes.size()) out += "endbfchar\n";
  }
  return out + "endcmap CMapName currentdict /CMap defineresource pop end end\n";
}

font_program font_use::program() const {
  std::vector<std::uint32_t> glyphs;
  for (auto const& each : entries_) glyphs.push_back(each.glyph);
  std::sort(glyphs.begin(), glyphs.end());
  glyphs.erase(std::unique(glyphs.begin(), glyphs.end()), glyphs.end());

  auto const input = subset_input(glyphs);
  hb_plan_ptr const plan(hb_subset_plan_create_or_fail(face_.for_subset.get(), input.get()));
  hb_face_ptr const subset(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
  if (subset == nullptr) throw std::runtime_error("HarfBuzz could not cut a subset of a font.");

  font_program out;
  out.file = table_or_file(subset.get(), face_.outlines);
  out.name = subset_tag(glyphs) + face_.postscript_name;
  out.to_unicode = to_unicode_map(*this, codes());
  if (is_truetype_) {
    auto const* new_of_old = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
    for (auto const& each : entries_) {
      auto const glyph = hb_map_get(new_of_old, each.glyph);
      out.cid_to_gid += static_cast<char>(glyph >> 8);
      out.cid_to_gid += static_cast<char>(glyph & 0xFF);
    }
  }
  return out;
}

}  // namespace intake::pdf
