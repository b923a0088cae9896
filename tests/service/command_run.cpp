#include "tests/service/command_run.hpp"

#include "certs/random.hpp"
#include "service/command_line.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <utility>

namespace intake::service::tests {
namespace {

class kept_output {
 public:
  std::FILE* file() const { return file_.get(); }
  std::string text() const {
    std::string all;
    std::rewind(file_.get());
    std::array<char, 4096> part{};
    while (auto const n = std::fread(part.data(), 1, part.size(), file_.get())) {
      all.append(part.data(), n);
    }
    return all;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{std::tmpfile(), &std::fclose};
};

}  // namespace

command_end run_command(certs::world const& world, std::vector<std::string> arguments) {
  kept_output const out;
  kept_output const err;
  int const code =
      run_command_line({.world = world, .out = out.file(), .err = err.file(), .assets = {}},
                       std::move(arguments), {});
  return {code, out.text(), err.text()};
}

command_end run_command(std::vector<std::string> arguments) {
  return run_command(certs::system_world(), std::move(arguments));
}

}  // namespace intake::service::tests
