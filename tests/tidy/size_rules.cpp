#include "tests/tidy/code.hpp"
#include "tests/tidy/rules.hpp"

#include <algorithm>

namespace intake::tidy {
namespace {

constexpr int header_lines_max = 200;
constexpr int source_lines_max = 400;
constexpr int function_lines_max = 70;
constexpr int line_columns_max = 100;
constexpr int header_lines_median_max = 60;
constexpr int function_lines_median_max = 12;

bool is_program(std::string_view path) {
  return is_cxx(path) && !path.starts_with("tests/");
}

int count_lines(file const& file) {
  return static_cast<int>(lines_of(file.text).size());
}

/// Columns as a reader counts them: code points, not bytes.
int columns_of(std::string_view line) {
  return static_cast<int>(std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

int median(std::vector<int> values) {
  if (values.empty()) return 0;
  auto const middle = values.begin() + static_cast<long>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

std::string over(int value, int limit, std::string_view unit) {
  return std::to_string(value) + " " + std::string{unit} + ", " + std::to_string(limit) +
         " at most";
}

}  // namespace

breaches files_stay_short(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (!is_program(file.path)) continue;
    auto const limit = is_header(file.path) ? header_lines_max : source_lines_max;
    auto const lines = count_lines(file);
    if (lines > limit) found.push_back({file.path, 0, over(lines, limit, "lines")});
  }
  return found;
}

breaches functions_stay_short(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (!is_program(file.path)) continue;
    for (auto const& function : functions_of(file.text)) {
      if (function.lines <= function_lines_max) continue;
      found.push_back({file.path, function.first_line,
                       function.name + ": " + over(function.lines, function_lines_max, "lines")});
    }
  }
  return found;
}

breaches lines_stay_short(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (!is_program(file.path)) continue;
    int number = 0;
    for (auto line : lines_of(file.text)) {
      ++number;
      auto const columns = columns_of(line);
      if (columns <= line_columns_max) continue;
      found.push_back({file.path, number, over(columns, line_columns_max, "columns")});
    }
  }
  return found;
}

breaches medians_stay_low(tree const& files) {
  std::vector<int> headers, functions;
  for (auto const& file : files.files) {
    if (!is_program(file.path)) continue;
    if (is_header(file.path)) headers.push_back(count_lines(file));
    for (auto const& function : functions_of(file.text)) functions.push_back(function.lines);
  }
  breaches found;
  if (auto const lines = median(headers); lines > header_lines_median_max) {
    found.push_back({"", 0, "median header: " + over(lines, header_lines_median_max, "lines")});
  }
  if (auto const lines = median(functions); lines > function_lines_median_max) {
    found.push_back({"", 0, "median function: " + over(lines, function_lines_median_max, "lines")});
  }
  return found;
}

}  // namespace intake::tidy
