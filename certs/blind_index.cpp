#include "certs/blind_index.hpp"

#include "certs/name_fold.hpp"
#include "certs/secret.hpp"
#include "certs/utc_text.hpp"

#include <algorithm>
#include <string>

namespace intake::certs {
namespace {

constexpr unsigned bucket_bits = 10;
constexpr std::size_t prefix_letters = 3;
constexpr std::size_t last_digits = 4;
constexpr std::size_t words_max = 16;

enum class width { full, bucket };

search_token token_of(keyring const& ring, key_role role, search_field field, width w,
                      std::string_view text) {
  auto const hash = ring.keyed_hash(role, as_bytes(text));
  if (w == width::full) return {field, bytes(hash.begin(), hash.end())};
  auto const bucket = (hash[0] << 8 | hash[1]) >> (16 - bucket_bits);
  return {field, {static_cast<std::uint8_t>(bucket >> 8), static_cast<std::uint8_t>(bucket)}};
}

// The first letters by code point; folded names are whole UTF-8.
std::string_view prefix_of(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    auto const begins_letter = (static_cast<unsigned char>(word[i]) & 0xc0) != 0x80;
    if (begins_letter && letters++ == prefix_letters) return word.substr(0, i);
  }
  return word;
}

search_token prefix_token(keyring const& ring, std::string_view folded_word) {
  return token_of(ring, key_role::blind_name_prefix, search_field::name_prefix, width::bucket,
                  prefix_of(folded_word));
}

// Each word, and the whole name as those search for it who write it as one word.
void add_prefixes(keyring const& ring, std::string_view name, std::vector<search_token>& tokens) {
  auto words = fold_words(name);
  if (words.size() > words_max) words.resize(words_max);
  for (auto const& word : words) tokens.push_back(prefix_token(ring, word));
  if (auto const whole = fold_name(name); words.size() > 1) {
    tokens.push_back(prefix_token(ring, whole));
  }
}

void add(std::optional<search_token> token, std::vector<search_token>& tokens) {
  if (token) tokens.push_back(std::move(*token));
}

}  // namespace

std::optional<search_token> surname_birth_date_token(keyring const& ring, std::string_view surname,
                                                     std::string_view birth_date) {
  auto name = fold_name(surname);
  if (name.empty() || !parse_date_text(birth_date)) return std::nullopt;
  name += '\0';
  name += birth_date;
  return token_of(ring, key_role::blind_surname_birth_date, search_field::surname_birth_date,
                  width::full, name);
}

std::optional<search_token> phone_token(keyring const& ring, std::string_view phone) {
  auto const number = fold_phone(phone);
  if (number.empty()) return std::nullopt;
  return token_of(ring, key_role::blind_phone, search_field::phone, width::full, number);
}

std::optional<search_token> birth_date_token(keyring const& ring, std::string_view birth_date) {
  if (!parse_date_text(birth_date)) return std::nullopt;
  return token_of(ring, key_role::blind_birth_date, search_field::birth_date, width::bucket,
                  birth_date);
}

std::optional<search_token> phone_last_four_token(keyring const& ring, std::string_view phone) {
  auto const folded = fold_phone(phone);
  auto const number = folded.empty() ? phone : std::string_view(folded);
  if (number.size() < last_digits) return std::nullopt;
  auto const last = number.substr(number.size() - last_digits);
  if (!std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  return token_of(ring, key_role::blind_phone_last_four, search_field::phone_last_four,
                  width::bucket, last);
}

std::optional<search_token> name_prefix_token(keyring const& ring, std::string_view word) {
  auto const folded = fold_name(word);
  if (folded.empty()) return std::nullopt;
  return prefix_token(ring, folded);
}

std::optional<search_token> member_id_token(keyring const& ring, std::string_view member_id) {
  auto const id = fold_member_id(member_id);
  if (id.empty()) return std::nullopt;
  return token_of(ring, key_role::blind_member_id, search_field::member_id, width::full, id);
}

std::vector<search_token> search_tokens(keyring const& ring, searchable const& patient) {
  std::vector<search_token> tokens;
  add(surname_birth_date_token(ring, patient.surname, patient.birth_date), tokens);
  add(birth_date_token(ring, patient.birth_date), tokens);
  add_prefixes(ring, patient.surname, tokens);
  add_prefixes(ring, patient.given_names, tokens);
  for (auto const phone : patient.phones) {
    // Stored only with a whole number: four stray digits are not a telephone.
    if (auto number = phone_token(ring, phone)) {
      tokens.push_back(std::move(*number));
      add(phone_last_four_token(ring, phone), tokens);
    }
  }
  for (auto const id : patient.member_ids) add(member_id_token(ring, id), tokens);
  std::ranges::sort(tokens);
  auto const repeated = std::ranges::unique(tokens);
  tokens.erase(repeated.begin(), repeated.end());
  return tokens;
}

}  // namespace intake::certs
