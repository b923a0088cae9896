/// Feeds a fuzzer the files it is given (or those of the folders it is given), once each: a fuzzer
/// that is also an ordinary test, in every build.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <fmt/core.h>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

void feed(fs::path const& path) {
  std::ifstream in{path, std::ios::binary};
  std::vector<char> const bytes{std::istreambuf_iterator<char>{in}, {}};
  LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  int inputs = 1;
  LLVMFuzzerTestOneInput(nullptr, 0);
  for (int i = 1; i < argc; ++i) {
    if (fs::is_regular_file(argv[i])) {
      feed(argv[i]);
      ++inputs;
    }
    if (!fs::is_directory(argv[i])) continue;
    for (auto const& entry : fs::recursive_directory_iterator{argv[i]}) {
      if (!entry.is_regular_file()) continue;
      feed(entry.path());
      ++inputs;
    }
  }
  fmt::print("{} inputs\n", inputs);
}
