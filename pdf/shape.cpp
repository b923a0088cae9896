#include "pdf/shape.hpp"

#include "pdf/face.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <hb.h>

namespace intake::pdf {
namespace {

using hb_buffer_ptr = std::unique_ptr<hb_buffer_t, hb_delete<hb_buffer_destroy>>;

/// Longer words are rare enough not to be worth remembering.
constexpr std::size_t remembered_units_max = 24;

struct word_hash {
  using is_transparent = void;
  std::size_t operator()(std::u16string_view word) const {
    return std::hash<std::u16string_view>{}(word);
  }
};
using word_cache =
    std::unordered_map<std::u16string, std::vector<glyph>, word_hash, std::equal_to<>>;

bool is_right_to_left(text_item const& item) {
  return (item.level & 1) != 0;
}

bool is_plain_latin(text_item const& item, std::u16string_view text, typefaces const& faces) {
  if (item.script != HB_SCRIPT_LATIN || is_right_to_left(item)) return false;
  auto const part = text.substr(item.begin, item.end - item.begin);
  return std::all_of(part.begin(), part.end(),
                     [&faces](char16_t unit) { return faces.is_plain(unit); });
}

}  // namespace

struct form_words::state {
  /// By language, then by face.
  std::map<hb_language_t, std::vector<word_cache>> words;
};

form_words::form_words() : state_(std::make_unique<state>()) {}
form_words::~form_words() = default;

std::size_t form_words::size() const {
  std::size_t sum = 0;
  for (auto const& [language, faces] : state_->words) {
    for (auto const& each : faces) sum += each.size();
  }
  return sum;
}

struct shaper::state {
  typefaces const& faces;
  hb_language_t language;
  std::vector<word_cache>& forms_words;
  hb_buffer_ptr buffer{hb_buffer_create()};
  std::vector<word_cache> words;

