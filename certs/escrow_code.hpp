#pragma once
#include "certs/hash_chain.hpp"
#include "certs/key_set.hpp"

#include <array>
#include <string>
#include <string_view>

/// What the writer and the reader of an escrow sheet must agree on; included by them only.
namespace intake::certs::escrow {

constexpr std::string_view begin_words = "BEGIN KEYS";
constexpr std::string_view kek_word = "KEK";
constexpr std::string_view index_root_words = "INDEX ROOT";
constexpr std::string_view end_word = "END";
constexpr std::string_view current_word = "current";
constexpr std::string_view decrypt_only_word = "decrypt-only";
constexpr std::string_view token_word = "token";

constexpr std::size_t line_bytes = 10;
constexpr std::size_t line_characters = 16;
constexpr std::size_t lines_per_key = 4;
constexpr std::size_t block_bytes = line_bytes * lines_per_key;
constexpr std::size_t group_characters = 4;

/// A key and the eight bytes that check it.
using block = std::array<std::uint8_t, block_bytes>;

/// "kek <id> current 2026-11-23T14:05:06Z", with " token" at its end where one holds the key,
/// "index root": what the checks of a key cover.
std::string title_of(kek const& k);
std::string title_of_index_root();

block block_of(std::string_view title, secret const& key);
/// Whether the last eight bytes are those of the title and the key before them.
bool is_whole(std::string_view title, block const& b);

std::string title_check(std::string_view title);
/// `place` is 0 to 3.
std::string line_check(std::string_view title, std::size_t place, bytes_view line);

/// Grows over the blocks of all keys; its check word ends the sheet.
class total {
 public:
  void add(block const& b) { hash_ = chain_link(hash_, std::array{bytes_view(b)}); }
  void add_name(std::string_view title) { hash_ = chain_link(hash_, std::array{as_bytes(title)}); }
  std::string check() const;

 private:
  hash256 hash_{};
};

}  // namespace intake::certs::escrow
