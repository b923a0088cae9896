#pragma once
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace intake::db {

enum class check_outcome { good, bad };

/// How the verification of a backup ended.
struct backup_check {
  certs::utc_time checked{};
  /// When its snapshot was taken.
  certs::utc_time made{};
  certs::hash256 manifest{};
  std::int64_t submissions = 0;
  check_outcome outcome = check_outcome::bad;
  std::string actor;
};

/// Role intake_desk. Throws `unavailable`.
void add_backup_check(pool&, backup_check const&);

/// When the newest backup that was found good was made; nothing where none was.
std::optional<certs::utc_time> newest_good_backup(pool&);

}  // namespace intake::db
