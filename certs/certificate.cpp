#include "certs/certificate.hpp"

#include "certs/x509.hpp"

#include <arpa/inet.h>

namespace intake::certs {
namespace {

using names_handle = std::unique_ptr<GENERAL_NAMES, freed_by<GENERAL_NAMES_free>>;

std::string octets(ASN1_STRING const* value) {
  auto const* const data = reinterpret_cast<char const*>(ASN1_STRING_get0_data(value));
  return {data, static_cast<std::size_t>(ASN1_STRING_length(value))};
}

std::string address_text(std::string const& raw) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  auto const family = raw.size() == 4 ? AF_INET : AF_INET6;
  if (raw.size() != 4 && raw.size() != 16) return {};
  return ::inet_ntop(family, raw.data(), text.data(), text.size());
}

std::vector<std::string> names_of(X509 const* certificate) {
  names_handle const all(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> names;
  for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
    auto const* const name = sk_GENERAL_NAME_value(all.get(), i);
    if (name->type == GEN_DNS) names.push_back(octets(name->d.dNSName));
    if (name->type == GEN_IPADD) names.push_back(address_text(octets(name->d.iPAddress)));
  }
  return names;
}

}  // namespace

std::optional<certificate_facts> read_certificate(std::string_view pem) {
  auto const all = read_certificates(pem);
  if (all.empty()) return std::nullopt;
  auto* const certificate = all.front().get();
  auto const not_before = asn1_time(X509_get0_notBefore(certificate));
  auto const not_after = asn1_time(X509_get0_notAfter(certificate));
  if (!not_before || !not_after) return std::nullopt;
  certificate_facts facts{.subject = name_text(X509_get_subject_name(certificate)),
                          .issuer = name_text(X509_get_issuer_name(certificate)),
                          .names = names_of(certificate),
                          .not_before = *not_before,
                          .not_after = *not_after,
                          .fingerprint = {}};
  must(X509_digest(certificate, sha_256(), facts.fingerprint.data(), nullptr),
       "hash a certificate");
  return facts;
}

}  // namespace intake::certs
