#include "service/commands/commands.hpp"
#include "service/key_store.hpp"
#include "service/passphrase.hpp"

#include <filesystem>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

/// Before anybody types a passphrase twice for nothing.
void require_none(config const& settings) {
  if (!std::filesystem::exists(settings.keys_file)) return;
  throw command_failed(exit_code::usage, settings.keys_file + " is there already",
                       "a key file is never overwritten: without it every stored form is lost");
}

/// The keys of an evaluation say so in their names for ever, so that they never guard real patients
/// by mistake.
certs::key_use use_of(config const& settings) {
  return settings.parsed_mode() == operating_mode::evaluation ? certs::key_use::evaluation
                                                              : certs::key_use::clinic;
}

std::string_view where(certs::key_set const& set, key_unlocks const& unlocks) {
  if (certs::wraps_in_token(set)) return "Its key lies in the token and never leaves it.\n";
  if (!unlocks.passphrase.empty()) return "It opens with the passphrase only.\n";
  return "";
}

}  // namespace

exit_code key_new(surroundings const& around, config const& settings,
                  key_new_options const& options) {
  require_none(settings);
  opened_keys made;
  if (!options.sheet.empty()) {
    auto typed = read_keys_from(settings, options.sheet);
    made = {std::move(typed.set), std::move(typed.unlocks)};
  } else {
    made.set = certs::new_key_set(around.world, use_of(settings), home_of_new_keks(settings));
    made.unlocks.token = open_token(settings);
    if (made.unlocks.token) made.unlocks.token->make_key(made.set.keks.front().id);
  }
  if (options.under_passphrase) {
    made.unlocks.passphrase = new_passphrase(settings.keys_passphrase_file,
                                             "[keys] passphrase_file names a file that holds it");
  }
  create_keys(settings, around.world, made.set, made.unlocks);
  if (!options.sheet.empty()) {
    fmt::print(around.out, "Made {} from the sheet. Delete what was typed in.\n",
               settings.keys_file);
    return exit_code::good;
  }
  fmt::print(
      around.out,
      "Made {}.\n{}Without this file every stored form is lost for ever. Print the escrow sheet "
      "now (`intake key escrow`) and lock it away in another building.\n",
      settings.keys_file, where(made.set, made.unlocks));
  return exit_code::good;
}

}  // namespace intake::service::commands
