#include "pdf/text.hpp"

#include "pdf/face.hpp"
#include "pdf/unicode.hpp"

#include <algorithm>
#include <span>

namespace intake::pdf {
namespace {

std::span<glyph const> glyphs_of(shaped_text const& text, glyph_range range) {
  return std::span(text.glyphs).subspan(range.begin, range.end - range.begin);
}

/// Marks that are raised or lowered may stand in stacks, higher than the face says of its letters.
void make_room(text_line& line, std::span<glyph const> glyphs, face const& with) {
  auto const scale = line.size_pt / static_cast<float>(with.units_per_em);
  for (auto const& each : glyphs) {
    hb_glyph_extents_t ink{};
    bool const moved = each.y_offset != 0;
    if (!moved || hb_font_get_glyph_extents(with.font.get(), each.id, &ink) == 0) continue;
    auto const top = each.y_offset + ink.y_bearing;
    line.ascent_pt = std::max(line.ascent_pt, static_cast<float>(top) * scale);
    line.descent_pt = std::max(line.descent_pt, -static_cast<float>(top + ink.height) * scale);
  }
}

bool is_blank(std::u16string_view line) {
  return std::all_of(line.begin(), line.end(), [](char16_t unit) { return unit <= u' '; });
}

}  // namespace

std::u16string shown_text(text_line const& line) {
  std::u16string_view const whole = line.text->text;
  std::u16string out;
  for (auto const each : shown_characters(whole.substr(line.begin, line.end - line.begin))) {
    out += each;
  }
  return out;
}

typesetter::typesetter(typefaces const& faces, std::string_view language, form_words& kept)
    : faces_(faces), shaper_(faces, language, kept) {}

shaped_text const* typesetter::keep(shaped_text text) {
  return &kept_.emplace_back(std::move(text));
}

text_line typesetter::line_of(shaped_text const* text, line_cut cut,
                              text_style const& style) const {
  auto const all = faces_.all();
  text_line line{text, cut.begin, cut.end};
  line.size_pt = style.size_pt;
  line.colour = style.colour;
  line.width_pt = static_cast<float>(text->width_em(cut.begin, cut.end)) * style.size_pt;
  auto const stretch = [&](face const& with) {
    auto const scale = style.size_pt / static_cast<float>(with.units_per_em);
    line.ascent_pt = std::max(line.ascent_pt, static_cast<float>(with.ascent) * scale);
    line.descent_pt = std::max(line.descent_pt, static_cast<float>(with.descent) * scale);
  };
  stretch(all[faces_.preference(style.drawn_as).front()]);
  for (auto at = item_at(*text, cut.begin); at < text->items.size(); ++at) {
    auto const& item = text->items[at];
    if (item.begin >= cut.end) break;
    stretch(all[item.face]);
    make_room(line, glyphs_of(*text, glyphs_between(*text, item, cut.begin, cut.end)),
              all[item.face]);
  }
  return line;
}

/// Where the cut runs through joined letters the line is shaped again and may come out wider: then
/// it gives up a unit at a time, which the next line takes over.
text_line typesetter::fit(shaped_text const& text, line_cut& cut, text_style const& style,
                          float width_pt) {
  while (true) {
    auto const* alone = keep(shaper_.reshape(text, cut.begin, cut.end));
    auto const line = line_of(alone, {0, cut.end - cut.begin}, style);
    if (line.width_pt <= width_pt || cut.end - cut.begin <= 1) return line;
    do {
      --cut.end;
    } while (cut.end > cut.begin + 1 && (text.text[cut.end] & 0xFC00) == 0xDC00);
  }
}

void typesetter::set_paragraph(std::u16string_view part, text_style const& style, float width_pt,
                               std::vector<text_line>& out) {
  auto const* text =
      keep(shaper_.shape(itemise(part, style.drawn_as, style.base, faces_), style.whose));
  auto const width_em = static_cast<double>(width_pt) / static_cast<double>(style.size_pt);
  for (auto const cut : breaker_.lines(*text, width_em)) {
    if (is_safe_cut(*text, cut.begin) && is_safe_cut(*text, cut.end)) {
      out.push_back(line_of(text, cut, style));
      continue;
    }
    for (auto rest = cut; rest.begin < cut.end; rest = {rest.end, cut.end}) {
      out.push_back(fit(*text, rest, style, width_pt));
    }
  }
}

std::vector<text_line> typesetter::set(std::string_view utf8, text_style const& style,
                                       float width_pt, watch_id watched) {
  std::vector<text_line> out;
  auto const text = to_nfc(utf8);
  bool after_blank = true;
  for (auto const part : hard_lines(text)) {
    if (is_blank(part) && after_blank) continue;
    after_blank = is_blank(part);
    set_paragraph(part, style, width_pt, out);
  }
  while (!out.empty() && out.back().begin == out.back().end) out.pop_back();
  for (auto& line : out) line.watched = watched;
  return out;
}

text_line typesetter::set_one(std::string_view utf8, text_style const& style, float width_pt) {
  auto const text = to_nfc(utf8);
  auto const first = hard_lines(text).front();
  auto const* whole =
      keep(shaper_.shape(itemise(first, style.drawn_as, style.base, faces_), style.whose));
  auto const em = static_cast<double>(style.size_pt);
  auto const cut = breaker_.lines(*whole, static_cast<double>(width_pt) / em).front();
  if (cut.end == whole->text.size()) return line_of(whole, cut, style);
  auto const room = static_cast<double>(width_pt) / em - 1.0;
  auto const shorter = breaker_.lines(*whole, room).front();
  auto const shown = whole->text.substr(shorter.begin, shorter.end - shorter.begin) + u'\u2026';
  auto const* ended =
      keep(shaper_.shape(itemise(shown, style.drawn_as, style.base, faces_), style.whose));
  return line_of(ended, {0, static_cast<std::uint32_t>(ended->text.size())}, style);
}

}  // namespace intake::pdf
