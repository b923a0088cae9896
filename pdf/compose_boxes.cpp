#include "pdf/compose.hpp"
#include "pdf/jpeg_size.hpp"
#include "pdf/qr.hpp"
#include "pdf/style.hpp"
#include "pdf/symbols.hpp"

#include <algorithm>

namespace intake::pdf {
namespace {

constexpr float signature_width_pt = 220;
constexpr float signature_height_pt = 58;
constexpr float signature_details_max_pt = 180;
constexpr float qr_size_pt = 86;
constexpr float caption_gap_pt = 3;
constexpr float write_line_pt = 22;
constexpr float tick_pt = 10;

box_look look_of(notice_kind kind) {
  bool const loud = kind == notice_kind::alert || kind == notice_kind::refused;
  return {loud ? style::black : style::accent, loud ? 1.6F : style::border_pt, style::tint};
}

/// A dotted or plain line for a pen.
filled_box pen_line(float x, float y, float width) {
  return {x, y, width, style::rule_pt, style::quiet};
}

}  // namespace

std::vector<strip> composer::symbol_and_text(notice_kind kind, std::string_view title,
                                             std::vector<std::string> const& lines) {
  auto const x = 2 * style::box_padding_pt + style::symbol_pt;
  auto const width = style::content_width_pt - x - style::box_padding_pt;
  auto text = type_.set(title, style::notice_title, width);
  for (auto const& each : lines) append(text, type_.set(each, style::notice_line, width));
  column_box const column{x, width, std::move(text)};
  auto strips = row_strips({&column, 1}, {style::box_padding_pt, style::box_padding_pt});
  strips.front().content.add(symbol(kind, style::symbol_pt), style::box_padding_pt,
                             style::box_padding_pt - 1);
  strips.back().height = std::max(strips.back().height, style::symbol_pt);
  return strips;
}

void composer::operator()(notice const& from) {
  push_boxed(symbol_and_text(from.kind, from.title, from.lines), look_of(from.kind),
             style::block_gap_pt);
}

void composer::operator()(consent const& from) {
  (*this)(heading{heading_level::group, from.title, "", in_outline::no});
  for (auto const& each : from.paragraphs) push_text(each, style::body, 4);
  // What was agreed to does not end on another page than what was said to it.
  if (!from.paragraphs.empty()) flow_.strips.back().end = after::keep_with_next;
  if (!from.edition.empty()) {
    push_text(words_.edition + ": " + from.edition, style::body_quiet, 4, after::keep_with_next);
  }
  if (!from.agreement.empty()) {
    push_boxed(symbol_and_text(notice_kind::accepted, from.agreement, {}),
               look_of(notice_kind::accepted), 6);
  }
}

void composer::operator()(signature const& from) {
  auto const right = signature_width_pt + 2 * style::column_gap_pt;
  auto const width = style::content_width_pt - right;
  auto details = type_.set(from.printed_name, style::body_strong, width);
  for (auto const* each : {&from.relation, &from.method, &from.signed_at}) {
    append(details, type_.set(*each, style::body_quiet, width));
  }
  column_box const below{right, width, take_below(details, signature_details_max_pt)};
  column_box const beside{right, width, std::move(details)};
  auto drawn = solid_row({&beside, 1}, {});
  auto const label = type_.set_one(words_.signature, style::fact_label, signature_width_pt);
  drawn.content.paths.push_back(pen_strokes(from, signature_width_pt, signature_height_pt));
  drawn.content.boxes.push_back(pen_line(0, signature_height_pt + 2, signature_width_pt));
  auto const baseline = signature_height_pt + caption_gap_pt + label.ascent_pt;
  drawn.content.lines.push_back({label, 0, baseline});
  drawn.height = std::max(drawn.height, baseline + label.descent_pt);
  // A signature never stands on another page than the last of what it is under.
  if (!flow_.strips.empty() && flow_.strips.back().end == after::may_break) {
    flow_.strips.back().end = after::keep_with_next;
  }
  push({std::move(drawn)}, 10);
  if (!below.lines.empty()) push(row_strips({&below, 1}, {}), 0);
}

void composer::operator()(picture const& from) {
  auto const size = jpeg_size(from.jpeg);
  if (size) {
    auto const scale = std::min({from.width_max_pt / static_cast<float>(size->width),
                                 style::content_width_pt / static_cast<float>(size->width),
                                 style::page_height_pt / 2 / static_cast<float>(size->height)});
    strip drawn;
    drawn.height = static_cast<float>(size->height) * scale;
    drawn.end = after::keep_with_next;
    drawn.content.pictures.push_back(
        {pictures_.size(), 0, 0, static_cast<float>(size->width) * scale, drawn.height});
    pictures_.push_back(from.jpeg);
    push({std::move(drawn)}, style::block_gap_pt, after::keep_with_next);
  }
  push_text(from.caption, style::body_quiet, caption_gap_pt);
}

void composer::operator()(qr_code const& from) {
  auto const x = qr_size_pt + style::column_gap_pt;
  auto const width = style::content_width_pt - x;
  column_box const column{x, width, type_.set(from.caption, style::body_quiet, width)};
  auto drawn = solid_row({&column, 1}, {});
  drawn.content.paths.push_back(qr_path(from.payload, qr_size_pt));
  drawn.height = std::max(drawn.height, qr_size_pt);
  push({std::move(drawn)}, style::block_gap_pt);
}

/// Options stand on one page, below their question; of a long list only its ends are held together,
/// or it would leave the rest of a page empty.
void composer::push_choices(blank_answer const& from) {
  constexpr std::size_t together_max = 12;
  auto const x = 2 * tick_pt;
  auto const width = style::content_width_pt - x;
  bool const open = from.kind == blank_kind::open_choice;
  auto const count = from.options.size() + (open ? 1 : 0);
  for (std::size_t at = 0; at < count; ++at) {
    bool const written = at == from.options.size();
    auto const text = written ? std::string_view{} : std::string_view{from.options[at]};
    column_box const column{x, width, type_.set(text, style::body, width)};
    auto row = row_strips({&column, 1}, {2, 2});
    if (written) {
      row.front().height = write_line_pt;
      row.front().content.boxes.push_back(pen_line(x, write_line_pt - style::rule_pt, width));
    }
    row.front().content.add(tick_box(tick_pt), 2, written ? write_line_pt - tick_pt - 2 : 4);
    bool const held = count <= together_max || at == 0 || at + 2 == count;
    push(std::move(row), 0, held && at + 1 < count ? after::keep_with_next : after::may_break);
  }
}

void composer::operator()(blank_answer const& from) {
  push_text(from.question, style::body_strong, 10, after::keep_with_next);
  push_text(from.question_own_words, style::own_words, 0, after::keep_with_next);
  push_text(from.hint, style::own_words, 0, after::keep_with_next);
  if (from.kind == blank_kind::choice || from.kind == blank_kind::open_choice) {
    return push_choices(from);
  }
  auto const count = from.kind == blank_kind::lines ? 4 : 1;
  auto const height = from.kind == blank_kind::signature ? 2 * write_line_pt : write_line_pt;
  for (int at = 0; at < count; ++at) {
    strip line;
    line.height = height;
    line.content.boxes.push_back(pen_line(0, height - style::rule_pt, style::content_width_pt));
    push({std::move(line)}, 0, at + 1 < count ? after::keep_with_next : after::may_break);
  }
}

}  // namespace intake::pdf
