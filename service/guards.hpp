#pragma once
#include "db/sessions.hpp"
#include "service/application.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// A set of roles: the column of the route table that says who may ask. Empty: everybody, signed in
/// or not.
class role_set {
 public:
  constexpr role_set() = default;
  constexpr role_set(std::initializer_list<db::account_role> roles) {
    for (auto const role : roles) bits_ |= bit(role);
  }
  constexpr bool open_to_all() const { return bits_ == 0; }
  constexpr bool has(db::account_role role) const { return (bits_ & bit(role)) != 0; }

 private:
  static constexpr std::uint32_t bit(db::account_role role) {
    return 1U << static_cast<unsigned>(role);
  }
  std::uint32_t bits_ = 0;
};

/// The desk's session cookie. The prefix makes browsers insist on Secure, path "/" and no Domain
/// (RFC 6265bis 4.1.3.2).
inline constexpr std::string_view session_cookie = "__Host-intake-desk";

/// What the database knows a session by. The cookie's value itself is never stored.
certs::hash256 session_id_hash(certs::keyring const&, std::string_view cookie_value);

/// What a page asks for by itself, every few seconds, keeps nobody signed in.
enum class session_touch : std::uint8_t { counts, none };

/// The session of the request's cookie, if it is still good. Throws db::unavailable.
std::optional<db::resumed_session> current_session(application const&, request const&,
                                                   session_touch = session_touch::counts);

/// The token that forms of this session carry.
std::string csrf_token(db::session const&);

/// The body's `csrf` field is this session's token (constant time).
bool csrf_matches(db::session const&, std::string_view given);

/// Counts a sending by its form token, then by its address. Nothing: go on; else how long to wait.
std::optional<std::chrono::seconds> too_many(application&, request const&,
                                             certs::uuid const& submission_of_token);

/// Counts what a browser asks for: by its visit first, where it has one, then by its address.
/// Nothing: go on; else how long to wait.
std::optional<std::chrono::seconds> too_often(application&, request const&);

/// Whether the database must be asked which client this is.
bool must_look_up(application&, request const&);
/// One more request of a client came with credentials that are not good.
void count_failure(application&, request const&);
/// Whether too many of them came from there: then no more credentials are looked up for a while.
/// Nothing: go on; else how long to wait.
std::optional<std::chrono::seconds> too_many_failures(application&, request const&);

/// The answer of one who has to wait: says for how long.
response slowed(response, std::chrono::seconds wait);

/// A browser that sends a form says where the page came from: another site's is refused, also where
/// there is no session yet (login CSRF). Clients that are no browsers send neither field and pass.
bool from_own_page(config const&, request const&);

}  // namespace intake::service
