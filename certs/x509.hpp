#pragma once
#include "certs/openssl.hpp"
#include "certs/secret.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

/// Handles for certificates and key pairs; included by certs/*.cpp only.
namespace intake::certs {

using x509_handle = std::unique_ptr<X509, freed_by<X509_free>>;
using key_handle = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using bio_handle = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

/// The certificates of a PEM text in their order; empty when one is broken, there is none, or there
/// are more than `certificates_max`.
std::vector<x509_handle> read_certificates(std::string_view pem);
constexpr std::size_t certificates_max = 32;

/// A private key without passphrase; null when the text holds none.
key_handle read_private_key(std::string_view pem);

std::string certificate_pem(X509* certificate);
wiped_bytes private_key_pem(EVP_PKEY* key);

/// RFC 4514 order and escapes, UTF-8.
std::string name_text(X509_NAME const* name);

/// The text of the first common name, empty when there is none.
std::string common_name(X509_NAME const* name);

std::optional<std::chrono::sys_seconds> asn1_time(ASN1_TIME const* time);

}  // namespace intake::certs
