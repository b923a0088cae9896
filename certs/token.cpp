#include "certs/token.hpp"

#include "certs/base64.hpp"
#include "certs/secret.hpp"

#include <stdexcept>

namespace intake::certs {
namespace {

constexpr std::uint8_t token_version = 1;
constexpr std::size_t expiry_bytes = 8;
constexpr std::size_t mac_bytes = std::tuple_size_v<hash256>;
constexpr std::size_t subject_offset = 2 + expiry_bytes;
constexpr std::size_t token_bytes_min = subject_offset + mac_bytes;
constexpr std::size_t token_bytes_max = token_bytes_min + token_subject_bytes_max;
constexpr std::size_t token_length_max = (token_bytes_max * 4 + 2) / 3;

std::int64_t unix_seconds(utc_time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::int64_t read_expiry(bytes_view token) {
  std::uint64_t seconds = 0;
  for (auto const byte : token.subspan(2, expiry_bytes)) seconds = seconds << 8 | byte;
  return static_cast<std::int64_t>(seconds);
}

}  // namespace

std::string mint_token(keyring const& ring, token_purpose purpose, bytes_view subject,
                       utc_time expires) {
  if (subject.size() > token_subject_bytes_max) {
    throw std::length_error("the subject of a token exceeds 512 bytes");
  }
  bytes token = {token_version, static_cast<std::uint8_t>(purpose)};
  auto const seconds = static_cast<std::uint64_t>(unix_seconds(expires));
  for (std::size_t i = 0; i < expiry_bytes; ++i) {
    token.push_back(static_cast<std::uint8_t>(seconds >> (56 - 8 * i)));
  }
  token.insert(token.end(), subject.begin(), subject.end());
  auto const mac = ring.keyed_hash(key_role::token_signing, token);
  token.insert(token.end(), mac.begin(), mac.end());
  return base64url_encode(token);
}

boost::system::result<bytes, token_error> check_token(keyring const& ring, token_purpose purpose,
                                                      std::string_view token, utc_time now) {
  if (token.size() > token_length_max) return token_error::malformed;
  auto const decoded = base64url_decode(token);
  if (!decoded || decoded->size() < token_bytes_min || decoded->front() != token_version) {
    return token_error::malformed;
  }
  auto const all = bytes_view(*decoded);
  auto const signed_part = all.first(all.size() - mac_bytes);
  auto const mac = ring.keyed_hash(key_role::token_signing, signed_part);
  if (!equal_in_constant_time(mac, all.last(mac_bytes))) return token_error::not_authentic;
  if (all[1] != static_cast<std::uint8_t>(purpose)) return token_error::other_purpose;
  if (unix_seconds(now) >= read_expiry(all)) return token_error::expired;
  auto const subject = signed_part.subspan(subject_offset);
  return bytes(subject.begin(), subject.end());
}

void throw_exception_from_error(token_error error, boost::source_location const&) {
  switch (error) {
    case token_error::malformed:
      throw std::runtime_error("not a token");
    case token_error::not_authentic:
      throw std::runtime_error("the token was not minted here");
    case token_error::other_purpose:
      throw std::runtime_error("the token is for something else");
    case token_error::expired:
      break;
  }
  throw std::runtime_error("the token has expired");
}

}  // namespace intake::certs
