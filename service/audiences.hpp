#pragma once
#include "db/accounts.hpp"
#include "forms/item_codes.hpp"
#include "pdf/form_copy.hpp"
#include "service/alerts.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What each role may read: the one table that pages, copies, files and lists go by. 45 CFR
/// 164.502(b): no more than the work needs.
namespace intake::service {

class audience_set {
 public:
  constexpr audience_set() = default;
  constexpr audience_set(std::initializer_list<forms::form_audience> audiences) {
    for (auto const each : audiences) add(each);
  }
  constexpr void add(forms::form_audience audience) { bits_ |= bit(audience); }
  constexpr bool has(forms::form_audience audience) const { return (bits_ & bit(audience)) != 0; }
  constexpr bool has_any(audience_set others) const { return (bits_ & others.bits_) != 0; }
  constexpr bool covers(audience_set others) const {
    return (bits_ & others.bits_) == others.bits_;
  }
  constexpr bool empty() const { return bits_ == 0; }

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

inline constexpr audience_set every_audience{
    forms::form_audience::demographic, forms::form_audience::coverage,
    forms::form_audience::clinical, forms::form_audience::behavioural,
    forms::form_audience::consent};

/// A machine's scopes are the same audiences: "read:demographic", "read:coverage", "read:clinical",
/// "read:behavioural", "read:consent".
std::optional<forms::form_audience> audience_of_scope(std::string_view scope);
audience_set audiences_of_scopes(std::span<std::string const> scopes);
/// "read:coverage, read:consent", for sentences.
std::string scopes_of(audience_set);

/// The copies that a machine may fetch: those of every role that reads nothing it may not read, the
/// fullest first. The patient's own copy is for patients.
std::vector<pdf::copy_profile> copies_for(audience_set);

}  // namespace intake::service
