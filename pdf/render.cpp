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

struct resolved_link {
  page_link area;
  anchor_place leads_to;
};

struct finished_page {
  std::string operators;  ///< deflated
  std::vector<bookmark> bookmarks;
  std::vector<resolved_link> links;
};

/// Renders one document; holds what its pages share.
class renderer {
 public:
  renderer(document const& copy, typefaces const& faces)
      : copy_(copy),
        type_(faces, copy.about.language),
        fidelity_(faces),
        fonts_(faces),
        text_(faces, fonts_, fidelity_) {}

  rendered render() {
    for (auto const& each : copy_.sections) add_section(each);
    if (pages_.empty()) add_section({});
    rendered out;
    out.bytes = write();
    out.pages = pages_.size();
    out.defects = fidelity_.defects();
    return out;
  }

 private:
  void add_section(section const& from) {
    furniture around(type_, fidelity_, copy_, from);
    composer compose(type_, fidelity_, copy_.words, pictures_);
    auto pages = paginate(compose.compose(from.blocks), around.room());
    auto const anchors = anchors_of(pages, around);
    auto const first = pages_.size();
    for (std::size_t at = 0; at < pages.size(); ++at) {
      drawing page;
      around.draw(page, at, pages.size());
      page.add(pages[at].content, style::margin_side_pt, around.content_top_pt(at));
      bool const has_own = !from.bookmark.empty();
      for (auto& each : page.bookmarks) each.depth += has_own ? 1 : 0;
      auto links = resolve_links(page, anchors, first);
      if (at == 0 && has_own) {
        page.bookmarks.insert(page.bookmarks.begin(), {from.bookmark, 0, style::margin_top_pt});
      }
      finish(std::move(page), std::move(links));
    }
  }

  anchor_places anchors_of(std::vector<page_content> const& pages, furniture const& around) const {
    anchor_places out;
    for (std::size_t at = 0; at < pages.size(); ++at) {
      for (auto const& each : pages[at].content.bookmarks) {
        if (each.anchor.empty()) continue;
        out.emplace(each.anchor,
                    anchor_place{pages_.size() + at, each.y + around.content_top_pt(at)});
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
      auto const line = type_.set_one(number, style::contents_page, style::contents_page_width_pt);
      page.lines.push_back({line, each.x + each.width - line.width_pt, each.y + 1 + line.ascent_pt,
                            each.row, each.column});
      known.push_back({each, found->second});
    }
    return known;
  }

  void finish(drawing page, std::vector<resolved_link> links) {
    page.sort_lines();
    check_margins(page);
    auto const operators = page_operators(page, text_);
    name_.add(operators);
    pages_.push_back({compress_.deflate(operators), std::move(page.bookmarks), std::move(links)});
  }

  void check_margins(drawing const& page) {
    constexpr float right = style::page_width_pt - style::margin_side_pt + 0.5F;
    constexpr float bottom = style::page_height_pt - style::margin_bottom_pt + 0.5F;
    for (auto const& each : page.lines) {
      bool const inside = each.x + each.line.width_pt <= right &&
                          each.x >= style::margin_side_pt - 0.5F && each.baseline <= bottom;
      if (!inside) fidelity_.misplaced(each.line.watched);
    }
  }

  haru::dict resources(haru::pdf_file& file) {
    auto* const out = file.new_dict();
    file.set(out, "Font", add_fonts(file, fonts_, compress_));
    if (pictures_.empty()) return out;
    auto* const pictures = file.new_dict();
    for (std::size_t at = 0; at < pictures_.size(); ++at) {
      name_.add(pictures_[at]);
      file.set(pictures, fmt::format("P{}", at).c_str(), file.add_jpeg(pictures_[at]));
    }
    file.set(out, "XObject", pictures);
    return out;
  }

  void describe(haru::pdf_file& file) {
    auto const& about = copy_.about;
    auto* const info = file.info();
    file.set_text(info, "Title", to_nfc(about.title));
    file.set_text(info, "Author", to_nfc(about.author));
    file.set_text(info, "Subject", to_nfc(about.subject));
    file.set_text(info, "Creator", u"Intake");
    auto const created = fmt::format("D:{:%Y%m%d%H%M%S}Z", about.created);
    file.set_bytes(info, "CreationDate", created);
    for (auto const& each : {about.title, about.author, about.subject, created}) name_.add(each);
    file.set_bytes(file.catalog(), "Lang", about.language);
    auto* const preferences = file.new_direct_dict();
    file.set_true(preferences, "DisplayDocTitle");
    file.set(file.catalog(), "ViewerPreferences", preferences);
    auto* const id = file.new_array();
    file.push_bytes(id, name_.bytes());
    file.push_bytes(id, name_.bytes());
    file.set(file.trailer(), "ID", id);
  }

  std::string write() {
    haru::pdf_file file;
    auto* const shared = resources(file);
    std::vector<haru::dict> pages;
    for (auto const& each : pages_) {
      pages.push_back(
          file.add_page(style::page_width_pt, style::page_height_pt, each.operators, shared));
    }
    add_outline(file, pages);
    add_links(file, pages);
    describe(file);
    return file.save();
  }

  void add_outline(haru::pdf_file& file, std::vector<haru::dict> const& pages) const {
    std::vector<haru::dict> parents;
    for (std::size_t at = 0; at < pages.size(); ++at) {
      for (auto const& mark : pages_[at].bookmarks) {
        if (mark.title.empty()) continue;
        auto const depth = std::min(static_cast<std::size_t>(mark.depth), parents.size());
        parents.resize(depth);
        auto* const parent = depth == 0 ? nullptr : parents.back();
        parents.push_back(file.add_bookmark(parent, to_nfc(mark.title), pages[at], up(mark.y)));
      }
    }
    if (!parents.empty()) file.set_name(file.catalog(), "PageMode", "UseOutlines");
  }

  void add_links(haru::pdf_file& file, std::vector<haru::dict> const& pages) const {
    for (std::size_t at = 0; at < pages.size(); ++at) {
      for (auto const& [area, to] : pages_[at].links) {
        file.add_link(pages[at], area.x, up(area.y + area.height), area.x + area.width, up(area.y),
                      file.destination(pages[to.page], up(to.y)));
      }
    }
  }

  static float up(float y) { return style::page_height_pt - y; }

  document const& copy_;
  typesetter type_;
  fidelity_check fidelity_;
  font_book fonts_;
  text_stream text_;
  deflater compress_;
  content_name name_;
  std::vector<std::string_view> pictures_;
  std::vector<finished_page> pages_;
};

}  // namespace

rendered render(document const& copy, typefaces const& faces) {
  return renderer(copy, faces).render();
}

}  // namespace intake::pdf
