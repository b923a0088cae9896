#include "certs/base64.hpp"
#include "db/clients.hpp"
#include "service/commands/client_desk.hpp"
#include "service/commands/output_file.hpp"
#include "service/machine_clients.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

constexpr std::size_t secret_bytes = 32;

[[noreturn]] void refuse_taken_client(std::string const& name) {
  throw command_failed(exit_code::input_bad, "there is a client \"" + name + "\" already");
}

}  // namespace

exit_code client_add(surroundings const& around, config const& settings,
                     client_add_options const& options) {
  require_scopes(options.scopes);
  require_client_name(options.name);
  client_desk home(around, settings);
  certs::bytes secret(secret_bytes);
  around.world.random(secret);
  auto const text = certs::base64url_encode(secret);
  auto const hash = client_secret_hash(home.keys.ring, options.name, text);
  db::client client;
  client.id = options.name;
  client.secret_hash.assign(hash.begin(), hash.end());
  client.scopes = options.scopes;
  client.created = around.world.now();
  client.demo = options.demo;
  if (db::find_client(home.rows, options.name)) refuse_taken_client(options.name);
  // The secret first: one that nobody got would take the name with it, one that nobody knows opens
  // nothing.
  fmt::print(around.out, "{}\n", text);
  require_written(around.out);
  home.audit("client-added", options.name);
  if (db::add_client(home.rows, client) == db::account_change::name_taken) {
    home.audit("client-added", options.name, db::audit_outcome::refused);
    refuse_taken_client(options.name);
  }
  fmt::print(
      around.err,
      "This secret is shown once. The client sends it as HTTP Basic credentials with its name.\n");
  return exit_code::good;
}

exit_code client_list(surroundings const& around, config const& settings) {
  db::pool rows({.conninfo = settings.database_desk});
  for (auto const& each : db::list_clients(rows)) {
    std::string scopes;
    for (auto const& scope : each.scopes) scopes += (scopes.empty() ? "" : " ") + scope;
    fmt::print(around.out, "{:<24} {:<9} {}\n", each.id, each.disabled ? "disabled" : "", scopes);
  }
  return exit_code::good;
}

}  // namespace intake::service::commands
