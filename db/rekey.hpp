#pragma once
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Rotation of key-encryption keys, seen from the rows. Role intake_rekey unless said otherwise;
/// everything here throws `unavailable`.
namespace intake::db {

/// Calls `use` for every wrapped data key there is, in one snapshot: of every table that has the
/// columns kek_id and wrapped.
void for_each_wrapped_key(std::string const& conninfo,
                          std::function<void(certs::wrapped_key const&)> const& use);

struct kek_rows {
  std::string kek;
  std::int64_t rows = 0;
};
/// How many data keys each KEK wraps; one without any is not listed.
std::vector<kek_rows> count_wrapped_keys(std::string const& conninfo);

struct rewrap_pass {
  std::string current_kek;
  /// Makes of a data key under an old KEK the same one under the current; what it throws ends the
  /// pass.
  std::function<certs::wrapped_key(certs::wrapped_key const&)> rewrap;
  /// Told after each batch how many rows the pass has changed; may sleep.
  std::function<void(std::int64_t)> after_batch;
};

/// Goes once over all rows that are not under the current KEK, a few hundred a transaction, while
/// the service goes on; a row that changed meanwhile is left for the next pass. What was done
/// stays done, wherever it ends. Returns how many rows were changed.
std::int64_t rewrap_rows(std::string const& conninfo, rewrap_pass const&);

/// Since when no row is under a KEK; kept until rows are found under it again.
void note_emptied(pool&, std::string const& kek, certs::utc_time since);
std::optional<certs::utc_time> emptied_since(pool&, std::string const& kek);

/// Adds to how often a KEK was used to wrap; returns the new sum. Role intake_desk or intake_rekey,
/// as below.
std::int64_t add_kek_wraps(pool&, std::string const& kek, std::int64_t wraps);
/// 0 for a KEK that nobody counted.
std::int64_t kek_wraps(pool&, std::string const& kek);

/// The keys that a running instance holds. Role intake_desk.
struct key_reader {
  std::string instance;
  std::vector<std::string> keks;
  std::string current_kek;
  certs::utc_time seen{};
};
void note_key_reader(pool&, key_reader const&);
/// Those that spoke since then.
std::vector<key_reader> list_key_readers(pool&, certs::utc_time since);

}  // namespace intake::db
