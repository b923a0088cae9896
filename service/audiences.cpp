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

}  // namespace

role_view const& view_of(db::account_role role) {
  return *std::ranges::find(views, role, &role_view::role);
}

}  // namespace intake::service
