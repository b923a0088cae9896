#include "tests/forms/packet_files.hpp"

#include <algorithm>
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

}  // namespace intake::tests
