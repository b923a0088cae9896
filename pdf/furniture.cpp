#include "pdf/furniture.hpp"

#include "pdf/style.hpp"

#include <algorithm>

#include <fmt/args.h>
#include <fmt/format.h>

namespace intake::pdf {
namespace {

constexpr std::size_t letterhead_lines_max = 4;
constexpr std::size_t name_lines_max = 2;
constexpr float page_number_width_pt = 110;
constexpr float banner_padding_pt = 6;
constexpr float letterhead_gap_pt = 9;
constexpr float content_gap_pt = 10;
constexpr float footer_gap_pt = 8;
constexpr float bar_height_pt = 15;
constexpr float entry_gap_pt = 14;

/// Puts a line below `y` and gives where it ends.
float put(drawing& into, text_line const& line, float x, float y) {
  into.lines.push_back({line, x, y + line.ascent_pt});
  return y + line.height_pt();
}

std::string replaced(std::string text, std::string_view what, std::size_t number) {
  if (auto const at = text.find(what); at != std::string::npos) {
    text.replace(at, what.size(), std::to_string(number));
  }
  return text;
}

}  // namespace

furniture::furniture(typesetter& type, fidelity_check& fidelity, document const& copy,
                     section const& of)
    : type_(type), fidelity_(fidelity), copy_(copy) {
  set_letterhead(of.letterhead);
  set_banner(of.patient);
  set_footer(of);
}

void furniture::set_letterhead(clinic const& from) {
  constexpr float half = style::content_width_pt / 2;
  float left = 0;
  for (auto const& line : type_.set(from.name, style::letterhead, half)) {
    left = put(letterhead_, line, 0, left);
  }
  float right = 0;
  for (std::size_t at = 0; at < std::min(from.lines.size(), letterhead_lines_max); ++at) {
    auto const line = type_.set_one(from.lines[at], style::letterhead_line, half - entry_gap_pt);
    right = put(letterhead_, line, style::content_width_pt - line.width_pt, right);
  }
  letterhead_height_ = std::max(left, right);
  if (letterhead_height_ > 0) letterhead_height_ += letterhead_gap_pt;
}

void furniture::set_banner(banner const& from) {
  constexpr float width = style::content_width_pt - 2 * banner_padding_pt - page_number_width_pt;
  auto lines = type_.set(from.name, style::banner_name, width);
  if (lines.size() > name_lines_max) {
    lines = {type_.set_one(from.name, style::banner_name, width)};
  } else {
    name_ = from.name;
  }
  auto y = banner_padding_pt - 1;
  for (auto const& line : lines) y = put(banner_name_, line, banner_padding_pt, y);
  set_banner_entries(from, y + 1);
  banner_.boxes = {
      {0, 0, style::content_width_pt, banner_height_, style::accent},
      {style::border_pt, style::border_pt, style::content_width_pt - 2 * style::border_pt,
       banner_height_ - 2 * style::border_pt, style::tint}};
}

void furniture::set_banner_entries(banner const& from, float y) {
  std::vector<fact> entries = from.entries;
  if (!from.born.empty()) entries.insert(entries.begin(), {copy_.words.born, from.born});
  constexpr float full = style::content_width_pt - banner_padding_pt;
  // Without a name the page's number stands beside the first row.
  float right = banner_name_.lines.empty() ? full - page_number_width_pt : full;
  auto const room = right - banner_padding_pt;
  float x = banner_padding_pt;
  float row_height = 0;
  for (auto const& entry : entries) {
    auto const label = type_.set_one(entry.label, style::banner_label, room / 3);
    auto const value =
        type_.set_one(entry.value, style::banner_value, room - room / 3 - style::label_gap_pt);
    auto const width = label.width_pt + style::label_gap_pt + value.width_pt;
    if (x > banner_padding_pt && x + width > right) {
      x = banner_padding_pt;
      y += row_height;
      right = full;
    }
    put(banner_, label, x, y);
    put(banner_, value, x + label.width_pt + style::label_gap_pt, y);
    row_height = std::max(label.height_pt(), value.height_pt()) + 1;
    x += width + entry_gap_pt;
  }
  banner_height_ = y + row_height + banner_padding_pt - 1;
}

void furniture::set_footer(section const& of) {
  constexpr float half = style::content_width_pt / 2 - entry_gap_pt;
  footer_.boxes.push_back({0, 0, style::content_width_pt, style::rule_pt, style::hairline});
  auto const left = type_.set_one(of.footer, style::footer, half);
  auto const right = type_.set_one(of.letterhead.name, style::footer, half);
  footer_height_ = put(footer_, left, 0, 3);
  put(footer_, right, style::content_width_pt - right.width_pt, 3);
  if (copy_.purpose == standing::evaluation) set_evaluation_bar();
  for (auto& each : footer_.lines) each.row = UINT32_MAX;
}

void furniture::set_evaluation_bar() {
  constexpr float width = style::content_width_pt;
  auto const top = footer_height_ + 3;
  auto const line = type_.set_one(copy_.words.evaluation, style::evaluation, width);
  footer_.boxes.push_back({0, top, width, bar_height_pt, style::black});
  footer_.boxes.push_back({1, top + 1, width - 2, bar_height_pt - 2, style::white});
  auto const y = top + (bar_height_pt - line.height_pt()) / 2;
  put(footer_, line, (width - line.width_pt) / 2, y);
  footer_height_ = top + bar_height_pt;
}

float furniture::content_top_pt(std::size_t page) const {
  auto const letterhead = page == 0 ? letterhead_height_ : 0;
  return style::margin_top_pt + letterhead + banner_height_ + content_gap_pt;
}

page_room furniture::room() const {
  auto const bottom =
      style::page_height_pt - style::margin_bottom_pt - footer_height_ - footer_gap_pt;
  return {bottom - content_top_pt(0), bottom - content_top_pt(1)};
}

void furniture::draw(drawing& into, std::size_t page, std::size_t pages) {
  constexpr float x = style::margin_side_pt;
  float y = style::margin_top_pt;
  if (page == 0) {
    into.add(letterhead_, x, y);
    y += letterhead_height_;
  }
  auto name = banner_name_;
  auto const watched = name_.empty() ? unwatched : fidelity_.watch("banner", name_);
  for (auto& each : name.lines) each.line.watched = watched;
  into.add(banner_, x, y);
  into.add(name, x, y);

  auto const text = replaced(replaced(copy_.words.page_of, "{page}", page + 1), "{pages}", pages);
  auto number = type_.set_one(text, style::banner_value, page_number_width_pt);
  number.watched = fidelity_.watch("pages", text);
  put(into, number, x + style::content_width_pt - banner_padding_pt - number.width_pt,
      y + banner_padding_pt);
  into.add(footer_, x, style::page_height_pt - style::margin_bottom_pt - footer_height_);
}

}  // namespace intake::pdf
