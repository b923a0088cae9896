#include "forms/x12/tag.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace intake::forms::x12 {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 44> names{
    "",    "ISA", "IEA", "ISB", "ISE", "TA1", "TA3", "GS",  "GE",  "ST",  "SE",
    "BHT", "HL",  "NM1", "REF", "N3",  "N4",  "PER", "PRV", "DMG", "INS", "HI",
    "DTP", "MPI", "TRN", "EQ",  "AMT", "III", "EB",  "HSD", "AAA", "MSG", "LS",
    "LE",  "AK1", "AK2", "AK3", "AK4", "AK5", "AK9", "IK3", "IK4", "IK5", "CTX"};
static_assert(names[static_cast<std::size_t>(tag::ctx)] == "CTX");

constexpr std::uint32_t packed(std::string_view id) {
  std::uint32_t value = 0;
  for (char c : id) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    value = value << 8 | static_cast<unsigned char>(c);
  }
  return value;
}

struct entry {
  std::uint32_t key;
  tag value;
};

constexpr auto make_sorted() {
  std::array<entry, names.size() - 1> table{};
  for (std::size_t i = 1; i < names.size(); ++i) {
    table[i - 1] = {packed(names[i]), static_cast<tag>(i)};
  }
  std::ranges::sort(table, {}, &entry::key);
  return table;
}

constexpr auto sorted = make_sorted();

}  // namespace

tag tag_of(std::string_view id) noexcept {
  if (id.size() < 2 || id.size() > 3) return tag::other;
  auto const key = packed(id);
  auto const* const found = std::ranges::lower_bound(sorted, key, {}, &entry::key);
  return found != sorted.end() && found->key == key ? found->value : tag::other;
}

std::string_view name_of(tag name) noexcept {
  return names[static_cast<std::size_t>(name)];
}

}  // namespace intake::forms::x12
