#include "service/form_token.hpp"

#include "certs/token.hpp"

#include <algorithm>

namespace intake::service {

std::string mint_form_token(certs::keyring const& keys, certs::world const& world,
                            std::chrono::hours lifetime) {
  auto const submission = certs::new_uuid_v7(world);
  return certs::mint_token(keys, certs::token_purpose::form, submission.value,
                           world.now() + lifetime);
}

form_token_reading read_form_token(certs::keyring const& keys, certs::utc_time now,
                                   std::string_view text) {
  auto const subject = certs::check_token(keys, certs::token_purpose::form, text, now);
  if (!subject) {
    auto const old = subject.error() == certs::token_error::expired;
    return {{}, old ? token_fault::expired : token_fault::unreadable};
  }
  form_token token;
  if (subject->size() != token.submission.value.size()) return {};
  std::ranges::copy(*subject, token.submission.value.begin());
  return {token, token_fault::unreadable};
}

}  // namespace intake::service
