#include "certs/random.hpp"
#include "embedded_assets.hpp"
#include "service/command_line.hpp"
#include "service/guarded_memory.hpp"

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

std::map<std::string, std::string> environment_of(char** variables) {
  std::map<std::string, std::string> all;
  for (; *variables != nullptr; ++variables) {
    std::string_view const each(*variables);
    auto const equals = each.find('=');
    if (equals != std::string_view::npos)
      all.emplace(each.substr(0, equals), each.substr(equals + 1));
  }
  return all;
}

}  // namespace

int main(int count, char** arguments) {
  intake::service::guard_memory();
  std::vector<intake::service::asset_store::source> assets;
  for (auto const& file : intake::service::embedded_assets())
    assets.push_back({file.name, file.bytes});
  return intake::service::run_command_line(
      {.world = intake::certs::system_world(), .out = stdout, .err = stderr, .assets = assets},
      std::vector<std::string>(arguments + 1, arguments + count), environment_of(environ));
}
