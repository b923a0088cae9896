#pragma once
#include "db/sessions.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What somebody had typed when their session ended: it goes round by the browser, sealed and bound
/// to the account, and is offered again after they have signed in. The server keeps nothing.
namespace intake::service::accounts {

/// The largest body that is kept; files are not.
inline constexpr std::size_t kept_bytes_max = 64 * 1024;

struct kept_work {
  certs::uuid account;
  /// Path and query that it was sent to.
  std::string target;
  std::string body;
};

/// Nothing where the request is not of a session of ours (its token must be that session's), or its
/// body is too large or no plain form.
std::optional<std::string> keep_work(application const&, call const&);
/// Nothing where it is not ours, or older than 12 hours.
std::optional<kept_work> read_kept_work(application const&, std::string_view kept,
                                        certs::utc_time now);

/// The page that offers to send it again, with the token of the session now; `staff` is signed in.
response offer_again(application const&, kept_work const&, db::resumed_session const& staff);

/// For a page of an earlier session of the same person (two windows, signed in again in the other):
/// the same offer. Nothing where the page's token is of no session of theirs.
std::optional<response> offer_of_earlier_session(application const&, call const&);

/// A form was sent and its session is over: sign-in, with the work kept.
response sign_in_again(application&, call const&);

}  // namespace intake::service::accounts
