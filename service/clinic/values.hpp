#pragma once
#include "db/clinic_settings.hpp"
#include "service/texts/texts.hpp"

#include <array>
#include <map>
#include <string>

namespace intake::service::clinic {

/// What managers have set on top of the files, as pages show it.
struct values {
  /// The newest act of each key, whether it sets something or takes it back.
  std::map<std::string, db::clinic_setting, std::less<>> rows;
  /// The number of the newest of all.
  std::int64_t newest = 0;
  /// What patients read at the start of a visit, by language; empty: nothing.
  std::array<std::string, 3> greetings;

  /// Null where the files speak.
  db::clinic_setting const* find(std::string_view key) const {
    auto const found = rows.find(key);
    return found == rows.end() || !found->second.value ? nullptr : &found->second;
  }
  /// What a page must have seen before it may change this key.
  std::int64_t number_of(std::string_view key) const {
    auto const found = rows.find(key);
    return found == rows.end() ? 0 : found->second.number;
  }
  std::string const& greeting(language spoken) const {
    return greetings[static_cast<std::size_t>(spoken)];
  }
};

}  // namespace intake::service::clinic
