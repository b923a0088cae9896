#pragma once
#include "db/pool.hpp"
#include "service/log.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

namespace intake::service::backup {

/// How old the newest verified backup may be before the log says so at every look.
inline constexpr std::chrono::days age_max{8};

/// Knows when the newest verified backup was made, for the log and the metrics. An old one is an
/// alert and nothing else: a clinic without a fresh backup still has patients.
class watch {
 public:
  struct surroundings {
    db::pool& desk;
    certs::world const& world;
    event_log const& log;
    /// Of the lines: error where patients are real.
    log_level level = log_level::error;
  };
  explicit watch(surroundings around) : around_(around) {}

  /// Looks now, and writes "backup-missing" or "backup-old" where that is so. The database
  /// being away changes nothing and is not reported here.
  void look();
  /// Looks now and then every so often, in a thread of its own, until this object ends.
  void keep_looking(std::chrono::milliseconds every);

  /// Unix time in seconds; 0 while there is none.
  std::int64_t newest_seconds() const { return newest_seconds_; }

 private:
  surroundings around_;
  std::atomic<std::int64_t> newest_seconds_ = 0;
  std::jthread thread_;
};

}  // namespace intake::service::backup
