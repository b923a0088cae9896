#pragma once
#include "service/delivery/channel.hpp"

#include <string>
#include <string_view>

namespace intake::service::delivery {

/// A message as mail carries it (RFC 5322, RFC 2045): UTF-8 in base64, its subject as encoded words
/// (RFC 2047), lines ended by CRLF. `from` and the message's address must be mail addresses.
std::string write_mail(message const&, std::string_view from);

}  // namespace intake::service::delivery
