#include "service/accounts/codes.hpp"

#include "certs/receipt.hpp"

namespace intake::service::accounts {
namespace {

certs::hash256 hash(certs::keyring const& keys, code_kind kind, certs::uuid account,
                    certs::receipt const& code) {
  auto const text = std::string(kind == code_kind::recovery ? "recovery:" : "set-up:") +
                    certs::to_string(account) + ":" + certs::to_string(code);
  return keys.keyed_hash(certs::key_role::one_time_codes, certs::as_bytes(text));
}

}  // namespace

new_code make_code(certs::world const& world, certs::keyring const& keys, code_kind kind,
                   certs::uuid account) {
  auto const code = certs::new_receipt(world);
  return {certs::spoken_form(code), hash(keys, kind, account, code)};
}

std::optional<certs::hash256> verifier_of(certs::keyring const& keys, code_kind kind,
                                          certs::uuid account, std::string_view typed) {
  auto const code = certs::parse_receipt(typed);
  if (!code) return std::nullopt;
  return hash(keys, kind, account, *code);
}

}  // namespace intake::service::accounts
