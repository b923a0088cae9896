#include "service/commands/key_acts.hpp"
#include "service/key_lock.hpp"
#include "service/passphrase.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

exit_code key_passphrase(surroundings const& around, config const& settings,
                         key_passphrase_options const& options) {
  // Before the file is read: who thinks about words must not keep others from changing keys.
  auto words = options.remove
                   ? certs::secret()
                   : new_passphrase(options.new_file, "--new-file names a file that holds it");
  key_lock const alone(settings);
  auto keys = read_keys(settings);
  keys.unlocks.passphrase = std::move(words);
  audit_key_act_if_possible(around, settings, keys, "key-passphrase-changed");
  save_keys(settings, around.world, keys.set, keys.unlocks);
  fmt::print(around.out, "{}\n",
             options.remove ? "The key file is under no passphrase any more."
                            : "The key file opens with the new passphrase only. Copies of it that "
                              "were made before open as before: destroy them.");
  return exit_code::good;
}

}  // namespace intake::service::commands
