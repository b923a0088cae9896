#include "service/audiences.hpp"

#include <algorithm>
#include <iterator>

namespace intake::service {
namespace {

using enum forms::form_audience;
using enum db::account_role;
using pdf::copy_profile;

constexpr copy_profile desk_copies[] = {copy_profile::desk};
constexpr copy_profile clinical_copies[] = {copy_profile::clinical, copy_profile::desk};
constexpr copy_profile billing_copies[] = {copy_profile::billing};
constexpr copy_profile manager_copies[] = {copy_profile::desk, copy_profile::patient,
                                           copy_profile::billing};

// The front desk and managers read no behavioural answers, only that there is an alert. Billing
// reads who it is, what pays, and what was signed for that; of files only who it is and what pays.
// Who keeps accounts reads no records.
constexpr role_view views[] = {
    {front_desk,
     {demographic, coverage, clinical, consent},
     {demographic, coverage, clinical, consent},
     desk_copies,
     alert_reader::front_desk},
    {clinician,
     {demographic, coverage, clinical, behavioural, consent},
     {demographic, coverage, clinical, behavioural, consent},
     clinical_copies,
     alert_reader::clinician},
    {billing,
     {demographic, coverage, consent},
     {demographic, coverage},
     billing_copies,
     alert_reader::billing},
    {manager,
     {demographic, coverage, clinical, consent},
     {demographic, coverage, clinical, consent},
     manager_copies,
     alert_reader::front_desk},
    {administrator, {}, {}, {}, alert_reader::front_desk},
};

constexpr std::string_view scope_prefix = "read:";
constexpr forms::form_audience audiences[] = {demographic, forms::form_audience::coverage, clinical,
                                              behavioural, consent};
constexpr copy_profile fullest_first[] = {copy_profile::clinical, copy_profile::desk,
                                          copy_profile::billing};

}  // namespace

role_view const& view_of(db::account_role role) {
  return *std::ranges::find(views, role, &role_view::role);
}

std::optional<forms::form_audience> audience_of_scope(std::string_view scope) {
  if (!scope.starts_with(scope_prefix)) return std::nullopt;
  return forms::from_code<forms::form_audience>(scope.substr(scope_prefix.size()));
}

audience_set audiences_of_scopes(std::span<std::string const> scopes) {
  audience_set all;
  for (auto const& each : scopes) {
    if (auto const audience = audience_of_scope(each)) all.add(*audience);
  }
  return all;
}

std::string scopes_of(audience_set wanted) {
  std::string text;
  for (auto const each : audiences) {
    if (!wanted.has(each)) continue;
    text += (text.empty() ? "" : ", ") + std::string(scope_prefix) + std::string(code_of(each));
  }
  return text;
}

std::vector<pdf::copy_profile> copies_for(audience_set readable) {
  std::vector<pdf::copy_profile> found;
  for (auto const profile : fullest_first) {
    bool const may = std::ranges::any_of(views, [&](role_view const& view) {
      return !view.answers.empty() && readable.covers(view.answers) &&
             std::ranges::count(view.copies, profile) > 0;
    });
    if (may) found.push_back(profile);
  }
  return found;
}

}  // namespace intake::service
