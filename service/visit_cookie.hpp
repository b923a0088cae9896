#pragma once
#include "certs/keyring.hpp"
#include "certs/uuid.hpp"
#include "service/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The cookie that binds a patient's packet to a browser. It says itself that it was made here, so
/// that what is counted by it can't be made up, and what is made up costs no look into the
/// database.
namespace intake::service {

/// The prefix makes browsers insist on Secure, path "/" and no Domain (RFC 6265bis 4.1.3.2).
inline constexpr std::string_view visit_cookie_name = "__Host-intake-visit";

std::string new_visit_cookie(certs::keyring const&, certs::world const&);

/// The request's cookie, whoever made it; nothing where there is none.
std::optional<std::string> visit_cookie_of(request const&);

/// Whether it was made here. It may still lead to no visit any more.
bool is_own_visit_cookie(certs::keyring const&, std::string_view value);

}  // namespace intake::service
