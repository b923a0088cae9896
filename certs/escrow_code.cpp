#include "certs/escrow_code.hpp"

#include "certs/check_word.hpp"
#include "certs/utc_text.hpp"

#include <algorithm>

namespace intake::certs::escrow {
namespace {

hash256 hash_of(std::string_view purpose, std::string_view title, bytes_view data) {
  std::array const fields = {as_bytes(purpose), as_bytes(title), data};
  return chain_link(hash256{}, fields);
}

std::string word_of(hash256 const& hash) {
  return check_word(static_cast<std::uint16_t>(hash[0] << 8 | hash[1]));
}

hash256 key_check(std::string_view title, bytes_view key) {
  return hash_of("intake escrow 1 key", title, key);
}

}  // namespace

std::string title_of(kek const& k) {
  auto const state = k.state == kek_state::current ? current_word : decrypt_only_word;
  auto const home = k.home == kek_home::token ? " " + std::string(token_word) : "";
  return "kek " + k.id + " " + std::string(state) + " " + utc_text(k.created) + home;
}

std::string title_of_index_root() {
  return "index root";
}

block block_of(std::string_view title, secret const& key) {
  block b{};
  std::ranges::copy(key.view(), b.begin());
  std::copy_n(key_check(title, key.view()).begin(), block_bytes - key_bytes, b.begin() + key_bytes);
  return b;
}

bool is_whole(std::string_view title, block const& b) {
  auto const check = key_check(title, bytes_view(b).first(key_bytes));
  return std::equal(b.begin() + key_bytes, b.end(), check.begin());
}

std::string title_check(std::string_view title) {
  return word_of(hash_of("intake escrow 1 title", title, {}));
}

std::string line_check(std::string_view title, std::size_t place, bytes_view line) {
  auto const purpose = "intake escrow 1 line " + std::to_string(place + 1);
  return word_of(hash_of(purpose, title, line));
}

std::string total::check() const {
  return word_of(hash_of("intake escrow 1 end", "", hash_));
}

}  // namespace intake::certs::escrow
