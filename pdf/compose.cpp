#include "pdf/compose.hpp"

#include "pdf/style.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace intake::pdf {
namespace {

struct heading_look {
  text_style style;
  float gap_before;
  float rule_pt;
  int depth;
};

heading_look look_of(heading_level level) {
  switch (level) {
    case heading_level::title:
      return {style::title, 18, 0, 0};
    case heading_level::section:
      return {style::section, 16, style::border_pt, 1};
    case heading_level::group:
      break;
  }
  return {style::group, 12, 0, 2};
}

text_style const& style_of(tone voice) {
  switch (voice) {
    case tone::quiet:
      return style::body_quiet;
    case tone::strong:
      return style::body_strong;
    case tone::body:
      break;
  }
  return style::body;
}

}  // namespace

void append(std::vector<text_line>& to, std::vector<text_line> more) {
  to.insert(to.end(), more.begin(), more.end());
}

flow composer::compose(std::span<block const> blocks) {
  for (auto const& each : blocks) std::visit(*this, each);
  return std::move(flow_);
}

void composer::push(std::vector<strip> strips, float gap_before, after last) {
  if (strips.empty()) return;
  strips.front().gap_before = gap_before;
  strips.back().end = last;
  ++row_;
  for (auto& each : strips) {
    for (auto& line : each.content.lines) line.row = row_;
    for (auto& link : each.content.links) link.row = row_;
  }
  std::move(strips.begin(), strips.end(), std::back_inserter(flow_.strips));
}

void composer::push_text(std::string_view text, text_style const& style, float gap_before,
                         after last) {
  push(line_strips(type_.set(text, style, style::content_width_pt), 0, style::content_width_pt),
       gap_before, last);
}

void composer::push_boxed(std::vector<strip> strips, box_look const& look, float gap_before,
                          after last) {
  frame(strips, look);
  push(std::move(strips), gap_before, last);
}

void composer::operator()(heading const& from) {
  auto const look = look_of(from.level);
  auto lines = type_.set(from.text, look.style, style::content_width_pt);
  append(lines, type_.set(from.own_words, style::heading_own_words, style::content_width_pt));
  if (lines.empty()) return;
  column_box const column{0, style::content_width_pt, std::move(lines)};
  auto strips =
      row_strips({&column, 1}, {0, look.rule_pt > 0 ? 2.0F : 0, look.rule_pt, style::accent});
  if (from.bookmark == in_outline::yes || !from.anchor.empty()) {
    auto const title = from.bookmark == in_outline::yes ? from.text : std::string();
    strips.front().content.bookmarks.push_back({title, look.depth, 0, from.anchor});
  }
  for (auto& each : strips) each.end = after::keep_with_next;
  push(std::move(strips), look.gap_before, after::keep_with_next);
}

void composer::operator()(paragraph const& from) {
  push_text(from.text, style_of(from.voice), style::block_gap_pt,
            from.introduces ? after::keep_with_next : after::may_break);
}

composer::text_lines composer::watched_lines(std::string_view key, std::string_view text,
                                             text_style const& style, float width_pt) {
  if (key.empty() || text.empty()) return type_.set(text, style, width_pt);
  return type_.set(text, style, width_pt, fidelity_.watch(key, text));
}

composer::text_lines composer::state_lines(std::string_view key, answer_state state,
                                           float width_pt) {
  bool const skipped = state == answer_state::not_answered;
  auto const& words = skipped ? words_.not_answered : words_.not_told;
  return watched_lines(key, words, skipped ? style::no_answer : style::not_told, width_pt);
}

composer::text_lines composer::answer_lines(answer const& from, float width_pt) {
  if (from.state != answer_state::given) return state_lines(from.key, from.state, width_pt);
  auto const& look = from.voice == tone::strong ? style::answer_strong : style::answer;
  auto lines = watched_lines(from.key, from.value, look, width_pt);
  append(lines, watched_lines(from.key, from.value_own_words, style::answer_own_words, width_pt));
  return lines;
}

/// A long answer takes the whole width below its question.
void composer::push_stacked(answer const& from) {
  auto question = type_.set(from.question, style::question, style::content_width_pt);
  append(question, type_.set(from.question_own_words, style::own_words, style::content_width_pt));
  auto strips = line_strips(std::move(question), 0, style::content_width_pt);
  for (auto& each : strips) each.end = after::keep_with_next;
  push(std::move(strips), style::row_padding_pt, after::keep_with_next);
  column_box const column{0, style::content_width_pt, answer_lines(from, style::content_width_pt)};
  push(row_strips({&column, 1}, {2, style::row_padding_pt, style::rule_pt, style::hairline}), 0);
}

void composer::operator()(answer const& from) {
  if (from.state == answer_state::given && from.value.size() > style::long_answer_bytes) {
    return push_stacked(from);
  }
  auto const left = style::content_width_pt * style::question_share;
  auto const right = left + style::column_gap_pt;
  std::array columns{column_box{0, left, type_.set(from.question, style::question, left)},
                     column_box{right, style::content_width_pt - right, {}}};
  append(columns[0].lines, type_.set(from.question_own_words, style::own_words, left));
  columns[1].lines = answer_lines(from, columns[1].width);
  push(row_strips(columns,
                  {style::row_padding_pt, style::row_padding_pt, style::rule_pt, style::hairline}),
       0);
}

