#include "service/pages/chart.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr double width = 640;
constexpr double height = 200;
constexpr double left = 50;
constexpr double bottom = 170;
constexpr double ceiling = 20;
constexpr std::size_t labels_max = 5;

/// Angle brackets and quotes have no business in a label of ours, so they are left out.
std::string plain(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (std::string_view("<>&\"'").find(c) == std::string_view::npos) out += c;
  }
  return out;
}

/// 1, 2 or 5 times a power of ten, not below the value.
double rounded_up(double value) {
  if (value <= 1) return 1;
  auto const power = std::pow(10, std::floor(std::log10(value)));
  for (double const step : {1.0, 2.0, 5.0}) {
    if (value <= step * power) return step * power;
  }
  return 10 * power;
}

double largest(std::span<plotted const> values) {
  double most = 0;
  for (auto const& each : values) most = std::max(most, each.value);
  return most;
}

class drawing {
 public:
  drawing(std::span<plotted const> values, plot_words const& words)
      : values_(values), top_(words.top == 0 ? rounded_up(largest(values)) : words.top) {
    text_ =
        fmt::format(R"(<svg class="intake-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">)",
                    width, height, plain(words.title));
    scale();
  }

  double x_of(std::size_t at) const { return left + slot() * (static_cast<double>(at) + 0.5); }
  double y_of(double value) const {
    return bottom - (bottom - ceiling) * std::clamp(value / top_, 0.0, 1.0);
  }
  double slot() const {
    return (width - left - 10) / static_cast<double>(std::max<std::size_t>(values_.size(), 1));
  }

  void labels() {
    auto const step = std::max<std::size_t>((values_.size() + labels_max - 1) / labels_max, 1);
    for (std::size_t at = 0; at < values_.size(); at += step) {
      say(x_of(at), bottom + 22, "middle", plain(values_[at].label));
    }
  }

  void say(double x, double y, std::string_view anchor, std::string_view what) {
    add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="20">{}</text>)", x, y, anchor,
        what);
  }

  template <typename... Values>
  void add(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Values>(values)...);
  }

  std::string finish() { return std::move(text_) + "</svg>"; }

 private:
  void scale() {
    for (double const share : {0.0, 0.5, 1.0}) {
      auto const y = y_of(share * top_);
      add(R"(<path d="M{} {:.1f}H{}" stroke="#b1b4b6" stroke-width="1"/>)", left, y, width - 10);
      say(left - 6, y + 7, "end", plot_number(share * top_));
    }
  }

  std::span<plotted const> values_;
  double top_;
  std::string text_;
};

}  // namespace

std::string plot_number(double value) {
  return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
}

std::string bar_chart(std::span<plotted const> values, plot_words const& words) {
  drawing made(values, words);
  auto const bar = made.slot() * 0.7;
  for (std::size_t at = 0; at < values.size(); ++at) {
    auto const y = made.y_of(values[at].value);
    made.add(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="#0b5a5a"/>)",
             made.x_of(at) - bar / 2, y, bar, std::max(bottom - y, 0.0));
  }
  made.labels();
  return made.finish();
}

std::string line_chart(std::span<plotted const> values, plot_words const& words) {
  drawing made(values, words);
  std::string line;
  for (std::size_t at = 0; at < values.size(); ++at) {
    fmt::format_to(std::back_inserter(line), "{}{:.1f} {:.1f}", at == 0 ? "M" : "L", made.x_of(at),
                   made.y_of(values[at].value));
  }
  made.add(R"(<path d="{}" fill="none" stroke="#0b5a5a" stroke-width="2"/>)", line);
  for (std::size_t at = 0; at < values.size(); ++at) {
    auto const y = made.y_of(values[at].value);
    made.add(R"(<circle cx="{:.1f}" cy="{:.1f}" r="4" fill="#0b5a5a"/>)", made.x_of(at), y);
    made.say(made.x_of(at), y - 8, "middle", plot_number(values[at].value));
  }
  made.labels();
  return made.finish();
}

}  // namespace intake::service