  void run_harfbuzz(std::u16string_view text, text_item const& item, std::vector<glyph>& out) {
    auto* const to = buffer.get();
    hb_buffer_clear_contents(to);
    hb_buffer_set_direction(to, is_right_to_left(item) ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(to, static_cast<hb_script_t>(item.script));
    hb_buffer_set_language(to, language);
    hb_buffer_set_flags(to, HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    hb_buffer_add_utf16(to, reinterpret_cast<std::uint16_t const*>(text.data()),
                        static_cast<int>(text.size()), item.begin,
                        static_cast<int>(item.end - item.begin));
    hb_shape(faces.all()[item.face].font.get(), to, nullptr, 0);
    unsigned count = 0;
    auto const* infos = hb_buffer_get_glyph_infos(to, &count);
    auto const* positions = hb_buffer_get_glyph_positions(to, &count);
    for (unsigned at = 0; at < count; ++at) {
      bool const unsafe =
          (hb_glyph_info_get_glyph_flags(infos + at) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0;
      out.push_back({infos[at].codepoint, infos[at].cluster, positions[at].x_advance,
                     positions[at].x_offset, positions[at].y_offset, unsafe});
    }
  }

  std::vector<glyph> const& remembered(std::u16string_view word, text_item const& item,
                                       wording whose) {
    auto& of_forms = forms_words[item.face];
    auto found = of_forms.find(word);
    if (found != of_forms.end()) return found->second;
    bool const outlives = whose == wording::of_form && of_forms.size() < form_words::words_max;
    auto& cache = outlives ? of_forms : words[item.face];
    found = cache.find(word);
    if (found == cache.end()) {
      found = cache.emplace(std::u16string(word), std::vector<glyph>{}).first;
      text_item whole = item;
      whole.begin = 0;
      whole.end = static_cast<std::uint32_t>(word.size());
      run_harfbuzz(word, whole, found->second);
    }
    return found->second;
  }

  /// Latin words do not change their shape across a space, so each is shaped once a document.
  void shape_words(std::u16string_view text, text_item const& item, wording whose,
                   std::vector<glyph>& out) {
    for (auto at = item.begin; at < item.end;) {
      auto const space = std::min<std::size_t>(text.find(u' ', at), item.end);
      auto const end = static_cast<std::uint32_t>(space == at ? at + 1 : space);
      auto const word = text.substr(at, end - at);
      if (word.size() > remembered_units_max) {
        text_item alone = item;
        alone.begin = at;
        alone.end = end;
        run_harfbuzz(text, alone, out);
      } else {
        for (auto each : remembered(word, item, whose)) {
          each.cluster += at;
          out.push_back(each);
        }
      }
      at = end;
    }
  }

  void shape_item(shaped_text& out, text_item const& item, wording whose) {
    shaped_item made{item, static_cast<std::uint32_t>(out.glyphs.size()), 0};
    if (is_plain_latin(item, out.text, faces)) {
      shape_words(out.text, item, whose, out.glyphs);
    } else {
      run_harfbuzz(out.text, item, out.glyphs);
    }
    made.glyph_end = static_cast<std::uint32_t>(out.glyphs.size());
    out.items.push_back(made);
  }

  /// Sums advances in logical order; all of a cluster's advance counts at its end.
  void measure(shaped_text& out) const {
    out.edge.assign(out.text.size() + 1, 0.0);
    for (auto const& item : out.items) {
      auto const per_em = static_cast<double>(faces.all()[item.face].units_per_em);
      for (auto at = item.glyph_begin; at < item.glyph_end; ++at) {
        auto const& each = out.glyphs[at];
        out.edge[each.cluster + 1] += static_cast<double>(each.advance) / per_em;
      }
    }
    for (std::size_t at = 1; at < out.edge.size(); ++at) out.edge[at] += out.edge[at - 1];
  }

  shaped_text shape(std::u16string text, std::span<text_item const> items, bool right_to_left,
                    wording whose) {
    shaped_text out;
    out.text = std::move(text);
    out.right_to_left = right_to_left;
    out.items.reserve(items.size());
    out.glyphs.reserve(out.text.size());
    for (auto const& item : items) shape_item(out, item, whose);
    measure(out);
    return out;
  }
};

shaper::shaper(typefaces const& faces, std::string_view language, form_words& kept) {
  auto const tag = hb_language_from_string(language.data(), static_cast<int>(language.size()));
  auto& forms_words = kept.state_->words[tag];
  forms_words.resize(faces.all().size());
  state_.reset(new state{faces, tag, forms_words, hb_buffer_ptr(hb_buffer_create()),
                         std::vector<word_cache>(faces.all().size())});
}

shaper::~shaper() = default;

shaped_text shaper::shape(itemised_text input, wording whose) {
  return state_->shape(std::move(input.text), input.items, input.right_to_left, whose);
}

shaped_text shaper::reshape(shaped_text const& from, std::uint32_t begin, std::uint32_t end) {
  std::vector<text_item> items;
  for (auto const& each : from.items) {
    text_item cut = each;
    cut.begin = std::max(each.begin, begin);
    cut.end = std::min(each.end, end);
    if (cut.begin >= cut.end) continue;
    cut.begin -= begin;
    cut.end -= begin;
    items.push_back(cut);
  }
  return state_->shape(from.text.substr(begin, end - begin), items, from.right_to_left,
                       wording::of_person);
}

glyph_range glyphs_between(shaped_text const& text, shaped_item const& item, std::uint32_t begin,
                           std::uint32_t end) {
  auto const first = text.glyphs.begin() + item.glyph_begin;
  auto const last = text.glyphs.begin() + item.glyph_end;
  bool const reversed = is_right_to_left(item);
  auto const part = [&](std::uint32_t at) {
    return std::partition_point(first, last, [&](glyph const& each) {
      return reversed ? each.cluster >= at : each.cluster < at;
    });
  };
  auto const index = [&](auto at) { return static_cast<std::uint32_t>(at - text.glyphs.begin()); };
  if (reversed) return {index(part(end)), index(part(begin))};
  return {index(part(begin)), index(part(end))};
}

std::size_t item_at(shaped_text const& text, std::uint32_t at) {
  auto const found = std::partition_point(text.items.begin(), text.items.end(),
                                          [at](shaped_item const& each) { return each.end <= at; });
  return static_cast<std::size_t>(found - text.items.begin());
}

bool is_safe_cut(shaped_text const& text, std::uint32_t at) {
  auto const index = item_at(text, at);
  if (index == text.items.size() || text.items[index].begin == at) return true;
  auto const range = glyphs_between(text, text.items[index], at, at + 1);
  return range.begin < range.end && !text.glyphs[range.begin].unsafe_to_break;
}

}  // namespace intake::pdf
