#include "certs/dev_ca.hpp"
#include "service/commands/commands.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace intake::service::commands {

exit_code certs_dev(surroundings const& around, certs_dev_options const& options) {
  try {
    certs::create_development_files(around.world, options.folder, options.names);
  } catch (std::invalid_argument const& error) {
    throw command_failed(exit_code::usage, error.what(), "--name forms.example.org or an address");
  }
  fmt::print(around.out,
             "{0}/server.crt and server.key are for an evaluation on this machine only.\n"
             "Browsers trust them after {0}/ca.crt was imported.\n",
             options.folder);
  return exit_code::good;
}

}  // namespace intake::service::commands
