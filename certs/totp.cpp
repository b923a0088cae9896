#include "certs/totp.hpp"

#include "certs/expects.hpp"
#include "certs/openssl.hpp"
#include "certs/secret.hpp"

#include <array>
#include <stdexcept>

#include <openssl/hmac.h>

namespace intake::certs {
namespace {

constexpr std::int64_t step_seconds = 30;
constexpr std::size_t sha1_bytes = 20;

std::array<std::uint8_t, sha1_bytes> hmac_sha1(bytes_view key, bytes_view data) {
  std::array<std::uint8_t, sha1_bytes> mac{};
  unsigned size = 0;
  if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), data.data(), data.size(),
           mac.data(), &size) == nullptr) {
    throw std::runtime_error("OpenSSL could not compute HMAC-SHA-1");
  }
  return mac;
}

}  // namespace

std::string one_time_code(bytes_view key, std::uint64_t counter, int digits) {
  expects(digits >= 6 && digits <= 8, "a one-time code has six to eight digits");
  std::array<std::uint8_t, 8> moving{};
  for (std::size_t i = 0; i < moving.size(); ++i) {
    moving[i] = static_cast<std::uint8_t>(counter >> (56 - 8 * i));
  }
  auto const mac = hmac_sha1(key, moving);
  // RFC 4226 5.3: the last four bits say where the 31 bits of the code begin.
  std::size_t const offset = mac.back() & 0x0fU;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[offset + i];
  number &= 0x7fffffffU;
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto place = code.rbegin(); place != code.rend(); ++place, number /= 10) {
    *place = static_cast<char>('0' + number % 10);
  }
  return code;
}

std::int64_t totp_step(utc_time now) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  return seconds / step_seconds;
}

std::optional<std::int64_t> totp_matching_step(bytes_view key, utc_time now, std::int64_t last_step,
                                               std::string_view typed) {
  std::string digits;
  for (char const c : typed) {
    if (c != ' ') digits += c;
  }
  std::optional<std::int64_t> found;
  auto const current = totp_step(now);
  for (auto const step : {current - 1, current, current + 1}) {
    auto const code = one_time_code(key, static_cast<std::uint64_t>(step));
    bool const same = equal_in_constant_time(as_bytes(code), as_bytes(digits));
    if (same && step > last_step && !found) found = step;
  }
  return found;
}

}  // namespace intake::certs
