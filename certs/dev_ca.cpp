#include "certs/dev_ca.hpp"

#include "certs/atomic_file.hpp"
#include "certs/certificate.hpp"
#include "certs/x509.hpp"

#include <algorithm>

namespace intake::certs {
namespace {

using std::filesystem::path;

constexpr std::chrono::days ca_lifetime{730};
constexpr std::chrono::days server_lifetime{397};
constexpr std::size_t pem_bytes_max = 256 * 1024;

void write_identity(pem_identity const& identity, path const& certificate, path const& key) {
  // The key first: a certificate is a promise that its key is there.
  write_file_atomically(key, identity.private_key, 0600, if_exists::replace);
  write_file_atomically(certificate, as_bytes(identity.certificate), 0644, if_exists::replace);
}

pem_identity read_identity(path const& certificate, path const& key) {
  auto const text = read_small_file(certificate, pem_bytes_max, readers::anyone);
  return {std::string(as_text(text)),
          read_small_file(key, pem_bytes_max, readers::owner_and_group)};
}

std::vector<std::string> with_local_names(std::vector<std::string> const& more_names) {
  std::vector<std::string> names = {"localhost", "127.0.0.1", "::1"};
  for (auto const& name : more_names) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

bool is_good(world const& w, path const& certificate, path const& key,
             std::vector<std::string> const& names) {
  if (!exists(certificate) || !exists(key)) return false;
  auto const text = read_small_file(certificate, pem_bytes_max, readers::anyone);
  auto const facts = read_certificate(as_text(text));
  return facts && facts->not_after > w.now() &&
         std::ranges::all_of(names, [&](std::string const& name) {
           return std::ranges::find(facts->names, name) != facts->names.end();
         });
}

bool is_named_development(X509_NAME const* name) {
  return common_name(name) == development_ca_name;
}

}  // namespace

pem_identity make_development_ca(world const& w) {
  return make_authority(w, development_ca_name, ca_lifetime);
}

pem_identity issue_development_server(world const& w, pem_identity const& ca,
                                      std::vector<std::string> const& more_names) {
  return issue_server_certificate(w, ca, with_local_names(more_names), server_lifetime);
}

void create_development_files(world const& w, path const& folder,
                              std::vector<std::string> const& more_names) {
  auto const ca_certificate = folder / "ca.crt";
  auto const ca_key = folder / "ca.key";
  auto const certificate = folder / "server.crt";
  auto const key = folder / "server.key";
  auto const ca_is_good = is_good(w, ca_certificate, ca_key, {});
  if (!ca_is_good) write_identity(make_development_ca(w), ca_certificate, ca_key);
  if (ca_is_good && is_good(w, certificate, key, with_local_names(more_names))) return;
  auto const ca = read_identity(ca_certificate, ca_key);
  write_identity(issue_development_server(w, ca, more_names), certificate, key);
}

bool is_from_development_ca(std::string_view pem) {
  auto const all = read_certificates(pem);
  return std::ranges::any_of(all, [](x509_handle const& certificate) {
    return is_named_development(X509_get_issuer_name(certificate.get())) ||
           is_named_development(X509_get_subject_name(certificate.get()));
  });
}

}  // namespace intake::certs