std::vector<column_box> composer::table_columns(table const& from) const {
  auto const gaps = style::column_gap_pt * static_cast<float>(from.columns.size() - 1);
  auto const shares =
      std::accumulate(from.columns.begin(), from.columns.end(), 0.0F,
                      [](float sum, column const& each) { return sum + each.share; });
  std::vector<column_box> out;
  float x = 0;
  for (auto const& each : from.columns) {
    auto const width = (style::content_width_pt - gaps) * each.share / shares;
    out.push_back({x, width, {}});
    x += width + style::column_gap_pt;
  }
  return out;
}

composer::text_lines composer::cell_lines(cell const& from, float width_pt) {
  if (from.state != answer_state::given) return state_lines(from.key, from.state, width_pt);
  auto lines = watched_lines(from.key, from.text, style::table_cell, width_pt);
  append(lines, watched_lines(from.key, from.own_words, style::answer_own_words, width_pt));
  return lines;
}

/// Gives which of the flow's headers the rows repeat: none where it would leave too little of a
/// page for them. Such a header may itself go over the page.
int composer::push_table_header(std::span<column_box const> columns) {
  row_look const look{style::row_padding_pt, style::row_padding_pt, style::border_pt, style::quiet};
  auto header = solid_row(columns, look);
  if (header.height > style::repeated_header_max_pt) {
    push(row_strips(columns, look), 6, after::keep_with_next);
    return -1;
  }
  header.end = after::keep_with_next;
  flow_.headers.push_back(header);
  push({std::move(header)}, 6, after::keep_with_next);
  return static_cast<int>(flow_.headers.size()) - 1;
}

void composer::operator()(table const& from) {
  if (from.columns.empty()) return;
  if (!from.caption.empty()) {
    push_text(from.caption, style::group, 12, after::keep_with_next);
  }
  auto columns = table_columns(from);
  for (std::size_t at = 0; at < columns.size(); ++at) {
    auto const& titled = from.columns[at];
    columns[at].lines = type_.set(titled.title, style::table_header, columns[at].width);
    append(columns[at].lines, type_.set(titled.own_words, style::own_words, columns[at].width));
  }
  auto const header = push_table_header(columns);
  row_look const look{style::row_padding_pt, style::row_padding_pt, style::rule_pt, style::hairline,
                      header};
  for (auto const& row : from.rows) {
    for (std::size_t at = 0; at < columns.size(); ++at) {
      columns[at].lines = at < row.size() ? cell_lines(row[at], columns[at].width) : text_lines{};
    }
    push(row_strips(columns, look), 0);
  }
}

composer::text_lines composer::fact_lines(fact const& from, float width_pt) {
  auto lines = type_.set(from.label, style::fact_label, width_pt);
  append(lines, watched_lines(from.key, from.value, style::fact_value, width_pt));
  return lines;
}

std::vector<column_box> composer::columns_of_facts(std::span<fact const> from, float x, float width,
                                                   std::size_t count) {
  auto const gaps = style::column_gap_pt * static_cast<float>(count - 1);
  auto const each_width = (width - gaps) / static_cast<float>(count);
  std::vector<column_box> columns;
  for (std::size_t at = 0; at < count; ++at) {
    columns.push_back({x, each_width, {}});
    x += each_width + style::column_gap_pt;
    if (at < from.size()) columns.back().lines = fact_lines(from[at], each_width);
  }
  return columns;
}

/// Each beside the one before where the line has room; what is longer than a line begins one.
void composer::push_flowing(facts const& from) {
  float gap = style::block_gap_pt;
  float x = 0;
  std::vector<column_box> row;
  auto const end_row = [&] {
    if (!row.empty()) push(row_strips(row, {0, 1.5F}), std::exchange(gap, 0.0F));
    row.clear();
    x = 0;
  };
  for (auto const& each : from.entries) {
    auto const label = type_.set_one(each.label, style::flowing_label, style::content_width_pt / 3);
    auto const indent = label.width_pt + style::label_gap_pt;
    auto value =
        watched_lines(each.key, each.value, style::flowing_value, style::content_width_pt - indent);
    bool const one_line = value.size() == 1;
    auto const width = one_line ? indent + value.front().width_pt : style::content_width_pt;
    if (x + width > style::content_width_pt) end_row();
    row.push_back({x, label.width_pt, {label}});
    row.push_back({x + indent, width - indent, std::move(value)});
    x += width + style::flowing_gap_pt;
    if (!one_line) end_row();
  }
  end_row();
}

void composer::operator()(facts const& from) {
  if (from.layout == facts_layout::flowing) return push_flowing(from);
  std::size_t const count = std::clamp(from.columns, 1U, 4U);
  float gap = style::block_gap_pt;
  for (std::size_t at = 0; at < from.entries.size(); at += count) {
    auto const row = std::span(from.entries).subspan(at, std::min(count, from.entries.size() - at));
    push(row_strips(columns_of_facts(row, 0, style::content_width_pt, count),
                    {1, style::row_padding_pt}),
         gap);
    gap = 0;
  }
}

void composer::operator()(page_break const&) {
  if (!flow_.strips.empty()) flow_.strips.back().end = after::new_page;
}

}  // namespace intake::pdf
