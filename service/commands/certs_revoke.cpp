#include "certs/hex.hpp"
#include "certs/utc_text.hpp"
#include "db/client_certificates.hpp"
#include "service/commands/client_desk.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

std::string state_of(db::client_certificate const& one, certs::utc_time now) {
  auto const second = [](certs::utc_time at) {
    return certs::utc_text(std::chrono::floor<std::chrono::seconds>(at));
  };
  if (one.revoked) return "taken back " + second(*one.revoked);
  return (one.not_after <= now ? "expired " : "good until ") + second(one.not_after);
}

}  // namespace

exit_code certs_list(surroundings const& around, config const& settings) {
  db::pool rows({.conninfo = settings.database_desk});
  for (auto const& each : db::list_certificates(rows)) {
    std::string fingerprint;
    certs::append_hex(fingerprint, each.fingerprint);
    fmt::print(around.out, "{}  {:<24} {}\n", fingerprint, each.client,
               state_of(each, around.world.now()));
  }
  return exit_code::good;
}

exit_code certs_revoke(surroundings const& around, config const& settings,
                       certs_revoke_options const& options) {
  client_desk home(around, settings);
  auto const now = around.world.now();
  certs::hash256 fingerprint{};
  bool const one = certs::read_hex(options.which, fingerprint);
  auto const meant = [&](db::client_certificate const& each) {
    return !each.revoked && (one ? each.fingerprint == fingerprint : each.client == options.which);
  };
  if (std::ranges::none_of(db::list_certificates(home.rows), meant)) {
    throw command_failed(exit_code::input_bad, "no certificate in force is of that name",
                         "`intake certs list` names them");
  }
  home.audit("certificate-revoked", options.which);
  auto const revoked = one ? db::revoke_certificate(home.rows, fingerprint, now)
                           : db::revoke_certificates_of(home.rows, options.which, now);
  fmt::print(around.out, "Taken back: {}. No service lets them in ten seconds from now.\n",
             revoked);
  return exit_code::good;
}

}  // namespace intake::service::commands
