#include "db/client_certificates.hpp"
#include "service/commands/client_desk.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

exit_code client_disable(surroundings const& around, config const& settings,
                         client_name_option const& options) {
  client_desk home(around, settings);
  auto const now = around.world.now();
  if (db::disable_client(home.rows, options.name, now) != db::account_change::done) {
    throw command_failed(exit_code::input_bad, "there is no client \"" + options.name + "\"",
                         "`intake client list` names them");
  }
  auto const revoked = db::revoke_certificates_of(home.rows, options.name, now);
  home.audit("client-disabled", options.name);
  fmt::print(around.out, "{} gets in no more, within ten seconds. Certificates taken back: {}\n",
             options.name, revoked);
  return exit_code::good;
}

}  // namespace intake::service::commands
