#include "forms/lint.hpp"

#include <cstdint>
#include <string>

using namespace intake::forms;

// Any text is linted to a verdict.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const report = lint_form("input", std::string(reinterpret_cast<char const*>(data), size));
  static_cast<void>(render_text(report));
  static_cast<void>(render_json(report, "0"));
  return 0;
}
