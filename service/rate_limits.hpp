#pragma once
#include "certs/uuid.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace intake::service {

/// How much of something may be done: `burst` at once, then `per_minute`.
struct rate {
  double burst = 1;
  double per_minute = 1;
};

/// Who is counted. One form token is one patient's submission with its corrections, one visit a
/// packet with all its pages, kept while they are typed: both are counted first, and what one of
/// them has too much of is not its address's fault.
/// An address may be a waiting room's or a whole telephone company's, so its limits lie far above
/// 200 patients an hour: `address` is what comes without a token (packets begun, codes tried,
/// single forms), `address_pages` all pages together, some 300 a patient. A receipt is looked up by
/// hardly more than one person, so guesses at its birth date are few.
/// Calls for help are few, and each is a telephone call of somebody's.
/// Of clients' requests only those are counted whose credentials are not good, by the address.
/// Of sign-ins only those that fail are counted: by the name typed, whether or not there is such an
/// account, and by the address; the second factor, of a million codes, by the account.
enum class counted : std::uint8_t {
  form_token,
  visit,
  address,
  address_pages,
  look_up,
  sign_in_name,
  sign_in_address,
  second_factor,
  help,
  client_failure
};

rate rate_of(counted);

/// Counts sendings. Safe to use from several threads. Holds a bounded number of counts: when they
/// are full of busy senders, a new one is not counted rather than refused, because a patient must
/// not pay for somebody else's flood.
class rate_limits {
 public:
  explicit rate_limits(std::size_t senders_max = 100'000) : senders_max_(senders_max) {}

  /// Counts one sending. Nothing: go on; else how long to wait before the next is let through.
  std::optional<std::chrono::seconds> refuse(counted, std::string_view who, certs::utc_time now);

  /// The same, without counting.
  std::optional<std::chrono::seconds> wait(counted, std::string_view who, certs::utc_time now);

 private:
  struct bucket {
    double left = 0;
    certs::utc_time filled{};
  };
  std::optional<std::chrono::seconds> take(counted, std::string_view who, certs::utc_time now,
                                           double costs);
  bucket* find(std::string const& key, rate const&, certs::utc_time now);

  std::size_t senders_max_;
  std::mutex guard_;
  std::unordered_map<std::string, bucket> buckets_;
  certs::utc_time swept_{};
};

}  // namespace intake::service
