#include "service/copy_profiles.hpp"

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

constexpr pdf::copy_profile desk_only[] = {desk};
constexpr pdf::copy_profile for_billing[] = {billing};
constexpr pdf::copy_profile for_clinicians[] = {clinical, desk};
constexpr pdf::copy_profile for_managers[] = {desk, patient, billing};

}  // namespace

std::string_view copy_name(pdf::copy_profile profile) {
  return std::ranges::find(names, profile, &named_copy::profile)->name;
}

std::optional<pdf::copy_profile> parse_copy_name(std::string_view name) {
  auto const found = std::ranges::find(names, name, &named_copy::name);
  return found == std::end(names) ? std::nullopt : std::optional(found->profile);
}

std::span<pdf::copy_profile const> copies_for(db::account_role role) {
  switch (role) {
    case db::account_role::front_desk:
      return desk_only;
    case db::account_role::billing:
      return for_billing;
    case db::account_role::clinician:
      return for_clinicians;
    case db::account_role::manager:
      return for_managers;
    case db::account_role::administrator:
      break;
  }
  return {};
}

bool may_open_file(db::account_role role, forms::form_audience audience) {
  if (role == db::account_role::billing) {
    return audience == forms::form_audience::demographic ||
           audience == forms::form_audience::coverage;
  }
  return std::ranges::any_of(copies_for(role), [audience](pdf::copy_profile profile) {
    return profile != pdf::copy_profile::patient && pdf::may_show(profile, audience);
  });
}

}  // namespace intake::service
