#include "pdf/render.hpp"

#include "pdf/compose.hpp"
#include "pdf/content.hpp"
#include "pdf/deflate.hpp"
#include "pdf/font_objects.hpp"
#include "pdf/furniture.hpp"
#include "pdf/haru_raw.hpp"
#include "pdf/page_writer.hpp"
#include "pdf/paginate.hpp"
#include "pdf/style.hpp"
#include "pdf/unicode.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace intake::pdf {
namespace {

/// Names the file (ISO 32000-1, 14.4) by its contents, so that the same document has the same name.
/// Not a secret and not a proof: the keyed hash in the audit trail is.
class content_name {
 public:
  void add(std::string_view bytes) {
    for (auto const each : bytes) {
      auto const byte = static_cast<unsigned char>(each);
      first_ = (first_ ^ byte) * prime;
      second_ = (second_ + byte + 1) * prime;
    }
  }
  std::string bytes() const {
    std::string out;
    for (auto const half : {first_, second_}) {
      for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(half >> shift & 0xFF);
    }
    return out;
  }

 private:
  static constexpr std::uint64_t prime = 1099511628211U;  // FNV-1a
  std::uint64_t first_ = 14695981039346656037U;
  std::uint64_t second_ = 1469598103934665603U;
};

/// Where an anchor of a section stands.
struct anchor_place {
  std::size_t page = 0;  ///< in the whole document
  float y = 0;
};
using anchor_places = std::map<std::string, anchor_place, std::less<>>;

}  // namespace

/// What the pages of a document share. A page goes into the file as soon as it is laid out: of a
/// section nothing stays but its deflated pages.
struct press::state {
  /// `kept` null: words are remembered for this document only.
  state(document const& of, typefaces const& faces, form_words* kept)
      : copy(of),
        type(faces, of.about.language, kept != nullptr ? *kept : own_words),
        fidelity(faces),
        fonts(faces),
        text(faces, fonts, fidelity),
        resources(file.new_dict()) {}

  drawn_section add_section(section const& from) {
    furniture around(type, fidelity, copy, from);
    composer compose(type, fidelity, copy.words, pictures);
    auto laid_out = paginate(compose.compose(from.blocks), around.room());
    auto const anchors = anchors_of(laid_out, around);
    auto const first = pages.size();
    bool const has_own = !from.bookmark.empty();
    std::vector<std::vector<bookmark>> bookmarks;
    std::vector<std::vector<resolved_link>> links;
    for (std::size_t at = 0; at < laid_out.size(); ++at) {
      drawing page;
      around.draw(page, at, laid_out.size());
      page.add(laid_out[at].content, style::margin_side_pt, around.content_top_pt(at));
      for (auto& each : page.bookmarks) each.depth += has_own ? 1 : 0;
      links.push_back(resolve_links(page, anchors, first));
      if (at == 0 && has_own) {
        page.bookmarks.insert(page.bookmarks.begin(), {from.bookmark, 0, style::margin_top_pt});
      }
      bookmarks.push_back(std::move(page.bookmarks));
      finish(std::move(page));
    }
    if (copy.sides == printed_on::both && (pages.size() - first) % 2 != 0) finish({});
    for (std::size_t at = 0; at < bookmarks.size(); ++at) {
      add_bookmarks(bookmarks[at], pages[first + at]);
      add_links(links[at], pages[first + at]);
    }
    keep_pictures();
    return {pages.size() - first, take_defects()};
  }

  std::string save() {
    file.set(resources, "Font", add_fonts(file, fonts, compress));
    if (!picture_names.empty()) {
      auto* const named = file.new_dict();
      for (std::size_t at = 0; at < picture_names.size(); ++at) {
        file.set(named, fmt::format("P{}", at).c_str(), picture_names[at]);
      }
      file.set(resources, "XObject", named);
    }
    if (!parents.empty()) file.set_name(file.catalog(), "PageMode", "UseOutlines");
    describe();
    return file.save();
  }

  document const& copy;
  std::vector<haru::dict> pages;

 private:
  struct resolved_link {
    page_link area;
    anchor_place leads_to;
  };

  anchor_places anchors_of(std::vector<page_content> const& laid_out,
                           furniture const& around) const {
    anchor_places out;
    for (std::size_t at = 0; at < laid_out.size(); ++at) {
      for (auto const& each : laid_out[at].content.bookmarks) {
        if (each.anchor.empty()) continue;
        out.emplace(each.anchor,
                    anchor_place{pages.size() + at, each.y + around.content_top_pt(at)});
      }
    }
    return out;
  }

  /// Sets the number of the page that a link leads to at its right edge.
  std::vector<resolved_link> resolve_links(drawing& page, anchor_places const& anchors,
                                           std::size_t first_page) {
    std::vector<resolved_link> known;
    for (auto const& each : page.links) {
      auto const found = anchors.find(each.target);
      if (found == anchors.end()) continue;
      auto const number = std::to_string(found->second.page - first_page + 1);
      auto const line = type.set_one(number, style::contents_page, style::contents_page_width_pt);
      page.lines.push_back({line, each.x + each.width - line.width_pt, each.y + 1 + line.ascent_pt,
                            each.row, each.column});
      known.push_back({each, found->second});
    }
    return known;
  }

