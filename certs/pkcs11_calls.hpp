#pragma once
#include "certs/bytes.hpp"

#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

#include <p11-kit/pkcs11.h>

/// The C interface of PKCS#11 as certs/pkcs11_*.cpp use it; included by them only.
namespace intake::certs {

/// Anything but CKR_OK.
class token_failed : public std::runtime_error {
 public:
  token_failed(std::string const& what, CK_RV code);
  CK_RV code() const { return code_; }

 private:
  CK_RV code_;
};

/// Throws token_failed "the token could not <what>: <reason>" unless `code` is CKR_OK.
void must(CK_RV code, char const* what);

/// The functions of a module, loaded and initialised for several threads. Both stay until the
/// process ends: who else in it uses the module must not lose it.
CK_FUNCTION_LIST& load_module(std::string const& path);

/// The slot of the token with that label. Throws std::runtime_error.
CK_SLOT_ID find_slot(CK_FUNCTION_LIST& module, std::string const& label);

/// A template of attributes; owns its numbers and flags, views its bytes.
class attribute_list {
 public:
  attribute_list() = default;
  attribute_list(attribute_list&&) = default;
  attribute_list& operator=(attribute_list&&) = default;

  attribute_list& number(CK_ATTRIBUTE_TYPE type, CK_ULONG value);
  attribute_list& flag(CK_ATTRIBUTE_TYPE type, bool value);
  attribute_list& data(CK_ATTRIBUTE_TYPE type, bytes_view value);

  CK_ATTRIBUTE* begin() { return all_.data(); }
  CK_ULONG size() const { return all_.size(); }

 private:
  std::vector<CK_ATTRIBUTE> all_;
  std::deque<CK_ULONG> numbers_;
  std::deque<CK_BBOOL> flags_;
};

}  // namespace intake::certs
