#pragma once
#include "db/accounts.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What the steps of signing in share.
namespace intake::service::accounts {

/// What goes along from step to step, in fields of the pages.
struct way_on {
  std::string name{};
  /// Where to go afterwards.
  std::string next{};
  /// Work of a session that has ended (kept_work.hpp).
  std::string kept{};
  /// Said above the form; does not go along.
  std::string note{};
};

way_on read_way_on(call const&);

response sign_in_form(application const&, way_on const&, int status, std::string_view wrong);

/// "Too many tries. Wait 2 minutes …": the words are the same for names that do not exist.
std::string wait_words(std::chrono::seconds);

/// Where the day begins for that role.
std::string home_of(db::account_role);

/// Both factors are proven: starts a session, writes it to the trail, and leads on.
response signed_in(application&, call const&, db::account const&, way_on const&);

/// What failed tries are counted by: the account, or a name that nobody has.
std::string counted_name(std::optional<db::account> const&, std::string const& typed);
/// How long that name, or this address, must wait; nothing: go on.
std::optional<std::chrono::seconds> sign_in_wait(application&, call const&,
                                                 std::string const& counted_name);
/// Counts a failed try and writes it to the trail.
void refuse_sign_in(application&, call const&, std::optional<db::account> const&,
                    std::string const& counted_name);
/// Writes to the trail that a sign-in was refused; the account may be unknown.
void audit_refused_sign_in(application&, call const&, std::optional<db::account> const&);

/// To the sign-in page, with the cookie taken away; the session itself is ended by the caller.
response signed_out();
/// Sets the cookie of a new session on the answer.
void start_session(application&, call const&, certs::uuid account, response&);

}  // namespace intake::service::accounts
