#pragma once
#include "certs/keyring.hpp"

#include <compare>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Tokens that let the database find a submission without knowing what it found: HMAC-SHA-256 with
/// a key per field. Fields with few values are cut to 10 bits, so that a token stands for a bucket
/// of patients: the caller decrypts the bucket's summaries and keeps what matches.
namespace intake::certs {

enum class search_field : std::uint8_t {
  surname_birth_date = 1,  ///< full width
  phone = 2,               ///< full width
  birth_date = 3,          ///< 10 bits
  phone_last_four = 4,     ///< 10 bits
  name_prefix = 5,         ///< 10 bits: the first three letters of each word of a name
  member_id = 6,           ///< full width
};

/// `value` is 32 bytes, or 2 big-endian bytes holding a 10-bit number.
struct search_token {
  search_field field{};
  bytes value;
  auto operator<=>(search_token const&) const = default;
};

/// What of a submission can be searched for; empty views give no token.
struct searchable {
  std::string_view surname;
  std::string_view given_names;
  std::string_view birth_date;  ///< YYYY-MM-DD; a partial date gives no token
  std::span<std::string_view const> phones;
  std::span<std::string_view const> member_ids;
};

/// All tokens to be stored with a row, each once, sorted.
std::vector<search_token> search_tokens(keyring const& ring, searchable const& patient);

// The token to look for; none when nothing searchable was given. Names, numbers and ids may be in
// any spelling that fold_name, fold_phone and fold_member_id bring together.
std::optional<search_token> surname_birth_date_token(keyring const& ring, std::string_view surname,
                                                     std::string_view birth_date);
std::optional<search_token> phone_token(keyring const& ring, std::string_view phone);
std::optional<search_token> birth_date_token(keyring const& ring, std::string_view birth_date);
/// Any text that ends in four digits.
std::optional<search_token> phone_last_four_token(keyring const& ring, std::string_view phone);
/// Of one word. It finds words that begin with its first three letters; a word of one or two
/// letters finds only itself.
std::optional<search_token> name_prefix_token(keyring const& ring, std::string_view word);
std::optional<search_token> member_id_token(keyring const& ring, std::string_view member_id);

}  // namespace intake::certs
