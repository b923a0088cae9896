#include "certs/certificate_authority.hpp"

#include "certs/x509.hpp"

#include <algorithm>
#include <stdexcept>

#include <openssl/ec.h>

namespace intake::certs {
namespace {

constexpr std::size_t serial_bytes = 20;
constexpr std::size_t common_name_max = 64;
constexpr std::size_t dns_name_max = 253;
// Clocks of clients run behind.
constexpr std::chrono::minutes clock_skew{10};

struct extension {
  int nid;
  std::string value;
};

struct draft {
  std::string_view common_name;
  std::chrono::days lifetime;
  std::vector<extension> extensions;
};

struct signer {
  X509* certificate;
  EVP_PKEY* key;
};

key_handle new_key() {
  key_handle key(EVP_EC_gen("P-256"));
  if (!key) throw std::runtime_error("OpenSSL could not make a P-256 key");
  return key;
}

// RFC 5280 4.1.2.2: positive, at most 20 octets, not to be guessed.
void set_serial(X509* certificate, world const& w) {
  std::array<std::uint8_t, serial_bytes> random{};
  w.random(random);
  random[0] = static_cast<std::uint8_t>((random[0] & 0x3f) | 0x40);
  std::unique_ptr<BIGNUM, freed_by<BN_free>> const number(
      BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
  if (!number || BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) == nullptr) {
    throw std::runtime_error("OpenSSL could not set a serial number");
  }
}

void set_validity(X509* certificate, world const& w, std::chrono::days lifetime) {
  auto const now = std::chrono::floor<std::chrono::seconds>(w.now());
  auto const unix_time = [](std::chrono::sys_seconds t) {
    return static_cast<time_t>(t.time_since_epoch().count());
  };
  if (ASN1_TIME_set(X509_getm_notBefore(certificate), unix_time(now - clock_skew)) == nullptr ||
      ASN1_TIME_set(X509_getm_notAfter(certificate), unix_time(now + lifetime)) == nullptr) {
    throw std::runtime_error("OpenSSL could not set the validity");
  }
}

void set_common_name(X509* certificate, std::string_view name) {
  must(X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                                  reinterpret_cast<unsigned char const*>(name.data()),
                                  static_cast<int>(name.size()), -1, 0),
       "name a certificate");
}

void add_extension(X509* certificate, X509* issuer, extension const& e) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>> const made(
      X509V3_EXT_conf_nid(nullptr, &context, e.nid, e.value.c_str()));
  must(made ? X509_add_ext(certificate, made.get(), -1) : 0, "extend a certificate");
}

pem_identity make(world const& w, draft const& d, signer const* by) {
  auto const key = new_key();
  x509_handle const certificate(X509_new());
  if (!certificate) throw std::bad_alloc();
  auto* const x = certificate.get();
  auto* const issuer = by == nullptr ? x : by->certificate;
  must(X509_set_version(x, X509_VERSION_3), "make a certificate");
  set_serial(x, w);
  set_validity(x, w, d.lifetime);
  set_common_name(x, d.common_name);
  must(X509_set_issuer_name(x, X509_get_subject_name(issuer)), "name the issuer");
  must(X509_set_pubkey(x, key.get()), "make a certificate");
  for (auto const& e : d.extensions) add_extension(x, issuer, e);
  if (X509_sign(x, by == nullptr ? key.get() : by->key, sha_256()) <= 0) {
    throw std::runtime_error("OpenSSL could not sign a certificate");
  }
  return {certificate_pem(x), private_key_pem(key.get())};
}

pem_identity issue(world const& w, pem_identity const& authority, draft const& d) {
  auto const chain = read_certificates(authority.certificate);
  auto const key = read_private_key(as_text(authority.private_key));
  if (chain.empty() || !key) throw std::invalid_argument("the authority cannot be read");
  signer const by{chain.front().get(), key.get()};
  return make(w, d, &by);
}

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_dns_name(std::string_view name) {
  if (name.starts_with("*.")) name.remove_prefix(2);
  return !name.empty() && name.size() <= dns_name_max && is_alphanumeric(name.front()) &&
         is_alphanumeric(name.back()) && name.find("..") == name.npos &&
         std::ranges::all_of(name,
                             [](char c) { return is_alphanumeric(c) || c == '-' || c == '.'; });
}

bool is_address(std::string const& name) {
  std::unique_ptr<ASN1_OCTET_STRING, freed_by<ASN1_OCTET_STRING_free>> const address(
      a2i_IPADDRESS(name.c_str()));
  return address != nullptr;
}

// The value is OpenSSL's configuration syntax; neither kind of name can hold its ',' or ':' as
// anything but part of an IPv6 address.
std::string alternative_names(std::vector<std::string> const& names) {
  std::string value;
  for (auto const& name : names) {
    auto const address = is_address(name);
    if (!address && !is_dns_name(name)) {
      throw std::invalid_argument("not a DNS name or an IP address: " + name);
    }
    if (!value.empty()) value += ',';
    value += (address ? "IP:" : "DNS:") + name;
  }
  if (value.empty()) throw std::invalid_argument("a server certificate needs a name");
  return value;
}

void expect_client_name(std::string_view name) {
  auto const fits = [](char c) { return c >= ' ' && c <= '~' && c != ',' && c != '=' && c != '+'; };
  if (name.empty() || name.size() > common_name_max || !std::ranges::all_of(name, fits)) {
    throw std::invalid_argument("a client's name has 1 to 64 plain characters");
  }
}

std::vector<extension> end_extensions(std::string usage) {
  return {{NID_basic_constraints, "critical,CA:FALSE"},
          {NID_key_usage, "critical,digitalSignature"},
          {NID_ext_key_usage, std::move(usage)},
          {NID_subject_key_identifier, "hash"},
          {NID_authority_key_identifier, "keyid:always"}};
}

}  // namespace

pem_identity make_authority(world const& w, std::string_view name, std::chrono::days lifetime) {
  return make(w,
              {name,
               lifetime,
               {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                {NID_key_usage, "critical,keyCertSign,cRLSign"},
                {NID_subject_key_identifier, "hash"}}},
              nullptr);
}

pem_identity issue_server_certificate(world const& w, pem_identity const& authority,
                                      std::vector<std::string> const& names,
                                      std::chrono::days lifetime) {
  auto extensions = end_extensions("serverAuth");
  extensions.push_back({NID_subject_alt_name, alternative_names(names)});
  auto const common_name = std::string_view(names.front()).substr(0, common_name_max);
  return issue(w, authority, {common_name, lifetime, std::move(extensions)});
}

pem_identity issue_client_certificate(world const& w, pem_identity const& authority,
                                      std::string_view name, std::chrono::days lifetime) {
  expect_client_name(name);
  return issue(w, authority, {name, lifetime, end_extensions("clientAuth")});
}

}  // namespace intake::certs
