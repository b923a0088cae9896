#pragma once
#include "db/pool.hpp"
#include "service/live_keks.hpp"

#include <chrono>
#include <string>
#include <thread>

namespace intake::service {

/// How long after its last word an instance still counts as running.
inline constexpr std::chrono::minutes key_reader_silent_max{3};

/// Tells the database, every so often, which keys this instance holds, so that a rotation switches
/// only to a key that all of them can read.
class key_watch {
 public:
  struct surroundings {
    db::pool& desk;
    certs::world const& world;
    live_keks const& keks;
    std::string instance;
  };
  explicit key_watch(surroundings around) : around_(std::move(around)) {}

  /// The database being away changes nothing and is not reported here.
  void tell();
  /// Tells now and then every so often, in a thread of its own, until this object ends.
  void keep_telling(std::chrono::milliseconds every);

 private:
  surroundings around_;
  std::jthread thread_;
};

}  // namespace intake::service
