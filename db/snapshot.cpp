#include "db/snapshot.hpp"

#include "certs/hex.hpp"
#include "db/errors.hpp"
#include "db/raw_session.hpp"

#include <charconv>
#include <string_view>

#include <fmt/format.h>

namespace intake::db {
namespace {

/// The migrations themselves write it, so it is told in the facts and not copied.
constexpr std::string_view migration_table = "schema_migration";

// Tables are numbered as they were made, and a migration makes what it refers to first.
constexpr char const* list_tables =
    "SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) "
    "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
    "WHERE c.relnamespace = 'intake'::regnamespace AND c.relkind IN ('r', 'p') "
    "AND c.relname <> 'schema_migration' AND a.attnum > 0 AND NOT a.attisdropped "
    "AND a.attgenerated = '' GROUP BY c.oid, c.relname ORDER BY c.oid";
constexpr char const* list_sequences =
    "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'intake' "
    "ORDER BY 1";
constexpr char const* list_migrations =
    "SELECT encode(hash, 'hex') FROM schema_migration ORDER BY number";
constexpr char const* list_heads =
    "SELECT name, number, encode(link, 'hex') FROM audit_head ORDER BY name";
// Whatever table holds wrapped keys names their KEK in a column of this name.
constexpr char const* list_kek_tables =
    "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
    "WHERE c.relnamespace = 'intake'::regnamespace AND c.relkind IN ('r', 'p') "
    "AND a.attname = 'kek_id' AND NOT a.attisdropped ORDER BY c.oid";
constexpr char const* begin_reading =
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = intake";

std::int64_t number_of(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

certs::hash256 hash_of(std::string_view hex) {
  certs::hash256 hash{};
  if (!certs::read_hex(hex, hash)) {
    throw unavailable("the database holds a value that its schema forbids");
  }
  return hash;
}

std::string quoted(std::string_view name) {
  return fmt::format("intake.\"{}\"", name);
}

template <typename Take>
void for_each(raw_session::result const& rows, Take take) {
  for (int row = 0; row < PQntuples(rows.get()); ++row) {
    take([&](int column) { return cell(rows, row, column); });
  }
}

std::vector<std::string> read_keks(raw_session& link) {
  std::string all;
  for_each(link.run(list_kek_tables), [&](auto text) {
    all += fmt::format("{}SELECT kek_id FROM {}", all.empty() ? "" : " UNION ", quoted(text(0)));
  });
  std::vector<std::string> keks;
  if (all.empty()) return keks;
  for_each(link.run("SELECT kek_id FROM (" + all + ") k WHERE kek_id IS NOT NULL ORDER BY 1"),
           [&](auto text) { keks.push_back(text(0)); });
  return keks;
}

snapshot_facts read_facts(raw_session& link) {
  snapshot_facts facts;
  facts.taken = certs::utc_time(std::chrono::microseconds(
      number_of(link.value("SELECT (extract(epoch FROM now()) * 1000000)::bigint"))));
  for_each(link.run(list_migrations),
           [&](auto text) { facts.migrations.push_back(hash_of(text(0))); });
  for_each(link.run(list_tables), [&](auto text) {
    facts.tables.push_back({text(0), text(1), 0});
  });
  for_each(link.run(list_sequences), [&](auto text) {
    facts.sequences.push_back({text(0), number_of(text(1))});
  });
  for_each(link.run(list_heads), [&](auto text) {
    facts.heads.push_back({text(0), number_of(text(1)), hash_of(text(2))});
  });
  facts.keks = read_keks(link);
  return facts;
}

}  // namespace

struct snapshot::session {
  raw_session link;
};

snapshot::snapshot(std::string const& conninfo)
    : session_(std::make_unique<session>(session{raw_session(conninfo)})) {
  session_->link.run(begin_reading);
  facts_ = read_facts(session_->link);
}

snapshot::~snapshot() = default;

std::int64_t snapshot::copy(snapshot_table const& table,
                            std::function<void(certs::bytes_view)> const& out) {
  return session_->link.copy_out(
      fmt::format("COPY {} ({}) TO STDOUT (FORMAT binary)", quoted(table.name), table.columns),
      out);
}

struct snapshot_loader::session {
  raw_session link;
};

snapshot_loader::snapshot_loader(std::string const& conninfo)
    : session_(std::make_unique<session>(session{raw_session(conninfo)})) {
  session_->link.run("SET ROLE intake_owner; BEGIN; SET LOCAL synchronous_commit = on");
}

snapshot_loader::~snapshot_loader() = default;

// Triggers guard what people do from now on; these rows passed them when they were made.
void snapshot_loader::begin(snapshot_table const& table) {
  table_ = table;
  auto const name = quoted(table.name);
  session_->link.run(fmt::format("ALTER TABLE {} DISABLE TRIGGER USER", name));
  session_->link.begin_copy_in(
      fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)", name, table.columns));
}

void snapshot_loader::put(certs::bytes_view rows) {
  session_->link.put(rows);
}

std::int64_t snapshot_loader::end() {
  auto const rows = session_->link.end_copy_in();
  session_->link.run(fmt::format("ALTER TABLE {} ENABLE TRIGGER USER", quoted(table_.name)));
  return rows;
}

void snapshot_loader::set(snapshot_sequence const& sequence) {
  if (sequence.last == 0) return;
  session_->link.run(fmt::format("SELECT setval('{}', {})", quoted(sequence.name), sequence.last));
}

void snapshot_loader::commit() {
  session_->link.run("COMMIT");
  // Plans for the restored rows, without waiting for autovacuum.
  for_each(session_->link.run(list_tables),
           [&](auto text) { session_->link.run("ANALYZE " + quoted(text(0))); });
}

bool is_unused(std::string const& conninfo) {
  raw_session link(conninfo);
  if (link.value("SELECT to_regnamespace('intake') IS NULL") == "t") return true;
  link.run("SET ROLE intake_owner");
  bool unused = true;
  for_each(link.run(list_tables), [&](auto text) {
    if (text(0) == migration_table) return;
    unused = unused && link.value("SELECT EXISTS (SELECT FROM " + quoted(text(0)) + ")") == "f";
  });
  return unused;
}

}  // namespace intake::db
