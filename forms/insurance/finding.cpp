#include "forms/insurance/finding.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::forms::insurance {

std::string_view severity_name(severity level) {
  static constexpr std::array<std::string_view, 3> names{"error", "warning", "note"};
  return names[static_cast<std::size_t>(level)];
}

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters;
}

std::string place_of(finding const& one) {
  std::string place = one.file;
  if (one.row > 0) place += fmt::format(", row {}", one.row);
  if (one.column > 0) place += fmt::format(", column {}", column_letters(one.column));
  if (!one.column_name.empty()) place += fmt::format(" ({})", one.column_name);
  return place;
}

bool has_error(findings const& all) {
  return std::any_of(all.begin(), all.end(),
                     [](finding const& one) { return one.level == severity::error; });
}

}  // namespace intake::forms::insurance
