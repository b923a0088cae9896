#pragma once
#include "certs/bytes.hpp"
#include "certs/uuid.hpp"
#include "db/audit_entry.hpp"
#include "db/new_submission.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace intake::db {

/// Durable: COMMIT returned and nothing cast doubt on it. Only now may the receipt be shown.
struct stored {
  certs::uuid id;
  std::string receipt;
};

/// This id with this body was stored before; the receipt is the one given then.
struct replayed {
  certs::uuid id;
  std::string receipt;
};

/// The id is taken by another body (or a correction's number by another correction, or there is
/// nothing to correct).
struct conflict {};

/// The queue is full: 503 now, sooner than a wait that may not end.
struct busy {};

/// PostgreSQL did not answer in time. The row may be stored or not; the same id sent again finds
/// out.
struct not_available {};

using verdict = std::variant<stored, replayed, conflict, busy, not_available>;

/// PostgreSQL refuses this very row; its neighbours are stored. SQLSTATE 23505: the receipt is
/// taken, draw another.
struct refused_row {
  std::string sqlstate;
};

/// What becomes of a submission, as a value.
using submission_outcome = std::variant<verdict, refused_row>;

enum class durability {
  /// The server's own synchronous_commit decides.
  server_setting,
  /// A synchronous standby must be connected, asserted in the same transaction; without one nothing
  /// is stored.
  synchronous_standby,
};

struct batch_writer_settings {
  /// libpq connection string of the role intake_portal.
  std::string conninfo;
  /// "instance/purpose": names the audit chain, which one writer at a time continues.
  std::string chain;
  /// 32 bytes that are not in the database; every audit entry and the chain's head are bound to
  /// them.
  certs::bytes audit_key;
  durability guard = durability::server_setting;
  /// Writers with a connection and a chain ("NAME", "NAME/2" …) each. More than one share the rows
  /// between them, so that each commit carries fewer.
  std::size_t writers = 1;
  std::size_t queue_rows_max = 1024;
  std::size_t batch_rows_max = 128;
  std::size_t batch_bytes_max = std::size_t{1} << 20;
  /// The longest that `submit` and `append` wait for their COMMIT, PostgreSQL being down or not.
  std::chrono::milliseconds wait_max{5000};
  std::chrono::milliseconds statement_timeout{10'000};
};

/// Counted since the start, for metrics.
struct batch_writer_counts {
  std::uint64_t batches = 0;
  std::uint64_t submissions_stored = 0;
  std::uint64_t audit_entries = 0;
  /// Batches whose COMMIT was not confirmed, and rows refused.
  std::uint64_t batches_in_doubt = 0;
  std::uint64_t rows_refused = 0;
  std::uint64_t connections = 0;
  /// Chains given up because their head was not as this writer had sealed it: raise an alarm, run
  /// `intake audit verify`.
  std::uint64_t chains_given_up = 0;
  std::size_t queued = 0;
  /// Why nothing could be stored when it was last tried; empty when all is well.
  std::string trouble;
};

/// The only way that submissions and audit entries enter the database: one thread, one connection,
/// one COMMIT for all that wait (design 7, group commit). The verbs may be called from any number
/// of threads.
class batch_writer {
 public:
  /// Connects in threads of its own, so that a database that is down at the start delays nobody.
  batch_writer(batch_writer_settings, certs::world);
  /// Writes what waits (at most `wait_max`), then closes.
  ~batch_writer();
  batch_writer(batch_writer const&) = delete;
  batch_writer& operator=(batch_writer const&) = delete;

  /// Returns after COMMIT. Throws `statement_refused` where PostgreSQL refuses this very row
  /// (neighbours are stored); SQLSTATE 23505 then means that the receipt is taken: draw another.
  [[nodiscard]] verdict submit(new_submission);

  /// Returns at once; `then` hears the outcome once, at most about `wait_max` later, on a thread of
  /// the writer (or on this one: `busy`) that others wait for: it hands on, and neither blocks nor
  /// throws.
  void submit_then(new_submission, std::function<void(submission_outcome)> then);

  /// Returns after COMMIT; throws `unavailable` when the entry is not known to be durable: then
  /// nothing may leave.
  void append(audit_entry);

  batch_writer_counts counts() const;

 private:
  struct implementation;
  std::unique_ptr<implementation> implementation_;
};

}  // namespace intake::db
