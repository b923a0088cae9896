#include "pdf/font_objects.hpp"

#include <cmath>

#include <fmt/format.h>
#include <hb-ot.h>

namespace intake::pdf {
namespace {

int in_thousandths(face const& of, int units) {
  return static_cast<int>(std::lround(units * 1000.0 / of.units_per_em));
}

/// Table 122. Flags: symbolic, since the codes follow no standard Latin set.
haru::dict descriptor(haru::pdf_file& file, font_use const& use, font_program const& program,
                      deflater& compress) {
  auto const& of = use.of();
  auto* const out = file.new_dict();
  file.set_name(out, "Type", "FontDescriptor");
  file.set_name(out, "FontName", program.name.c_str());
  file.set_number(out, "Flags", 4);
  auto* const box = file.new_array();
  for (int const each : {-of.units_per_em, -of.descent, 2 * of.units_per_em, of.ascent}) {
    file.push_number(box, in_thousandths(of, each));
  }
  file.set(out, "FontBBox", box);
  file.set_number(out, "ItalicAngle", 0);
  file.set_number(out, "Ascent", in_thousandths(of, of.ascent));
  file.set_number(out, "Descent", -in_thousandths(of, of.descent));
  file.set_number(out, "CapHeight", 700);
  file.set_number(out, "StemV", of.drawn_as == weight::bold ? 140 : 80);
  auto* const font_file = file.new_stream(compress.deflate(program.file));
  if (of.outlines == outline_format::cff) {
    file.set_name(font_file, "Subtype", "CIDFontType0C");
    file.set(out, "FontFile3", font_file);
  } else {
    file.set_number(font_file, "Length1", static_cast<int>(program.file.size()));
    file.set(out, "FontFile2", font_file);
  }
  return out;
}

constexpr int default_width = 1000;
/// libharu refuses longer arrays.
constexpr unsigned run_codes_max = 4'000;

/// 9.7.4.3: runs of consecutive codes as `first [w w …]`; the default width, which most Chinese
/// characters have, is left out.
haru::array widths(haru::pdf_file& file, font_use const& use) {
  auto* const out = file.new_array();
  haru::array run = nullptr;
  int expected = -1;
  unsigned in_run = 0;
  for (auto const code : use.codes()) {
    if (use.width_of(code) == default_width) continue;
    if (run == nullptr || code != expected || in_run == run_codes_max) {
      in_run = 0;
      file.push_number(out, code);
      run = file.new_array();
      file.push(out, run);
    }
    file.push_number(run, use.width_of(code));
    expected = code + 1;
    ++in_run;
  }
  return out;
}

haru::dict cid_font(haru::pdf_file& file, font_use const& use, font_program const& program,
                    deflater& compress) {
  bool const cff = use.of().outlines == outline_format::cff;
  auto* const out = file.new_dict();
  file.set_name(out, "Type", "Font");
  file.set_name(out, "Subtype", cff ? "CIDFontType0" : "CIDFontType2");
  file.set_name(out, "BaseFont", program.name.c_str());
  auto* const system = file.new_direct_dict();
  file.set_bytes(system, "Registry", "Adobe");
  file.set_bytes(system, "Ordering", "Identity");
  file.set_number(system, "Supplement", 0);
  file.set(out, "CIDSystemInfo", system);
  file.set(out, "FontDescriptor", descriptor(file, use, program, compress));
  file.set_number(out, "DW", default_width);
  file.set(out, "W", widths(file, use));
  if (!cff) {
    file.set(out, "CIDToGIDMap", file.new_stream(compress.deflate(program.cid_to_gid)));
  }
  return out;
}

haru::dict type0_font(haru::pdf_file& file, font_use const& use, deflater& compress) {
  auto const program = use.program();
  auto* const out = file.new_dict();
  file.set_name(out, "Type", "Font");
  file.set_name(out, "Subtype", "Type0");
  file.set_name(out, "BaseFont", program.name.c_str());
  file.set_name(out, "Encoding", "Identity-H");
  auto* const descendants = file.new_array();
  file.push(descendants, cid_font(file, use, program, compress));
  file.set(out, "DescendantFonts", descendants);
  file.set(out, "ToUnicode", file.new_stream(compress.deflate(program.to_unicode)));
  return out;
}

}  // namespace

haru::dict add_fonts(haru::pdf_file& file, font_book const& fonts, deflater& compress) {
  auto* const out = file.new_dict();
  auto const uses = fonts.uses();
  for (std::size_t at = 0; at < uses.size(); ++at) {
    auto const name = fmt::format("F{}", at);
    file.set(out, name.c_str(), type0_font(file, *uses[at], compress));
  }
  return out;
}

}  // namespace intake::pdf
