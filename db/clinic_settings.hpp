#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <vector>

namespace intake::db {

/// What a manager set on top of the configuration. Rows are only added.
struct clinic_setting {
  /// In the order of the acts, of all keys together.
  std::int64_t number = 0;
  /// 1-200 bytes, "clinic.name".
  std::string key;
  /// UTF-8, or a picture, at most 16 KiB; nothing: back to what the files say.
  std::optional<std::string> value;
  /// As it was typed, where a reason was asked for.
  std::string reason;
  certs::utc_time at{};
  certs::uuid actor;
  std::string actor_name{};
};

/// All functions here throw `unavailable`, and need the role intake_desk.
/// 0 where nobody has set anything.
std::int64_t newest_clinic_setting(pool&);
/// The newest row of each key, by key.
std::vector<clinic_setting> clinic_settings(pool&);
/// Adds it after `newest`, the last act that its maker knew of. False where there is a later one:
/// what was checked may not hold any more.
bool add_clinic_setting(pool&, clinic_setting const&, std::int64_t newest);

}  // namespace intake::db
