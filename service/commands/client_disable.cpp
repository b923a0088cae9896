#include "db/client_certificates.hpp"
#include "db/clients.hpp"
#include "service/commands/client_desk.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

exit_code client_disable(surroundings const& around, config const& settings,
                         client_name_option const& options) {
  client_desk home(around, settings);
  auto const now = around.world.now();
  if (!db::find_client(home.rows, options.name)) {
    throw command_failed(exit_code::input_bad, "there is no client \"" + options.name + "\"",
                         "`intake client list` names them");
  }
  home.audit("client-disabled", options.name);
  static_cast<void>(db::disable_client(home.rows, options.name, now));
  auto const revoked = db::revoke_certificates_of(home.rows, options.name, now);
  fmt::print(around.out, "{} gets in no more, within ten seconds. Certificates taken back: {}\n",
             options.name, revoked);
  return exit_code::good;
}

}  // namespace intake::service::commands
