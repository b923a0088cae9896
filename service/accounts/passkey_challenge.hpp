#pragma once
#include "certs/uuid.hpp"
#include "service/application.hpp"
#include "service/call.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::service::accounts {

/// What a passkey is to sign: a token of ours for that account, good for 15 minutes. The server
/// keeps none of them; that each is good once, the time in it sees to (db::use_passkey).
std::string mint_challenge(application const&, certs::uuid account, certs::utc_time now);

/// When it was made. Nothing where it is another account's, or its time is over.
std::optional<certs::utc_time> read_challenge(application const&, certs::uuid account,
                                              std::string_view challenge, certs::utc_time now);

/// The passkey's answer in the fields of the second step signs this person in.
bool takes_passkey(application&, call const&, certs::uuid account);

}  // namespace intake::service::accounts
