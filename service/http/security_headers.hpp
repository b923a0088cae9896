#pragma once
#include "service/http/request.hpp"

#include <string>
#include <vector>

namespace intake::service {

enum class transport_kind { tls, plain };

/// Appends to a response head the security fields that the handler has not set itself, each as
/// `Name: value\r\n`.
///
/// Every response carries them, parser-level errors too. Strict-Transport-Security (RFC 6797 7.2)
/// is sent over TLS only. A handler overrides one by setting a field of that name, in any case.
void append_security_headers(std::string& head, std::vector<http_field> const& set_by_handler,
                             transport_kind);

}  // namespace intake::service