  void finish(drawing page) {
    page.sort_lines();
    check_margins(page);
    auto const operators = page_operators(page, text);
    name.add(operators);
    pages.push_back(file.add_page(style::page_width_pt, style::page_height_pt,
                                  compress.deflate(operators), resources));
  }

  void check_margins(drawing const& page) {
    constexpr float right = style::page_width_pt - style::margin_side_pt + 0.5F;
    constexpr float bottom = style::page_height_pt - style::margin_bottom_pt + 0.5F;
    for (auto const& each : page.lines) {
      bool const inside = each.x + each.line.width_pt <= right &&
                          each.x >= style::margin_side_pt - 0.5F && each.baseline <= bottom;
      if (!inside) fidelity.misplaced(each.line.watched);
    }
  }

  /// The section's pictures go into the file before the section itself is gone.
  void keep_pictures() {
    for (auto at = picture_names.size(); at < pictures.size(); ++at) {
      name.add(pictures[at]);
      picture_names.push_back(file.add_jpeg(pictures[at]));
    }
  }

  std::vector<std::string> take_defects() {
    auto out = fidelity.defects();
    fidelity.forget();
    type.forget();
    return out;
  }

  void describe() {
    auto const& about = copy.about;
    auto* const info = file.info();
    file.set_text(info, "Title", to_nfc(about.title));
    file.set_text(info, "Author", to_nfc(about.author));
    file.set_text(info, "Subject", to_nfc(about.subject));
    file.set_text(info, "Creator", u"Intake");
    auto const created = fmt::format("D:{:%Y%m%d%H%M%S}Z", about.created);
    file.set_bytes(info, "CreationDate", created);
    for (auto const& each : {about.title, about.author, about.subject, created}) name.add(each);
    file.set_bytes(file.catalog(), "Lang", about.language);
    auto* const preferences = file.new_direct_dict();
    file.set_true(preferences, "DisplayDocTitle");
    if (copy.sides == printed_on::both) {
      file.set_name(preferences, "Duplex", "DuplexFlipLongEdge");
    }
    file.set(file.catalog(), "ViewerPreferences", preferences);
    auto* const id = file.new_array();
    file.push_bytes(id, name.bytes());
    file.push_bytes(id, name.bytes());
    file.set(file.trailer(), "ID", id);
  }

  void add_bookmarks(std::vector<bookmark> const& marks, haru::dict page) {
    for (auto const& mark : marks) {
      if (mark.title.empty()) continue;
      parents.resize(std::min(static_cast<std::size_t>(mark.depth), parents.size()));
      auto* const parent = parents.empty() ? nullptr : parents.back();
      parents.push_back(file.add_bookmark(parent, to_nfc(mark.title), page, up(mark.y)));
    }
  }

  void add_links(std::vector<resolved_link> const& links, haru::dict page) {
    for (auto const& [area, to] : links) {
      file.add_link(page, area.x, up(area.y + area.height), area.x + area.width, up(area.y),
                    file.destination(pages[to.page], up(to.y)));
    }
  }

  static float up(float y) { return style::page_height_pt - y; }

  form_words own_words;
  typesetter type;
  fidelity_check fidelity;
  font_book fonts;
  text_stream text;
  deflater compress;
  content_name name;
  haru::pdf_file file;
  haru::dict resources;
  std::vector<std::string_view> pictures;  ///< of the section at hand; those before it are empty
  std::vector<haru::dict> picture_names;
  std::vector<haru::dict> parents;
};

press::press(document const& copy, typefaces const& faces)
    : state_(std::make_unique<state>(copy, faces, nullptr)) {}
press::press(document const& copy, typefaces const& faces, form_words& kept)
    : state_(std::make_unique<state>(copy, faces, &kept)) {}
press::~press() = default;

drawn_section press::add(section const& from) {
  return state_->add_section(from);
}

std::string press::finish() {
  if (state_->pages.empty()) state_->add_section({});
  return state_->save();
}

rendered render(document const& copy, typefaces const& faces) {
  form_words kept;
  return render(copy, faces, kept);
}

rendered render(document const& copy, typefaces const& faces, form_words& kept) {
  press drawing(copy, faces, kept);
  rendered out;
  for (auto const& each : copy.sections) {
    auto drawn = drawing.add(each);
    std::move(drawn.defects.begin(), drawn.defects.end(), std::back_inserter(out.defects));
    out.pages += drawn.pages;
  }
  out.bytes = drawing.finish();
  out.pages = std::max<std::size_t>(out.pages, 1);
  return out;
}

}  // namespace intake::pdf
