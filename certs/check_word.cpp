#include "certs/check_word.hpp"

namespace intake::certs {
namespace {

constexpr std::string_view consonants = "bdfghjklmnprstvz";
constexpr std::string_view vowels = "aiou";
constexpr std::size_t word_letters = 5;

struct letter {
  std::string_view alphabet;
  unsigned bits;
};

constexpr letter letters[word_letters] = {
    {consonants, 4}, {vowels, 2}, {consonants, 4}, {vowels, 2}, {consonants, 4}};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string check_word(std::uint16_t bits) {
  std::string word;
  unsigned left = 16;
  for (auto const& l : letters) {
    left -= l.bits;
    word += l.alphabet[(bits >> left) & ((1U << l.bits) - 1)];
  }
  return word;
}

std::optional<std::uint16_t> read_check_word(std::string_view word) {
  if (word.size() != word_letters) return std::nullopt;
  unsigned bits = 0;
  for (std::size_t i = 0; i < word_letters; ++i) {
    auto const value = letters[i].alphabet.find(lower(word[i]));
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << letters[i].bits | static_cast<unsigned>(value);
  }
  return static_cast<std::uint16_t>(bits);
}

}  // namespace intake::certs
