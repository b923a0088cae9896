#pragma once
#include "certs/hash_chain.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::certs {

/// What an operator wants to know of a certificate.
struct certificate_facts {
  std::string subject;             ///< RFC 4514
  std::string issuer;              ///< RFC 4514
  std::vector<std::string> names;  ///< DNS names and addresses it is good for
  std::chrono::sys_seconds not_before{};
  std::chrono::sys_seconds not_after{};
  hash256 fingerprint{};  ///< SHA-256 of the DER
};

/// Of the first certificate in a PEM text; nothing when there is none that can be read.
std::optional<certificate_facts> read_certificate(std::string_view pem);

}  // namespace intake::certs
