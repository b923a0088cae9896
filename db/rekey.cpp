#include "db/rekey.hpp"

#include "certs/hex.hpp"
#include "db/errors.hpp"
#include "db/raw_session.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <map>

#include <fmt/format.h>

namespace intake::db {
namespace {

constexpr int batch_rows = 500;

// A table that keeps data keys says so by these two columns, whatever a migration calls it.
constexpr char const* list_tables =
    "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'intake'::regnamespace "
    "AND c.relkind IN ('r', 'p') AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid "
    "AND a.attname IN ('kek_id', 'wrapped') AND NOT a.attisdropped) = 2 ORDER BY c.oid";
constexpr char const* begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

constexpr statement upsert_emptied{
    "upsert_emptied", "INSERT INTO kek_emptied (kek, emptied) VALUES ($1, " INTAKE_TIME_OF(
                          "$2") ") ON CONFLICT (kek) DO UPDATE SET emptied = excluded.emptied"};
constexpr statement select_emptied{
    "select_emptied",
    "SELECT " INTAKE_MICROSECONDS_OF("emptied") " FROM kek_emptied WHERE kek = $1"};
constexpr statement upsert_wraps{
    "upsert_wraps",
    "INSERT INTO kek_wraps (kek, wraps) VALUES ($1, $2) ON CONFLICT (kek) DO UPDATE "
    "SET wraps = kek_wraps.wraps + excluded.wraps RETURNING wraps"};
constexpr statement select_wraps{"select_wraps", "SELECT wraps FROM kek_wraps WHERE kek = $1"};
constexpr statement upsert_reader{
    "upsert_reader",
    "INSERT INTO key_reader (instance, keks, current_kek, seen) VALUES ($1, $2::text[], "
    "$3, " INTAKE_TIME_OF("$4") ") ON CONFLICT (instance) DO UPDATE SET keks = excluded.keks, "
                                "current_kek = excluded.current_kek, seen = excluded.seen"};
constexpr statement select_readers{
    "select_readers",
    "SELECT instance, array_to_string(keks, E'\\n'), current_kek, " INTAKE_MICROSECONDS_OF(
        "seen") " FROM key_reader WHERE seen >= " INTAKE_TIME_OF("$1") " ORDER BY instance"};

std::vector<std::string> tables_of(raw_session& link) {
  std::vector<std::string> tables;
  auto const rows = link.run(list_tables);
  for (int row = 0; row < PQntuples(rows.get()); ++row) tables.push_back(cell(rows, row, 0));
  return tables;
}

/// "\x0a1b…", as bytea_output = hex writes it.
certs::bytes bytes_of(std::string_view text) {
  certs::bytes data(text.size() / 2 - 1);
  if (!text.starts_with("\\x") || !certs::read_hex(text.substr(2), data)) {
    throw unavailable("the database holds a value that its schema forbids");
  }
  return data;
}

struct row_batch {
  std::vector<std::string> places;
  std::vector<std::string> old;
  std::vector<std::string> renewed;
};

/// A bytea as PostgreSQL reads it from text.
std::string literal_of(certs::bytes_view data) {
  std::string text = "\\x";
  certs::append_hex(text, data);
  return text;
}

std::int64_t store(pool& writers, std::string const& table, std::string const& kek,
                   row_batch const& batch) {
  auto const sql = fmt::format(
      "UPDATE \"{}\" t SET kek_id = $1, wrapped = u.renewed "
      "FROM unnest($2::tid[], $3::bytea[], $4::bytea[]) u(place, old, renewed) "
      "WHERE t.ctid = ANY ($2::tid[]) AND t.ctid = u.place AND t.wrapped = u.old",
      table);
  return write(writers, [&](session_scope const& scope) {
    return static_cast<std::int64_t>(scope.work
                                         .exec_params(sql, kek, to_array(batch.places),
                                                      to_array(batch.old), to_array(batch.renewed))
                                         .affected_rows());
  });
}

/// One table, a batch at a time: read here, re-wrapped, stored through another connection, whose
/// commits this one's snapshot does not see.
class table_pass {
 public:
  table_pass(raw_session& reader, pool& writers, rewrap_pass const& pass)
      : reader_(reader), writers_(writers), pass_(pass) {}

  void go_over(std::string const& table) {
    reader_.run(begin_reading);
    reader_.run(
        fmt::format("DECLARE old_rows NO SCROLL CURSOR FOR SELECT ctid, kek_id, wrapped "
                    "FROM intake.\"{}\" WHERE kek_id <> '{}'",
                    table, pass_.current_kek));
    while (step(table)) continue;
    reader_.run("COMMIT");
  }

  std::int64_t changed() const { return changed_; }

