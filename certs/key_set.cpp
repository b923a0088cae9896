#include "certs/key_set.hpp"

#include "certs/key_wrap.hpp"

#include <algorithm>
#include <stdexcept>

namespace intake::certs {
namespace {

constexpr std::size_t id_length_max = 40;
constexpr std::size_t id_random_bytes = 4;
constexpr std::string_view clinic_prefix = "kek-";
constexpr std::string_view evaluation_prefix = "eval-";

bool is_current(kek const& k) {
  return k.state == kek_state::current;
}

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= id_length_max &&
         std::ranges::all_of(text, is_id_character);
}

template <typename Keks>
auto find_in(Keks& keks, std::string_view id) {
  return std::ranges::find(keks, id, &kek::id);
}

std::string two_digits(unsigned number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

// The date for people, the random tail so that two machines never give one name to two keys.
std::string new_id(world const& w, std::chrono::sys_seconds now, key_use use) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::chrono::year_month_day const day(std::chrono::floor<std::chrono::days>(now));
  auto id = std::string(use == key_use::evaluation ? evaluation_prefix : clinic_prefix) +
            std::to_string(static_cast<int>(day.year())) +
            two_digits(static_cast<unsigned>(day.month())) +
            two_digits(static_cast<unsigned>(day.day())) + "-";
  std::array<std::uint8_t, id_random_bytes> tail{};
  w.random(tail);
  for (auto const byte : tail) {
    id += digits[byte >> 4];
    id += digits[byte & 15];
  }
  return id;
}

kek new_kek(world const& w, kek_state state, key_use use, kek_home home) {
  auto const now = std::chrono::floor<std::chrono::seconds>(w.now());
  auto key = home == kek_home::key_file ? secret::random(w, key_bytes) : secret();
  return {new_id(w, now, use), state, now, std::move(key), home};
}

bool is_in_token(kek const& k) {
  return k.home == kek_home::token;
}

/// Of two in a token only the token knows whether they are the same; it made both.
bool are_alike(kek const& a, kek const& b) {
  return a.id == b.id || (!is_in_token(a) && !is_in_token(b) && a.key == b.key);
}

std::string_view flaw_of(std::vector<kek> const& keks) {
  if (keks.empty()) return "there is no key-encryption key";
  if (keks.size() > keks_max) return "there are more than 64 key-encryption keys";
  if (std::ranges::count_if(keks, is_current) != 1) return "not exactly one KEK is current";
  for (auto i = keks.begin(); i != keks.end(); ++i) {
    if (!is_id(i->id)) return "a KEK id is not 1 to 40 of a-z, 0-9 and '-'";
    auto const size = is_in_token(*i) ? 0 : key_bytes;
    if (i->key.size() != size) return "a KEK does not have 256 bits";
    auto const same = [&](kek const& other) { return are_alike(*i, other); };
    if (std::any_of(std::next(i), keks.end(), same)) return "two KEKs have the same id or key";
  }
  return {};
}

}  // namespace

key_set new_key_set(world const& w, key_use use, kek_home home) {
  key_set keys;
  keys.keks.push_back(new_kek(w, kek_state::current, use, home));
  keys.index_root = secret::random(w, key_bytes);
  return keys;
}

std::string add_kek(key_set& keys, world const& w, kek_home home) {
  if (keys.keks.size() >= keks_max) throw std::length_error("a key set holds at most 64 KEKs");
  auto const current = std::ranges::find_if(keys.keks, is_current);
  auto const use = current != keys.keks.end() && is_evaluation_kek(current->id)
                       ? key_use::evaluation
                       : key_use::clinic;
  return keys.keks.emplace_back(new_kek(w, kek_state::decrypt_only, use, home)).id;
}

bool is_evaluation_kek(std::string_view id) {
  return id.starts_with(evaluation_prefix);
}

kek_change make_current(key_set& keys, std::string_view id) {
  if (find_kek(keys, id) == nullptr) return kek_change::unknown_kek;
  for (auto& k : keys.keks) k.state = k.id == id ? kek_state::current : kek_state::decrypt_only;
  return kek_change::done;
}

kek_change remove_kek(key_set& keys, std::string_view id) {
  auto const found = find_in(keys.keks, id);
  if (found == keys.keks.end()) return kek_change::unknown_kek;
  if (is_current(*found)) return kek_change::kek_is_current;
  keys.keks.erase(found);
  return kek_change::done;
}

kek const* find_kek(key_set const& keys, std::string_view id) {
  auto const found = find_in(keys.keks, id);
  return found == keys.keks.end() ? nullptr : &*found;
}

std::string_view flaw_of(key_set const& keys) {
  if (auto const flaw = flaw_of(keys.keks); !flaw.empty()) return flaw;
  if (keys.index_root.size() == key_bytes) return {};
  if (!keys.index_root.empty() || keys.wrapped_root.value.empty()) {
    return "there is no index root of 256 bits";
  }
  auto const* const guard = find_kek(keys, keys.wrapped_root.kek_id);
  if (guard == nullptr || !is_in_token(*guard)) return "the index root is under a KEK of no token";
  return {};
}

bool wraps_in_token(key_set const& keys) {
  return std::ranges::any_of(keys.keks,
                             [](kek const& k) { return is_current(k) && is_in_token(k); });
}

bool any_in_token(key_set const& keys) {
  return std::ranges::any_of(keys.keks, is_in_token);
}

void open_index_root(key_set& keys, pkcs11_token const& token) {
  if (!keys.index_root.empty()) return;
  auto opened = token.unwrap(keys.wrapped_root.kek_id, keys.wrapped_root.value);
  if (!opened) {
    throw std::runtime_error(opened.error() == unwrap_error::unknown_kek
                                 ? "the token has no key " + keys.wrapped_root.kek_id
                                 : "the index root does not open under the token's key " +
                                       keys.wrapped_root.kek_id);
  }
  keys.index_root = std::move(*opened);
}

void wrap_index_root(key_set& keys, pkcs11_token const* token) {
  if (token == nullptr || !wraps_in_token(keys)) {
    keys.wrapped_root = {};
    return;
  }
  auto const& id = std::ranges::find_if(keys.keks, is_current)->id;
  keys.wrapped_root = {id, token->wrap(id, keys.index_root)};
}

key_set_provider::key_set_provider(std::vector<kek> keks, std::shared_ptr<pkcs11_token const> token)
    : keks_(std::move(keks)), token_(std::move(token)) {
  if (auto const flaw = flaw_of(keks_); !flaw.empty()) {
    throw std::invalid_argument(std::string(flaw));
  }
  if (token_ == nullptr && std::ranges::any_of(keks_, is_in_token)) {
    throw std::invalid_argument("a KEK lies in a token, and [keys] token_module names none");
  }
  current_ = &*std::ranges::find_if(keks_, is_current);
}

wrapped_key key_set_provider::wrap(secret const& dek) const {
  return {current_->id, is_in_token(*current_) ? token_->wrap(current_->id, dek)
                                               : aes_wrap(current_->key, dek.view())};
}

boost::system::result<secret, unwrap_error> key_set_provider::unwrap(
    wrapped_key const& wrapped) const {
  auto const found = find_in(keks_, wrapped.kek_id);
  if (found == keks_.end()) return unwrap_error::unknown_kek;
  return is_in_token(*found) ? token_->unwrap(found->id, wrapped.value)
                             : aes_unwrap(found->key, wrapped.value);
}

std::string key_set_provider::current_id() const {
  return current_->id;
}

}  // namespace intake::certs
