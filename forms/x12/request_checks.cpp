#include "forms/x12/request_checks.hpp"

#include "forms/x12/character_set.hpp"

#include <algorithm>
#include <charconv>

namespace intake::forms::x12 {
namespace {

constexpr day_number earliest_birth = 1850'01'01;

}  // namespace

std::string as_written(std::string_view text) {
  return fold_text(text, {}, character_set::basic);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == text.npos;
}

bool has_letters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
  });
}

bool is_npi(std::string_view text) {
  if (text.size() != 10 || !is_digits(text)) return false;
  // What the prefix 80840 adds.
  int sum = 24;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const digit = text[i] - '0';
    auto const weighed = i % 2 == 0 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 == 0;
}

json_value const& member_at(json_value const& root, std::string_view place) {
  auto const* here = &root;
  while (!place.empty()) {
    auto const end = std::min(place.find_first_of(".["), place.size());
    auto const name = place.substr(0, end);
    auto const* next = name.empty() ? here : here->find(name);
    place.remove_prefix(end);
    if (place.starts_with('[') && next != nullptr) {
      auto const close = place.find(']');
      std::size_t index = 0;
      std::from_chars(place.data() + 1, place.data() + close, index);
      auto const all = next->children();
      next = index < all.size() ? &all[index] : nullptr;
      place.remove_prefix(close + 1);
    }
    if (place.starts_with('.')) place.remove_prefix(1);
    if (next == nullptr) return *here;
    here = next;
  }
  return *here;
}

bool is_possible_birth(day_number day, day_number today) {
  return day >= earliest_birth && (today == 0 || day <= today);
}

}  // namespace intake::forms::x12
