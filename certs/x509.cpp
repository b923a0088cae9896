#include "certs/x509.hpp"

#include <ctime>

#include <openssl/err.h>

namespace intake::certs {
namespace {

bio_handle reading(std::string_view text) {
  // An empty view may have no address, which OpenSSL takes amiss.
  auto const* const data = text.empty() ? "" : text.data();
  bio_handle bio(BIO_new_mem_buf(data, static_cast<int>(text.size())));
  if (!bio) throw std::bad_alloc();
  return bio;
}

bio_handle writing(BIO_METHOD const* method) {
  bio_handle bio(BIO_new(method));
  if (!bio) throw std::bad_alloc();
  return bio;
}

template <typename Container>
Container content_of(BIO* bio) {
  char* data = nullptr;
  auto const size = BIO_get_mem_data(bio, &data);
  return Container(data, data + size);
}

// Without it OpenSSL would ask on the terminal for the passphrase of an encrypted key.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

bool at_end_of_pem() {
  auto const error = ERR_peek_last_error();
  return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

std::string utf8_text(ASN1_STRING const* value) {
  unsigned char* text = nullptr;
  auto const size = ASN1_STRING_to_UTF8(&text, value);
  if (size < 0) return {};
  std::string result(reinterpret_cast<char const*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return result;
}

}  // namespace

std::vector<x509_handle> read_certificates(std::string_view pem) {
  ERR_clear_error();
  auto const bio = reading(pem);
  std::vector<x509_handle> result;
  while (result.size() <= certificates_max) {
    x509_handle next(PEM_read_bio_X509_AUX(bio.get(), nullptr, no_passphrase, nullptr));
    if (!next) break;
    result.push_back(std::move(next));
  }
  if (!at_end_of_pem() || result.size() > certificates_max) result.clear();
  ERR_clear_error();
  return result;
}

key_handle read_private_key(std::string_view pem) {
  auto const bio = reading(pem);
  key_handle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  return key;
}

std::string certificate_pem(X509* certificate) {
  auto const bio = writing(BIO_s_mem());
  must(PEM_write_bio_X509(bio.get(), certificate), "write a certificate");
  return content_of<std::string>(bio.get());
}

wiped_bytes private_key_pem(EVP_PKEY* key) {
  auto const bio = writing(BIO_s_secmem());
  must(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr),
       "write a private key");
  return content_of<wiped_bytes>(bio.get());
}

std::string name_text(X509_NAME const* name) {
  auto const bio = writing(BIO_s_mem());
  constexpr auto format = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (X509_NAME_print_ex(bio.get(), name, 0, format) < 0) return {};
  return content_of<std::string>(bio.get());
}

std::string common_name(X509_NAME const* name) {
  auto const index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (index < 0) return {};
  return utf8_text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
}

std::optional<std::chrono::sys_seconds> asn1_time(ASN1_TIME const* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace intake::certs
