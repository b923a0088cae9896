#pragma once
#include "db/accounts.hpp"
#include "forms/item_codes.hpp"
#include "pdf/form_copy.hpp"
#include "service/alerts.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>

/// What each role may read: the one table that pages, copies, files and lists go by. 45 CFR
/// 164.502(b): no more than the work needs.
namespace intake::service {

class audience_set {
 public:
  constexpr audience_set(std::initializer_list<forms::form_audience> audiences) {
    for (auto const each : audiences) bits_ |= bit(each);
  }
  constexpr bool has(forms::form_audience audience) const { return (bits_ & bit(audience)) != 0; }

 private:
  static constexpr std::uint32_t bit(forms::form_audience audience) {
    return 1U << static_cast<unsigned>(audience);
  }
  std::uint32_t bits_ = 0;
};

struct role_view {
  db::account_role role;
  /// Answers on pages.
  audience_set answers;
  /// Files attached to answers.
  audience_set files;
  /// Copies that the role may make, the usual one first.
  std::span<pdf::copy_profile const> copies;
  alert_reader alerts;
};

role_view const& view_of(db::account_role);

}  // namespace intake::service
