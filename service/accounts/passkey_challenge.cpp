#include "service/accounts/passkey_challenge.hpp"

#include "certs/base64.hpp"
#include "certs/token.hpp"
#include "db/passkeys.hpp"
#include "service/desk/staff_act.hpp"
#include "service/passkeys/verify.hpp"

#include <algorithm>

namespace intake::service::accounts {
namespace {

constexpr std::chrono::minutes lifetime{15};
constexpr std::size_t id_bytes = 16;
constexpr std::size_t time_bytes = 8;
constexpr std::size_t random_bytes = 16;

}  // namespace

std::string mint_challenge(application const& app, certs::uuid account, certs::utc_time now) {
  certs::bytes subject(account.value.begin(), account.value.end());
  auto const micros = static_cast<std::uint64_t>(now.time_since_epoch().count());
  for (std::size_t i = 0; i < time_bytes; ++i) {
    subject.push_back(static_cast<std::uint8_t>(micros >> (56 - 8 * i)));
  }
  subject.resize(subject.size() + random_bytes);
  app.world.random(std::span(subject).last(random_bytes));
  return certs::mint_token(app.keys, certs::token_purpose::passkey, subject, now + lifetime);
}

std::optional<certs::utc_time> read_challenge(application const& app, certs::uuid account,
                                              std::string_view challenge, certs::utc_time now) {
  auto const subject = certs::check_token(app.keys, certs::token_purpose::passkey, challenge, now);
  if (!subject || subject->size() != id_bytes + time_bytes + random_bytes) return std::nullopt;
  if (!std::ranges::equal(account.value, std::span(*subject).first(id_bytes))) return std::nullopt;
  std::uint64_t micros = 0;
  for (auto const byte : std::span(*subject).subspan(id_bytes, time_bytes)) {
    micros = micros << 8 | byte;
  }
  return certs::utc_time(std::chrono::microseconds(static_cast<std::int64_t>(micros)));
}

bool takes_passkey(application& app, call const& c, certs::uuid account) {
  auto const challenge = desk::field_of_body(c, "challenge");
  auto const made = read_challenge(app, account, challenge, c.asked.received);
  auto const credential = certs::base64url_decode(desk::field_of_body(c, "credential"));
  auto client_data = certs::base64url_decode(desk::field_of_body(c, "client_data"));
  auto authenticator = certs::base64url_decode(desk::field_of_body(c, "authenticator_data"));
  auto signature = certs::base64url_decode(desk::field_of_body(c, "signature"));
  if (!made || !credential || !client_data || !authenticator || !signature) return false;
  passkeys::assertion const said{.client_data = std::move(*client_data),
                                 .authenticator_data = std::move(*authenticator),
                                 .signature = std::move(*signature)};
  for (auto const& key : db::list_passkeys(app.desk, account)) {
    if (key.credential_id != *credential) continue;
    auto const count =
        passkeys::check_assertion(passkeys::party_of(app.settings.public_url()), challenge, said,
                                  {.algorithm = key.algorithm, .bytes = key.public_key});
    return count && db::use_passkey(app.desk, *credential, *made, *count, c.asked.received);
  }
  return false;
}

}  // namespace intake::service::accounts
