#pragma once
#include "certs/hash_chain.hpp"
#include "certs/keyring.hpp"
#include "certs/uuid.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Codes that staff type once: 45 random bits and a check character, as on a receipt. The database
/// holds a keyed hash that is bound to the account and to what the code is for.
namespace intake::service::accounts {

enum class code_kind {
  recovery,  ///< signs in in place of a second factor
  set_up     ///< lets its holder choose a password
};

inline constexpr std::size_t recovery_codes = 10;
inline constexpr std::chrono::days set_up_lifetime{7};

struct new_code {
  /// As shown, once: "7KD2M-9QX3C".
  std::string spoken;
  certs::hash256 verifier{};
};

new_code make_code(certs::world const&, certs::keyring const&, code_kind, certs::uuid account);

/// Nothing where what was typed can't be such a code.
std::optional<certs::hash256> verifier_of(certs::keyring const&, code_kind, certs::uuid account,
                                          std::string_view typed);

}  // namespace intake::service::accounts
