#pragma once
#include "pdf/document.hpp"
#include "pdf/fidelity.hpp"
#include "pdf/row.hpp"
#include "pdf/strip.hpp"
#include "pdf/text.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// Puts the lines of one text below those of another.
void append(std::vector<text_line>& to, std::vector<text_line> more);

/// Turns a section's blocks into strips. What an answer must read on paper goes to the fidelity
/// check from here, straight from the block.
class composer {
 public:
  composer(typesetter& type, fidelity_check& fidelity, page_words const& words,
           std::vector<std::string_view>& pictures)
      : type_(type), fidelity_(fidelity), words_(words), pictures_(pictures) {}

  flow compose(std::span<block const> blocks);

  void operator()(heading const& from);
  void operator()(paragraph const& from);
  void operator()(answer const& from);
  void operator()(table const& from);
  void operator()(notice const& from);
  void operator()(facts const& from);
  void operator()(consent const& from);
  void operator()(signature const& from);
  void operator()(picture const& from);
  void operator()(body_map const& from);
  void operator()(contents const& from);
  void operator()(qr_code const& from);
  void operator()(blank_answer const& from);
  void operator()(page_break const&);

 private:
  using text_lines = std::vector<text_line>;

  /// Adds strips below what stands, the first one after a gap; `last` says whether a page may end
  /// under them.
  void push(std::vector<strip> strips, float gap_before, after last = after::may_break);
  void push_text(std::string_view text, text_style const& style, float gap_before,
                 after last = after::may_break);
  void push_boxed(std::vector<strip> strips, box_look const& look, float gap_before,
                  after last = after::may_break);

  /// Lines whose text is watched where `key` names an answer.
  text_lines watched_lines(std::string_view key, std::string_view text, text_style const& style,
                           float width_pt);
  text_lines state_lines(std::string_view key, answer_state state, float width_pt);
  text_lines answer_lines(answer const& from, float width_pt);
  text_lines cell_lines(cell const& from, float width_pt);
  text_lines fact_lines(fact const& from, float width_pt);
  float height_of(std::span<fact const> from, float width_pt);
  void push_flowing(facts const& from);
  text_lines mark_lines(body_mark const& from, float width_pt);
  std::vector<column_box> columns_of_facts(std::span<fact const> from, float x, float width,
                                           std::size_t count);
  void push_stacked(answer const& from);
  void push_choices(blank_answer const& from);
  std::vector<column_box> table_columns(table const& from) const;
  int push_table_header(std::span<column_box const> columns);
  std::vector<strip> symbol_and_text(notice_kind kind, std::string_view title,
                                     std::vector<std::string> const& lines);

  typesetter& type_;
  fidelity_check& fidelity_;
  page_words const& words_;
  std::vector<std::string_view>& pictures_;  ///< JPEGs, as placed_picture::picture counts them
  flow flow_;
  std::uint32_t row_ = 0;
};

}  // namespace intake::pdf
