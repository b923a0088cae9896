#include "service/passkeys/verify.hpp"

#include "certs/hash_chain.hpp"
#include "forms/json_reader.hpp"

#include <algorithm>
#include <memory>

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

namespace intake::service::passkeys {
namespace {

template <auto Free>
struct freed_by {
  template <typename T>
  void operator()(T* object) const {
    Free(&object);
  }
};
using cred_handle = std::unique_ptr<fido_cred_t, freed_by<fido_cred_free>>;
using assert_handle = std::unique_ptr<fido_assert_t, freed_by<fido_assert_free>>;

constexpr int algorithms[] = {COSE_ES256, COSE_EDDSA, COSE_RS256};
constexpr std::size_t client_data_bytes_max = 4096;

// Web Authentication 6.1: host hash, flags, count, then what was made.
constexpr std::size_t flags_at = 32;
constexpr std::size_t head_bytes = 37;
constexpr std::uint8_t user_present = 0x01;

/// 5.8.1: what the browser says it was asked. The challenge stands in it as the text that our
/// tokens are.
bool fits(relying_party const& party, std::string_view type, std::string_view challenge,
          certs::bytes_view client_data) {
  if (client_data.size() > client_data_bytes_max) return false;
  auto const read = forms::read_json(
      std::string(reinterpret_cast<char const*>(client_data.data()), client_data.size()));
  if (!read) return false;
  auto const& said = read->root();
  auto const* const crossed = said.find("crossOrigin");
  return said.text_of("type") == type && said.text_of("challenge") == challenge &&
         said.text_of("origin") == party.origin && (crossed == nullptr || !crossed->is_true());
}

bool is_head_good(relying_party const& party, certs::bytes_view data) {
  if (data.size() < head_bytes) return false;
  auto const host = certs::sha256(certs::as_bytes(party.id));
  return std::ranges::equal(host, data.first(host.size())) && (data[flags_at] & user_present) != 0;
}

std::uint32_t count_in(certs::bytes_view data) {
  std::uint32_t count = 0;
  for (auto const byte : data.subspan(flags_at + 1, 4)) count = count << 8 | byte;
  return count;
}

std::optional<registration> read_as(int algorithm, certs::bytes_view data) {
  cred_handle const made(fido_cred_new());
  if (!made || fido_cred_set_type(made.get(), algorithm) != FIDO_OK ||
      fido_cred_set_authdata_raw(made.get(), data.data(), data.size()) != FIDO_OK) {
    return std::nullopt;
  }
  auto const* const id = fido_cred_id_ptr(made.get());
  auto const* const key = fido_cred_pubkey_ptr(made.get());
  if (id == nullptr || key == nullptr) return std::nullopt;
  return registration{
      .credential_id = {id, id + fido_cred_id_len(made.get())},
      .key = {.algorithm = algorithm, .bytes = {key, key + fido_cred_pubkey_len(made.get())}},
      .sign_count = count_in(data)};
}

/// `read` fills a key of libfido2's from our bytes; `verify` gets it.
template <typename Key, auto New, auto Free, auto Read>
bool verifies(fido_assert_t const* proof, public_key const& stored) {
  Key* key = New();
  bool const good = key != nullptr &&
                    Read(key, stored.bytes.data(), stored.bytes.size()) == FIDO_OK &&
                    fido_assert_verify(proof, 0, stored.algorithm, key) == FIDO_OK;
  Free(&key);
  return good;
}

bool is_signed(fido_assert_t const* proof, public_key const& stored) {
  switch (stored.algorithm) {
    case COSE_ES256:
      return verifies<es256_pk_t, es256_pk_new, es256_pk_free, es256_pk_from_ptr>(proof, stored);
    case COSE_EDDSA:
      return verifies<eddsa_pk_t, eddsa_pk_new, eddsa_pk_free, eddsa_pk_from_ptr>(proof, stored);
    case COSE_RS256:
      return verifies<rs256_pk_t, rs256_pk_new, rs256_pk_free, rs256_pk_from_ptr>(proof, stored);
    default:
      return false;
  }
}

}  // namespace

relying_party party_of(std::string_view public_url) {
  auto const begin = public_url.find("//") + 2;
  auto const host = public_url.substr(begin, public_url.find('/', begin) - begin);
  return {.id = std::string(host.substr(0, host.rfind(':'))), .origin = std::string(public_url)};
}

std::optional<registration> read_registration(relying_party const& party,
                                              std::string_view challenge,
                                              certs::bytes_view client_data,
                                              certs::bytes_view authenticator_data) {
  if (!fits(party, "webauthn.create", challenge, client_data)) return std::nullopt;
  if (!is_head_good(party, authenticator_data)) return std::nullopt;
  for (auto const algorithm : algorithms) {
    if (auto made = read_as(algorithm, authenticator_data)) return made;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> check_assertion(relying_party const& party, std::string_view challenge,
                                             assertion const& said, public_key const& key) {
  if (!fits(party, "webauthn.get", challenge, said.client_data)) return std::nullopt;
  if (!is_head_good(party, said.authenticator_data)) return std::nullopt;
  assert_handle const proof(fido_assert_new());
  auto* const p = proof.get();
  bool const set =
      p != nullptr && fido_assert_set_rp(p, party.id.c_str()) == FIDO_OK &&
      fido_assert_set_clientdata(p, said.client_data.data(), said.client_data.size()) == FIDO_OK &&
      fido_assert_set_count(p, 1) == FIDO_OK &&
      fido_assert_set_authdata_raw(p, 0, said.authenticator_data.data(),
                                   said.authenticator_data.size()) == FIDO_OK &&
      fido_assert_set_sig(p, 0, said.signature.data(), said.signature.size()) == FIDO_OK &&
      fido_assert_set_up(p, FIDO_OPT_TRUE) == FIDO_OK;
  if (!set || !is_signed(p, key)) return std::nullopt;
  return count_in(said.authenticator_data);
}

}  // namespace intake::service::passkeys
