#include "certs/base64.hpp"
#include "db/clients.hpp"
#include "service/audiences.hpp"
#include "service/commands/commands.hpp"
#include "service/installation.hpp"
#include "service/machine_clients.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

constexpr std::size_t secret_bytes = 32;
void require_known(std::vector<std::string> const& scopes) {
  for (auto const& each : scopes) {
    if (each == "submit" || each == "submit:eligibility" || audience_of_scope(each)) continue;
    throw command_failed(exit_code::usage, "there is no scope \"" + each + "\"",
                         "known: submit, submit:eligibility, " + scopes_of(every_audience));
  }
}

}  // namespace

exit_code client_add(surroundings const& around, config const& settings,
                     client_add_options const& options) {
  require_known(options.scopes);
  if (options.name.empty() || options.name.size() > 64 ||
      options.name.find(':') != std::string::npos) {
    throw command_failed(exit_code::usage, "a client's name has 1 to 64 bytes and no colon");
  }
  installation const parts(settings);
  db::pool desk({.conninfo = settings.database_desk});
  certs::bytes secret(secret_bytes);
  around.world.random(secret);
  auto const text = certs::base64url_encode(secret);
  auto const hash = client_secret_hash(parts.keys(), options.name, text);
  db::client client;
  client.id = options.name;
  client.secret_hash.assign(hash.begin(), hash.end());
  client.scopes = options.scopes;
  client.created = around.world.now();
  client.demo = options.demo;
  if (db::add_client(desk, client) == db::account_change::name_taken) {
    throw command_failed(exit_code::input_bad,
                         "there is a client \"" + options.name + "\" already");
  }
  fmt::print(around.out, "{}\n", text);
  fmt::print(
      around.err,
      "This secret is shown once. The client sends it as HTTP Basic credentials with its name.\n");
  return exit_code::good;
}

}  // namespace intake::service::commands
