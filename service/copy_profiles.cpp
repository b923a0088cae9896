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

}  // namespace

std::string_view copy_name(pdf::copy_profile profile) {
  return std::ranges::find(names, profile, &named_copy::profile)->name;
}

std::optional<pdf::copy_profile> parse_copy_name(std::string_view name) {
  auto const found = std::ranges::find(names, name, &named_copy::name);
  return found == std::end(names) ? std::nullopt : std::optional(found->profile);
}

std::span<pdf::copy_profile const> copies_for(db::account_role role) {
  return view_of(role).copies;
}

bool may_open_file(db::account_role role, forms::form_audience audience) {
  return view_of(role).files.has(audience);
}

}  // namespace intake::service
