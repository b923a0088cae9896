#pragma once
#include "db/batch_writer.hpp"
#include "db/connection.hpp"
#include "db/new_submission.hpp"
#include "db/pool.hpp"
#include "tests/support/postgres.hpp"

#include <memory>
#include <random>
#include <string>

namespace intake::tests {

/// 2026-11-23 14:05:06 UTC.
inline constexpr certs::utc_time sample_now{std::chrono::seconds{1'795'442'706}};

/// Random bytes that repeat from run to run, and a clock that stands still.
inline certs::world sample_world(unsigned seed = 1) {
  auto const engine = std::make_shared<std::mt19937>(seed);
  return {.now = [] { return sample_now; },
          .random =
              [engine](std::span<std::uint8_t> out) {
                for (auto& byte : out) byte = static_cast<std::uint8_t>((*engine)());
              }};
}

inline certs::bytes const& sample_audit_key() {
  static certs::bytes const key(32, 0x5a);
  return key;
}

/// Makes submissions that differ from each other; not thread-safe.
class sample_maker {
 public:
  explicit sample_maker(unsigned seed = 7) : world_(sample_world(seed)) {}

  certs::bytes random_bytes(std::size_t count);
  db::new_submission submission(std::size_t answer_bytes = 600);
  /// The next version of `original`, with other parts.
  db::new_submission correction(db::new_submission const& original);
  db::audit_entry entry(std::string action = "submissions-listed");

 private:
  certs::world world_;
};

/// Holds a table locked against everybody else.
class held_lock {
 public:
  held_lock(database const&, std::string const& table);
  ~held_lock();
  held_lock(held_lock const&) = delete;
  held_lock& operator=(held_lock const&) = delete;

 private:
  std::unique_ptr<db::connection> link_;
};

/// With one writer, so that a test knows which chain an entry is in.
db::batch_writer_settings writer_settings(database const&);
db::pool_settings desk_settings(database const&);

}  // namespace intake::tests
