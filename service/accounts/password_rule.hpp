#pragma once
#include "db/accounts.hpp"

#include <string_view>

/// What a password must be (NIST SP 800-63B-4 3.1.1.2): long, and none that everybody tries first.
/// No rule asks for digits or signs, and none expires.
namespace intake::service::accounts {

/// Characters (code points) of a password that is the only factor, and of one beside a second.
inline constexpr std::size_t password_characters_min = 15;
inline constexpr std::size_t password_characters_beside_factor_min = 8;

enum class password_fault {
  none,
  too_short,        ///< whatever stands beside it
  too_short_alone,  ///< long enough beside a second factor, and there is none
  too_long,
  common,   ///< among those that are tried first, or a run of keys
  personal  ///< hardly more than the user name
};

enum class beside { nothing, second_factor };

password_fault fault_of(std::string_view password, std::string_view user_name, beside);

/// How the account is to remember it.
db::password_length length_of(std::string_view password);

/// A sentence that says what to do; empty for none.
std::string_view sentence(password_fault);

/// Whether it is among the passwords that are tried first: a common word, however spelled with
/// digits and signs, alone or repeated; a run of keys or letters; digits only.
bool is_common_password(std::string_view password);

}  // namespace intake::service::accounts
