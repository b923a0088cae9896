#pragma once
#include "certs/bytes.hpp"
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace intake::db {

/// A table as a snapshot holds it. `columns` are quoted and joined by commas, as SQL takes them.
struct snapshot_table {
  std::string name;
  std::string columns;
  std::int64_t rows = 0;
};

/// Where an identity column stands; `last` is 0 where it was never asked.
struct snapshot_sequence {
  std::string name;
  std::int64_t last = 0;
};

struct snapshot_head {
  std::string chain;
  std::int64_t number = 0;
  certs::hash256 link{};
};

/// What a snapshot consists of, beside its rows.
struct snapshot_facts {
  certs::utc_time taken{};
  /// The hash of every migration that was applied, in order.
  std::vector<certs::hash256> migrations;
  /// The keys without which some of the rows never open.
  std::vector<std::string> keks;
  std::vector<snapshot_head> heads;
  /// In the order in which they can be filled: a row's parents are in an earlier table.
  std::vector<snapshot_table> tables;
  std::vector<snapshot_sequence> sequences;
};

/// One consistent view of the whole schema, read while the service goes on. Every table of the
/// schema is in it, whatever a migration added.
class snapshot {
 public:
  /// Role intake_backup. Throws `unavailable`.
  explicit snapshot(std::string const& conninfo);
  ~snapshot();
  snapshot(snapshot const&) = delete;
  snapshot& operator=(snapshot const&) = delete;

  snapshot_facts const& facts() const { return facts_; }

  /// The table's rows in PostgreSQL's binary COPY format, in pieces. Returns how many; throws
  /// `unavailable`, and what `out` throws.
  std::int64_t copy(snapshot_table const&, std::function<void(certs::bytes_view)> const& out);

 private:
  struct session;
  std::unique_ptr<session> session_;
  snapshot_facts facts_;
};

/// Fills an empty schema from a snapshot, all of it in one transaction.
class snapshot_loader {
 public:
  /// Role intake_migrate; the schema has been made by the snapshot's own migrations. Throws
  /// `unavailable`.
  explicit snapshot_loader(std::string const& conninfo);
  ~snapshot_loader();
  snapshot_loader(snapshot_loader const&) = delete;
  snapshot_loader& operator=(snapshot_loader const&) = delete;

  void begin(snapshot_table const&);
  void put(certs::bytes_view rows);
  /// How many rows the table took since `begin`. Throws `statement_refused` where they are not
  /// rows of that table.
  std::int64_t end();
  void set(snapshot_sequence const&);
  /// From here on the rows are there; until then nothing is.
  void commit();

 private:
  struct session;
  std::unique_ptr<session> session_;
  snapshot_table table_;
};

/// Whether a database has no row of ours: no schema, or one that nobody has used. Role
/// intake_migrate; throws `unavailable`.
bool is_unused(std::string const& conninfo);

}  // namespace intake::db
