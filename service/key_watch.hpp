#pragma once
#include "db/pool.hpp"
#include "service/live_keks.hpp"
#include "service/log.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace intake::service {

/// How long after its last word an instance still counts as running.
inline constexpr std::chrono::minutes key_reader_silent_max{3};

/// A KEK wraps this many data keys before it is rotated, whatever its age: far below the 2^64
/// blocks at which two could collide, and few enough for one night's re-wrapping.
inline constexpr std::int64_t wraps_per_kek_max = 1LL << 30;

/// Adds to the database's sums how often each key wrapped since the last call, and gives the
/// current key's sum. Where it throws db::database_error nothing is lost: it is added the next
/// time.
std::int64_t tell_wraps(db::pool& desk, live_keks const&);

/// Tells the database, every so often, which keys this instance holds, so that a rotation switches
/// only to a key that all of them can read; and how often it wrapped with them. Beyond the limit it
/// raises an alarm and wraps on: a patient's form is not refused for it.
class key_watch {
 public:
  struct surroundings {
    db::pool& desk;
    certs::world const& world;
    live_keks const& keks;
    event_log const& log;
    std::string instance;
    std::int64_t wraps_max = wraps_per_kek_max;
  };
  explicit key_watch(surroundings around) : around_(std::move(around)) {}

  /// The database being away changes nothing and is not reported here. Writes "key-worn" to the
  /// log, at most once an hour, where a key wrapped more than it should.
  void tell();
  /// Tells now and then every so often, in a thread of its own, until this object ends.
  void keep_telling(std::chrono::milliseconds every);

  /// Of the current key, by all instances, as far as they told.
  std::int64_t wraps() const { return wraps_; }

 private:
  void count();

  surroundings around_;
  std::mutex telling_;
  std::atomic<std::int64_t> wraps_ = 0;
  certs::utc_time silent_until_{};
  std::jthread thread_;
};

}  // namespace intake::service
