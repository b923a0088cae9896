#include "certs/kek_file.hpp"
#include "service/commands/commands.hpp"
#include "service/key_store.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

exit_code key_new(surroundings const& around, config const& settings,
                  key_new_options const& options) {
  if (!options.sheet.empty()) {
    certs::create_key_file(settings.keys_file, read_keys(options.sheet).set);
    fmt::print(around.out, "Made {} from the sheet. Delete what was typed in.\n",
               settings.keys_file);
    return exit_code::good;
  }
  // The keys of an evaluation say so in their names for ever, so that they never guard real
  // patients by mistake.
  auto const use = settings.parsed_mode() == operating_mode::evaluation ? certs::key_use::evaluation
                                                                        : certs::key_use::clinic;
  certs::create_key_file(settings.keys_file, certs::new_key_set(around.world, use));
  fmt::print(
      around.out,
      "Made {}.\nWithout this file every stored form is lost for ever. Print the escrow sheet now "
      "(`intake key escrow`) and lock it away in another building.\n",
      settings.keys_file);
  return exit_code::good;
}

}  // namespace intake::service::commands
