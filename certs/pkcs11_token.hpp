#pragma once
#include "certs/kek.hpp"

#include <memory>
#include <string>

#include <boost/system/result.hpp>

/// KEKs in a hardware token, or in what stands in for one, through its PKCS#11 module (OASIS,
/// PKCS #11 2.40): they are made in it, wrap and unwrap in it, and never leave it.
namespace intake::certs {

struct token_place {
  std::string module;  ///< the shared library that the token's maker gives
  std::string label;   ///< of the token, as its maker's tool set it
};

/// Keys are found by their label, which is the KEK's id. Safe to use from several threads: each
/// call takes a session of its own, and a token that was pulled out and put back is found again.
class pkcs11_token {
 public:
  /// Logs in. Throws std::runtime_error with a sentence: no such module, no such token, wrong PIN.
  pkcs11_token(token_place place, secret pin);
  ~pkcs11_token();

  /// AES with 256 bits, sensitive and not extractable, good for wrapping only. Throws
  /// std::runtime_error, also where there is one of that id.
  void make_key(std::string const& id) const;

  /// Throws std::runtime_error; one that is not there is no error.
  void destroy_key(std::string const& id) const;

  bool has_key(std::string const& id) const;

  /// AES key wrap (RFC 3394), CKM_AES_KEY_WRAP: the same bytes that `aes_wrap` would make. Throws
  /// std::runtime_error when the token cannot be reached or has no such key.
  bytes wrap(std::string const& id, secret const& dek) const;

  /// Throws std::runtime_error when the token cannot be reached.
  boost::system::result<secret, unwrap_error> unwrap(std::string const& id,
                                                     bytes_view wrapped) const;

 private:
  class sessions;
  std::unique_ptr<sessions> sessions_;
};

}  // namespace intake::certs
