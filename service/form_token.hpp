#pragma once
#include "certs/keyring.hpp"
#include "certs/uuid.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// What comes with a form and goes back with its answers: the right to send one submission, whose
/// id it names. Public and short-lived; it says nothing about who asked.
struct form_token {
  /// The submission that a page's answers become; a client that brings an identifier of its own
  /// uses that.
  certs::uuid submission;
};

/// A new token for a new submission.
std::string mint_form_token(certs::keyring const&, certs::world const&,
                            std::chrono::hours lifetime);

enum class token_fault { unreadable, expired };

/// The token's content if we signed it and its time has not run out.
struct form_token_reading {
  std::optional<form_token> token;
  token_fault fault = token_fault::unreadable;
};
form_token_reading read_form_token(certs::keyring const&, certs::utc_time now,
                                   std::string_view text);

}  // namespace intake::service
