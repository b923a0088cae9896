#include "certs/kek_file.hpp"
#include "service/commands/commands.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

exit_code key_new(surroundings const& around, config const& settings) {
  certs::create_key_file(settings.keys_file, certs::new_key_set(around.world));
  fmt::print(
      around.out,
      "Made {}.\nWithout this file every stored form is lost for ever. Print the escrow sheet now "
      "(`intake key escrow`) and lock it away in another building.\n",
      settings.keys_file);
  return exit_code::good;
}

}  // namespace intake::service::commands
