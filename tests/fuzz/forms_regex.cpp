#include "forms/pattern.hpp"

#include <cstdint>
#include <string_view>

using namespace intake::forms;

// The first line is a regex, the rest a text: translating and matching end, in time and memory.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const input(reinterpret_cast<char const*>(data), size);
  auto const line = input.find('\n');
  auto const compiled = compile_pattern(input.substr(0, line));
  if (compiled && line != std::string_view::npos) {
    static_cast<void>((*compiled)->matches_whole(input.substr(line + 1)));
  }
  return 0;
}