 private:
  bool step(std::string const& table) {
    auto const rows = reader_.run(fmt::format("FETCH {} FROM old_rows", batch_rows));
    int const count = PQntuples(rows.get());
    if (count == 0) return false;
    row_batch batch;
    for (int row = 0; row < count; ++row) {
      certs::wrapped_key const old{cell(rows, row, 1), bytes_of(cell(rows, row, 2))};
      batch.places.push_back(cell(rows, row, 0));
      batch.old.push_back(literal_of(old.value));
      batch.renewed.push_back(literal_of(pass_.rewrap(old).value));
    }
    changed_ += store(writers_, table, pass_.current_kek, batch);
    pass_.after_batch(changed_);
    return count == batch_rows;
  }

  raw_session& reader_;
  pool& writers_;
  rewrap_pass const& pass_;
  std::int64_t changed_ = 0;
};

/// Ids are compared inside SQL texts, so nothing but what an id may hold gets there.
void require_id(std::string const& kek) {
  bool const good = kek.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == kek.npos;
  if (!good || kek.empty()) throw unavailable("the key's id is none");
}

}  // namespace

void for_each_wrapped_key(std::string const& conninfo,
                          std::function<void(certs::wrapped_key const&)> const& use) {
  raw_session link(conninfo);
  link.run(begin_reading);
  for (auto const& table : tables_of(link)) {
    link.run(
        fmt::format("DECLARE all_rows NO SCROLL CURSOR FOR SELECT kek_id, wrapped FROM "
                    "intake.\"{}\"",
                    table));
    for (;;) {
      auto const rows = link.run("FETCH 2000 FROM all_rows");
      int const count = PQntuples(rows.get());
      for (int row = 0; row < count; ++row) use({cell(rows, row, 0), bytes_of(cell(rows, row, 1))});
      if (count == 0) break;
    }
    link.run("CLOSE all_rows");
  }
}

std::vector<kek_rows> count_wrapped_keys(std::string const& conninfo) {
  raw_session link(conninfo);
  link.run(begin_reading);
  std::map<std::string, std::int64_t> counts;
  for (auto const& table : tables_of(link)) {
    auto const rows =
        link.run(fmt::format("SELECT kek_id, count(*) FROM intake.\"{}\" GROUP BY 1", table));
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
      counts[cell(rows, row, 0)] += std::stoll(cell(rows, row, 1));
    }
  }
  std::vector<kek_rows> list;
  for (auto const& [kek, rows] : counts) list.push_back({kek, rows});
  return list;
}

std::int64_t rewrap_rows(std::string const& conninfo, rewrap_pass const& pass) {
  require_id(pass.current_kek);
  raw_session reader(conninfo);
  pool writers({.conninfo = conninfo, .connections_max = 1, .application_name = "intake rekey"});
  table_pass work(reader, writers, pass);
  for (auto const& table : tables_of(reader)) work.go_over(table);
  return work.changed();
}

void note_emptied(pool& connections, std::string const& kek, certs::utc_time since) {
  write(connections,
        [&](session_scope const& scope) { scope.run(upsert_emptied, kek, microseconds(since)); });
}

std::optional<certs::utc_time> emptied_since(pool& connections, std::string const& kek) {
  auto const rows =
      read(connections, [&](session_scope const& scope) { return scope.run(select_emptied, kek); });
  if (rows.empty()) return std::nullopt;
  return time_of(rows[0][0]);
}

std::int64_t add_kek_wraps(pool& connections, std::string const& kek, std::int64_t wraps) {
  return write(connections, [&](session_scope const& scope) {
    return scope.run(upsert_wraps, kek, wraps)[0][0].as<std::int64_t>();
  });
}

std::int64_t kek_wraps(pool& connections, std::string const& kek) {
  auto const rows =
      read(connections, [&](session_scope const& scope) { return scope.run(select_wraps, kek); });
  return rows.empty() ? 0 : rows[0][0].as<std::int64_t>();
}

void note_key_reader(pool& connections, key_reader const& reader) {
  write(connections, [&](session_scope const& scope) {
    scope.run(upsert_reader, reader.instance, to_array(reader.keks), reader.current_kek,
              microseconds(reader.seen));
  });
}

std::vector<key_reader> list_key_readers(pool& connections, certs::utc_time since) {
  auto const rows = read(connections, [&](session_scope const& scope) {
    return scope.run(select_readers, microseconds(since));
  });
  std::vector<key_reader> readers;
  for (auto const& row : rows) {
    readers.push_back(
        {row[0].as<std::string>(), lines_of(row[1]), row[2].as<std::string>(), time_of(row[3])});
  }
  return readers;
}

}  // namespace intake::db
