#include "certs/password.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <argon2.h>

namespace intake::certs {
namespace {

constexpr std::uint32_t memory_kib = 19 * 1024;
constexpr std::uint32_t passes = 2;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t encoded_bytes_max = 256;
constexpr std::string_view prefix = "$argon2id$v=19$m=";

struct costs {
  std::uint32_t memory_kib = 0;
  std::uint32_t passes = 0;
  std::uint32_t lanes = 0;
  bool operator==(costs const&) const = default;
};

constexpr costs ours = {memory_kib, passes, lanes};

std::optional<std::uint32_t> take_number(std::string_view& text, std::string_view end) {
  std::uint32_t number = 0;
  auto const [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  if (!text.starts_with(end)) return std::nullopt;
  text.remove_prefix(end.size());
  return number;
}

// The part of a PHC string that decides what verifying it will cost.
std::optional<costs> costs_of(std::string_view stored) {
  if (stored.size() > encoded_bytes_max || !stored.starts_with(prefix)) return std::nullopt;
  stored.remove_prefix(prefix.size());
  auto const m = take_number(stored, ",t=");
  if (!m) return std::nullopt;
  auto const t = take_number(stored, ",p=");
  if (!t) return std::nullopt;
  auto const p = take_number(stored, "$");
  if (!p) return std::nullopt;
  return costs{*m, *t, *p};
}

bool is_affordable(costs const& c) {
  return c.memory_kib <= 2 * memory_kib && c.passes <= 2 * passes && c.lanes <= 2 * lanes;
}

[[noreturn]] void fail(int error) {
  throw std::runtime_error(std::string("argon2 failed: ") + argon2_error_message(error));
}

std::string hash_now(world const& w, std::string_view password) {
  std::array<std::uint8_t, salt_bytes> salt{};
  w.random(salt);
  std::array<char, encoded_bytes_max> encoded{};
  auto const error =
      argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(),
                            salt.data(), salt.size(), hash_bytes, encoded.data(), encoded.size());
  if (error != ARGON2_OK) fail(error);
  return encoded.data();
}

}  // namespace

/// A place among the two that may run; given back at the end of its scope.
class password_hasher::turn {
 public:
  enum class line { limited, unlimited };

  turn(password_hasher& hasher, line length) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    if (length == line::limited && hasher_.running_ == running_max &&
        hasher_.waiting_ >= waiting_max) {
      return;
    }
    ++hasher_.waiting_;
    hasher_.freed_.wait(lock, [&] { return hasher_.running_ < running_max; });
    --hasher_.waiting_;
    ++hasher_.running_;
    taken_ = true;
  }
  turn(turn const&) = delete;
  turn& operator=(turn const&) = delete;
  ~turn() {
    if (!taken_) return;
    {
      std::lock_guard const lock(hasher_.mutex_);
      --hasher_.running_;
    }
    hasher_.freed_.notify_one();
  }
  bool taken() const { return taken_; }

 private:
  password_hasher& hasher_;
  bool taken_ = false;
};

password_hasher::password_hasher(world const& w) {
  std::array<std::uint8_t, hash_bytes> nobody_knows_it{};
  w.random(nobody_knows_it);
  dummy_ = hash_now(w, {reinterpret_cast<char const*>(nobody_knows_it.data()), hash_bytes});
}

std::string password_hasher::hash(world const& w, std::string_view password) {
  if (password.size() > password_bytes_max) {
    throw std::length_error("a password has at most 1,024 bytes");
  }
  turn const mine(*this, turn::line::unlimited);
  return hash_now(w, password);
}

password_verdict password_hasher::verify(std::string_view password,
                                         std::optional<std::string_view> stored) {
  turn const mine(*this, turn::line::limited);
  if (!mine.taken()) return password_verdict::busy;
  auto const c = stored ? costs_of(*stored) : std::nullopt;
  auto const is_real = c && is_affordable(*c) && password.size() <= password_bytes_max;
  auto const encoded = is_real ? std::string(*stored) : dummy_;
  auto const error = argon2id_verify(encoded.c_str(), password.data(),
                                     std::min(password.size(), password_bytes_max));
  if (error == ARGON2_MEMORY_ALLOCATION_ERROR) fail(error);
  return is_real && error == ARGON2_OK ? password_verdict::match : password_verdict::mismatch;
}

bool needs_rehash(std::string_view stored) {
  return costs_of(stored) != ours;
}

}  // namespace intake::certs
