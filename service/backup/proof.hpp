#pragma once
#include "certs/kek.hpp"
#include "certs/keyring.hpp"
#include "db/pool.hpp"
#include "service/backup/manifest.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace intake::service::backup {

/// What a restored database was found to be.
struct proof {
  std::size_t submissions = 0;
  /// Whose summary opened: every one, but those whose key was destroyed.
  std::size_t summaries_opened = 0;
  /// A sample spread over all of them, at least `answers_sampled_min` or all there are.
  std::size_t answers_opened = 0;
  std::size_t destroyed = 0;
  std::int64_t audit_entries = 0;
  /// Sentences; empty: it is what was backed up.
  std::vector<std::string> faults;
};

inline constexpr std::size_t answers_sampled_min = 200;

struct restored_database {
  /// Roles intake_desk and intake_backup.
  std::string desk;
  std::string backup;
};

/// Opens every summary and a sample of answers, hashes the whole audit trail again, and compares
/// where its chains stand with the list of contents. Throws db::unavailable.
proof prove(restored_database const&, manifest const&, certs::keyring const&,
            certs::kek_provider const&);

}  // namespace intake::service::backup
