#include "service/desk/record_summary.hpp"

#include "pdf/body_regions.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr float figures_apart = 12;

float tenth(float value) {
  return std::round(value * 10) / 10;
}

/// 0.25 to 1: a place without a number is marked too.
double shade_of(std::string const& strength) {
  int number = 5;
  std::from_chars(strength.data(), strength.data() + strength.size(), number);
  return 0.25 + 0.075 * std::clamp(number, 0, 10);
}

pdf::body_mark const* mark_of(pdf::body_map const& map, std::string_view region) {
  auto const found = std::ranges::find_if(map.marks, [&](pdf::body_mark const& each) {
    return each.region == region || each.region == "everywhere";
  });
  return found == map.marks.end() ? nullptr : &*found;
}

/// Only numbers and the program's own outlines: nothing that was typed gets into it.
void draw_side(std::string& svg, pdf::body_map const& map, pdf::body_side side, float left) {
  auto const out = std::back_inserter(svg);
  fmt::format_to(out, "<g transform=\"translate({} 0)\">", left);
  for (auto const& region : pdf::body_regions(side)) {
    auto const* const mark = mark_of(map, region.code);
    svg += R"(<path stroke="#505a5f" stroke-width="0.6" )";
    if (mark == nullptr) {
      svg += R"(fill="#ffffff" d=")";
    } else {
      fmt::format_to(out, R"(fill="#b3003b" fill-opacity="{:.2f}" d=")", shade_of(mark->strength));
    }
    char step = 'M';
    for (auto const& point : region.line) {
      fmt::format_to(out, "{}{} {}", std::exchange(step, 'L'), tenth(point.x), tenth(point.y));
    }
    svg += "Z\"/>";
  }
  svg += "</g>";
}

std::string draw(pdf::body_map const& map) {
  auto svg = fmt::format(
      R"(<svg class="intake-body" viewBox="0 0 {} {}" role="img" aria-label="Front and back">)",
      2 * pdf::body_width + figures_apart, pdf::body_height);
  draw_side(svg, map, pdf::body_side::front, 0);
  draw_side(svg, map, pdf::body_side::back, pdf::body_width + figures_apart);
  return svg + "</svg>";
}

struct block_writer {
  page_model& model;
  bool done = false;

  void operator()(pdf::notice const& from) {
    bool const alerts = from.kind == pdf::notice_kind::alert;
    auto& shown = model.add("BLOCK").add(alerts ? "ALERTS" : "NOTICE").set("NAME", from.title);
    for (auto const& line : from.lines) shown.add("LINE").set("TEXT", line);
  }
  void operator()(pdf::facts const& from) { add_facts(model.add("BLOCK"), from.entries); }
  void operator()(pdf::table const& from) {
    // On paper the columns say what it is; a table on a page has a name.
    auto& shown = model.add("BLOCK").add("TABLE");
    shown.set("CAPTION", from.caption.empty() ? "Insurance" : from.caption);
    for (auto const& column : from.columns) shown.add("COLUMN").set("NAME", column.title);
    for (auto const& row : from.rows) {
      auto& cells = shown.add("ROW");
      for (auto const& cell : row) cells.add("CELL").set("TEXT", cell.text);
    }
  }
  void operator()(pdf::body_map const& from) {
    add_facts(model.add("BLOCK"), from.beside);
    auto& shown = model.add("BLOCK").add("BODY").set("NAME", from.title).set("SVG", draw(from));
    for (auto const& mark : from.marks) {
      auto text = mark.label;
      if (!mark.strength.empty()) text += fmt::format(", {} of 10", mark.strength);
      shown.add("MARK").set("TEXT", text);
    }
  }
  /// The summary's own heading is the page's; the next section is the first form.
  void operator()(pdf::heading const& from) {
    done = from.level == pdf::heading_level::section && from.anchor != "summary";
  }
  template <class Other>
  void operator()(Other const&) {}

 private:
  static void add_facts(page_model& block, std::vector<pdf::fact> const& facts) {
    if (facts.empty()) return;
    auto& shown = block.add("FACTS");
    for (auto const& each : facts) {
      shown.add("FACT").set("NAME", each.label).set("VALUE", each.value);
    }
  }
};

/// Of a single form the summary ends where its own questions begin.
bool begins_forms(pdf::block const& block) {
  return std::holds_alternative<pdf::answer>(block) || std::holds_alternative<pdf::consent>(block);
}

}  // namespace

void add_record_summary(page_model& model, pdf::document const& copy) {
  block_writer write{model};
  for (auto const& block : copy.sections.front().blocks) {
    if (begins_forms(block)) return;
    std::visit(write, block);
    if (write.done) return;
  }
}

}  // namespace intake::service::desk
