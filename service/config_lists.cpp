#include "service/config_lists.hpp"

#include <algorithm>

#include <toml++/toml.h>

namespace intake::service {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view without_blanks(std::string_view text) {
  auto const begin = std::min(text.find_first_not_of(blanks), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::optional<std::vector<std::string>> read_array(std::string_view text) {
  std::vector<std::string> values;
  try {
    auto const document = toml::parse("list = " + std::string(text));
    if (document.size() != 1) return std::nullopt;
    for (auto const& element : *document["list"].as_array()) {
      auto const* value = element.as_string();
      if (value == nullptr) return std::nullopt;
      values.push_back(value->get());
    }
  } catch (toml::parse_error const&) {
    return std::nullopt;
  }
  return values;
}

}  // namespace

std::optional<std::vector<std::string>> read_list(std::string_view text) {
  text = without_blanks(text);
  if (text.starts_with('[')) return read_array(text);
  std::vector<std::string> values;
  while (!text.empty()) {
    auto const end = std::min(text.find(','), text.size());
    if (auto const one = without_blanks(text.substr(0, end)); !one.empty())
      values.emplace_back(one);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return values;
}

}  // namespace intake::service
