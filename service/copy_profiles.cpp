#include "service/copy_profiles.hpp"

#include "service/audiences.hpp"

#include <algorithm>

namespace intake::service {
namespace {

using enum pdf::copy_profile;

struct named_copy {
  pdf::copy_profile profile;
  std::string_view name;
};

constexpr named_copy names[] = {
    {desk, "desk"}, {clinical, "clinical"}, {patient, "patient"}, {billing, "billing"}};

constexpr std::string_view extents[] = {"whole", "summary"};

}  // namespace

std::string_view copy_name(pdf::copy_profile profile) {
  return std::ranges::find(names, profile, &named_copy::profile)->name;
}

std::optional<pdf::copy_profile> parse_copy_name(std::string_view name) {
  auto const found = std::ranges::find(names, name, &named_copy::name);
  return found == std::end(names) ? std::nullopt : std::optional(found->profile);
}

std::string_view extent_name(pdf::copy_extent extent) {
  return extents[static_cast<std::size_t>(extent)];
}

std::optional<pdf::copy_extent> parse_extent_name(std::string_view name) {
  auto const* const found = std::ranges::find(extents, name);
  if (found == std::end(extents)) return std::nullopt;
  return static_cast<pdf::copy_extent>(found - std::begin(extents));
}

std::string copy_words_of(pdf::copy_profile profile, pdf::copy_extent extent) {
  std::string words(copy_name(profile));
  if (extent != pdf::copy_extent::whole) words += " " + std::string(extent_name(extent));
  return words;
}

std::span<pdf::copy_profile const> copies_for(db::account_role role) {
  return view_of(role).copies;
}

bool may_open_file(db::account_role role, forms::form_audience audience) {
  return view_of(role).files.has(audience);
}

}  // namespace intake::service
