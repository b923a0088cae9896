#include "certs/atomic_file.hpp"
#include "certs/certificate.hpp"
#include "certs/certificate_authority.hpp"
#include "certs/hex.hpp"
#include "certs/utc_text.hpp"
#include "db/client_certificates.hpp"
#include "service/commands/client_desk.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

using std::filesystem::path;

constexpr std::size_t pem_bytes_max = 64 * 1024;
constexpr std::chrono::days authority_lifetime{3650};
/// Every browser hears this name in the handshake, so it says nothing about the clinic.
constexpr std::string_view authority_name = "Intake API clients";

struct authority_files {
  path certificate;
  path key;
};

authority_files files_of(config const& settings) {
  if (settings.tls_client_authority_file.empty() ||
      settings.tls_client_authority_key_file.empty()) {
    throw command_failed(exit_code::usage, "no authority of client certificates is configured",
                         "set [tls] client_authority_file and client_authority_key_file; the first "
                         "`intake certs issue` makes both files");
  }
  return {settings.tls_client_authority_file, settings.tls_client_authority_key_file};
}

/// The authority, made where neither of its files is there.
certs::pem_identity authority_of(surroundings const& around, authority_files const& files) {
  bool const has_certificate = exists(files.certificate);
  if (has_certificate != exists(files.key)) {
    throw command_failed(
        exit_code::usage,
        fmt::format("of {} and {} only one is there", files.certificate.string(),
                    files.key.string()),
        "bring the other one back, or move this one away to begin a new authority");
  }
  if (!has_certificate) {
    auto made = certs::make_authority(around.world, authority_name, authority_lifetime);
    certs::write_file_atomically(files.key, made.private_key, 0600, certs::if_exists::refuse);
    certs::write_file_atomically(files.certificate, certs::as_bytes(made.certificate), 0644,
                                 certs::if_exists::refuse);
    fmt::print(around.err,
               "Made the authority {}. Reload or restart the service, so that it asks clients for "
               "certificates. Its key is needed for issuing alone: keep it off the server if you "
               "can.\n",
               files.certificate.string());
    return made;
  }
  auto const text =
      certs::read_small_file(files.certificate, pem_bytes_max, certs::readers::anyone);
  return {std::string(certs::as_text(text)),
          certs::read_small_file(files.key, pem_bytes_max, certs::readers::owner_and_group)};
}

/// "front desk tablet" → "front-desk-tablet".
std::string file_name_of(std::string name) {
  std::ranges::replace_if(
      name,
      [](char c) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool const kept = letter || (c >= '0' && c <= '9') || c == '-' || c == '_';
        return !kept;
      },
      '-');
  return name;
}

/// Whether the client is there. Throws command_failed where it can have no certificate.
bool is_known(client_desk& home, certs_issue_options const& options) {
  auto const found = db::find_client(home.rows, options.name);
  if (!found && options.scopes.empty()) {
    throw command_failed(exit_code::usage, "there is no client \"" + options.name + "\" yet",
                         "say what it may do with --scope");
  }
  if (found && found->disabled) {
    throw command_failed(exit_code::input_bad, "the client \"" + options.name + "\" is disabled",
                         "give the machine another name");
  }
  if (found && !options.scopes.empty() && options.scopes != found->scopes) {
    throw command_failed(exit_code::input_bad,
                         "the client \"" + options.name + "\" has other scopes",
                         "scopes do not change: give the machine another name");
  }
  return found.has_value();
}

void add_client(client_desk& home, certs_issue_options const& options) {
  db::client made;
  made.id = options.name;
  made.scopes = options.scopes;
  made.created = home.world.now();
  home.audit("client-added", options.name);
  if (db::add_client(home.rows, made) != db::account_change::done) {
    home.audit("client-added", options.name, db::audit_outcome::refused);
  }
}

}  // namespace

exit_code certs_issue(surroundings const& around, config const& settings,
                      certs_issue_options const& options) {
  require_scopes(options.scopes);
  require_client_name(options.name);
  auto const files = files_of(settings);
  auto const beginning = path(options.output) / file_name_of(options.name);
  auto const certificate_file = path(beginning.string() + ".crt");
  auto const key_file = path(beginning.string() + ".key");
  client_desk home(around, settings);
  auto const authority = authority_of(around, files);
  bool const is_new = !is_known(home, options);
  auto const made = certs::issue_client_certificate(around.world, authority, options.name,
                                                    std::chrono::days(options.days));
  auto const facts = certs::read_certificate(made.certificate).value();
  // The rows last, after their entries: a certificate that nobody knows opens nothing.
  certs::write_file_atomically(key_file, made.private_key, 0600, certs::if_exists::refuse);
  certs::write_file_atomically(certificate_file, certs::as_bytes(made.certificate), 0644,
                               certs::if_exists::refuse);
  if (is_new) add_client(home, options);
  std::string fingerprint;
  certs::append_hex(fingerprint, facts.fingerprint);
  home.audit("certificate-issued", options.name + " " + fingerprint);
  if (db::add_certificate(home.rows, {.fingerprint = facts.fingerprint,
                                      .client = options.name,
                                      .subject = facts.subject,
                                      .issued = around.world.now(),
                                      .not_after = facts.not_after}) != db::account_change::done) {
    throw command_failed(exit_code::bug, "a new certificate has the fingerprint of an old one");
  }
  fmt::print(around.out, "{}\n{}\n", certificate_file.string(), key_file.string());
  fmt::print(around.err, "Good until {}. Move both to the client and keep no copy of the key.\n",
             certs::utc_text(facts.not_after));
  return exit_code::good;
}

}  // namespace intake::service::commands
