#pragma once
#include "certs/keyring.hpp"
#include "db/batch_writer.hpp"
#include "db/outside_heads.hpp"
#include "db/pool.hpp"
#include "service/log.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace intake::service {

/// Writes down outside the database where every audit chain stands, signed: after a minute in which
/// something was added, or after a hundred entries.
class head_watch {
 public:
  struct surroundings {
    db::pool& desk;
    certs::world const& world;
    event_log const& log;
    certs::keyring const& keys;
    /// Appended to, never opened for anything else; empty: none.
    std::string file;
    /// Run with the new lines as its standard input, for example to keep them on another host;
    /// empty: none.
    std::vector<std::string> command;
  };
  explicit head_watch(surroundings around) : around_(std::move(around)) {}

  /// Writes the heads that have moved since the last call. What fails is in the log
  /// ("audit-heads-not-written", error), and is written the next time.
  void write();

  /// Looks every second, in a thread of its own, until this object ends.
  void keep_writing(db::batch_writer const&);

  /// How often a place did not take what was brought to it.
  std::int64_t failures() const { return failures_; }

 private:
  /// The number that was last written there of each chain.
  struct place {
    std::map<std::string, std::int64_t> written{};
  };
  void bring(place&, std::vector<db::outside_head> const&,
             std::function<void(std::string const&)> const& put);

  surroundings around_;
  place file_;
  place command_;
  std::atomic<std::int64_t> failures_ = 0;
  std::jthread thread_;
};

}  // namespace intake::service
