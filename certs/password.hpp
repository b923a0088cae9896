#pragma once
#include "certs/uuid.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

/// Passwords of staff: argon2id (RFC 9106) with m = 19 MiB, t = 2, p = 1, as PHC strings.
namespace intake::certs {

constexpr std::size_t password_bytes_max = 1024;

enum class password_verdict {
  match,
  mismatch,  ///< also for an unknown user, after as much work
  busy       ///< too many wait already; say "try again"
};

/// Hashes and verifies, two at a time and at most `waiting_max` more in line, so that a flood of
/// sign-ins takes neither the memory nor all the workers. Safe to use from several threads.
class password_hasher {
 public:
  static constexpr int running_max = 2;
  static constexpr int waiting_max = 4;

  /// Spends one hash (about 50 ms) on the dummy that unknown users are verified against.
  explicit password_hasher(world const& w);

  /// "$argon2id$v=19$m=19456,t=2,p=1$…" with a random 16-byte salt; waits in line however long it
  /// is. Throws std::length_error beyond `password_bytes_max`.
  std::string hash(world const& w, std::string_view password);

  /// `stored` is the user's PHC string, nothing for a user who does not exist; a string that is not
  /// argon2id, or asks for more work than twice ours, never matches.
  password_verdict verify(std::string_view password, std::optional<std::string_view> stored);

 private:
  class turn;

  std::mutex mutex_;
  std::condition_variable freed_;
  int running_ = 0;
  int waiting_ = 0;
  std::string dummy_;
};

/// Whether a PHC string was made with other costs than today's: hash anew at the next sign-in.
bool needs_rehash(std::string_view stored);

}  // namespace intake::certs
