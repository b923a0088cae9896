#include "tests/forms/packet_files.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

namespace intake::tests {
namespace {

std::filesystem::path const top{INTAKE_SOURCE};

forms::library load_packet() {
  auto const files = json_files("forms/packet");
  std::vector<std::string> texts;
  for (auto const& file : files) texts.push_back(source_text(file));
  std::vector<forms::named_text> named;
  for (std::size_t i = 0; i < files.size(); ++i) named.push_back({files[i], texts[i]});
  return forms::load_library(named).value();
}

std::string iso(std::chrono::sys_days day) {
  std::chrono::year_month_day const date{day};
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()});
}

}  // namespace

std::string source_text(std::string_view path) {
  std::ifstream file{top / path, std::ios::binary};
  if (!file) throw std::runtime_error{fmt::format("{} is not there", path)};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::string> json_files(std::string_view folder) {
  std::vector<std::string> found;
  for (auto const& entry : std::filesystem::directory_iterator{top / folder}) {
    if (entry.path().extension() != ".json") continue;
    found.push_back(std::filesystem::relative(entry.path(), top).string());
  }
  std::ranges::sort(found);
  return found;
}

forms::library const& packet() {
  static auto const library = load_packet();
  return library;
}

std::string with_dates(std::string_view text, std::chrono::sys_days today) {
  constexpr std::string_view open = "{{today", close = "}}";
  std::string result;
  for (auto at = text.find(open); at != text.npos; at = text.find(open)) {
    result += text.substr(0, at);
    text.remove_prefix(at + open.size());
    auto const end = text.find(close);
    int days = 0;
    auto const offset = text.substr(text.starts_with('+') ? 1 : 0, end);
    std::from_chars(offset.data(), offset.data() + offset.size(), days);
    result += iso(today + std::chrono::days{days});
    text.remove_prefix(end + close.size());
  }
  return result += text;
}

}  // namespace intake::tests
