#include "certs/receipt.hpp"

#include "certs/crockford.hpp"

namespace intake::certs {
namespace {

constexpr std::size_t random_characters = 9;
constexpr std::size_t length = 10;
constexpr std::size_t group = 5;

// Multiplication by x in GF(32) modulo x^5 + x^2 + 1, whose powers of x are all 31 non-zero values.
constexpr unsigned times_x(unsigned value) {
  value <<= 1;
  return value < 32 ? value : value ^ 0b100101U;
}

// The sum of value * x^position over GF(32). Each position has a weight of its own, so that neither
// one wrong character nor two swapped ones leave the sum as it was.
unsigned weighted_sum(std::string_view characters) {
  unsigned sum = 0;
  for (auto const c : characters) sum = times_x(sum) ^ static_cast<unsigned>(crockford_value(c));
  return sum;
}

// The check stands last with weight 1: it is the sum of all before, so that the whole sums to 0.
char check_of(std::string_view characters) {
  return crockford_alphabet[times_x(weighted_sum(characters))];
}

std::string_view view(receipt const& r) {
  return {r.characters.data(), length};
}

}  // namespace

receipt new_receipt(world const& w) {
  std::array<std::uint8_t, random_characters> random{};
  w.random(random);
  receipt r;
  for (std::size_t i = 0; i < random_characters; ++i) {
    r.characters[i] = crockford_alphabet[random[i] & 31];
  }
  r.characters.back() = check_of(view(r).substr(0, random_characters));
  return r;
}

std::string to_string(receipt const& r) {
  return std::string(view(r));
}

std::string spoken_form(receipt const& r) {
  auto const text = view(r);
  return std::string(text.substr(0, group)) + '-' + std::string(text.substr(group));
}

std::optional<receipt> parse_receipt(std::string_view text) {
  receipt r;
  std::size_t count = 0;
  for (auto const c : text) {
    if (c == ' ' || c == '-') continue;
    auto const value = crockford_value(c);
    if (value < 0 || count == length) return std::nullopt;
    r.characters[count++] = crockford_alphabet[static_cast<std::size_t>(value)];
  }
  if (count != length || weighted_sum(view(r)) != 0) return std::nullopt;
  return r;
}

}  // namespace intake::certs
