#pragma once
#include "pdf/document.hpp"
#include "pdf/fidelity.hpp"
#include "pdf/paginate.hpp"
#include "pdf/text.hpp"

#include <cstddef>

namespace intake::pdf {

/// What stands around the content of a section's pages: letterhead (first page), patient banner,
/// footer, and the evaluation bar. Set once a section; only the page number differs from page to
/// page.
class furniture {
 public:
  furniture(typesetter& type, fidelity_check& fidelity, document const& copy, section const& of);

  /// Heights of the content areas between banner and footer.
  page_room room() const;
  /// Distance of the content area from the page's top.
  float content_top_pt(std::size_t page) const;
  /// Draws page `page` (from 0) of `pages`, in page coordinates.
  void draw(drawing& into, std::size_t page, std::size_t pages);

 private:
  void set_letterhead(clinic const& from);
  void set_banner(banner const& from);
  void set_banner_entries(banner const& from, float y);
  void set_footer(section const& of);
  void set_evaluation_bar();

  typesetter& type_;
  fidelity_check& fidelity_;
  document const& copy_;
  std::string_view
      name_;  ///< what the banner must read; empty where it is too long to be drawn whole
  drawing letterhead_;
  drawing banner_;
  drawing banner_name_;
  drawing footer_;
  float letterhead_height_ = 0;
  float banner_height_ = 0;
  float footer_height_ = 0;
};

}  // namespace intake::pdf
