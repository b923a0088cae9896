#pragma once
#include <span>
#include <string>
#include <vector>

/// Plots made here, as SVG that stands in a page: numbers and dates only, nothing that was typed. A
/// table with the same numbers stands beside each, for who does not see them.
namespace intake::service {

struct plotted {
  std::string label{};  ///< below the axis: a day
  double value = 0;
};

struct plot_words {
  std::string title{};  ///< what a screen reader says in place of the picture
  double top = 0;       ///< of the scale; 0: the greatest value, rounded up
};

/// "7", "6.3".
std::string plot_number(double);

/// A bar for each value; of many, only some labels are written.
std::string bar_chart(std::span<plotted const>, plot_words const&);

/// Points joined by a line, each with its value beside it.
std::string line_chart(std::span<plotted const>, plot_words const&);

}  // namespace intake::service
