#include "db/schema.hpp"

#include "certs/expects.hpp"
#include "db/errors.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"
#include "embedded_migrations.hpp"

#include <charconv>
#include <vector>

#include <fmt/format.h>
#include <pqxx/except.hxx>

namespace intake::db {
namespace {

constexpr std::string_view works_from_mark = "-- works-from: ";
/// Any number will do, as long as every program version takes the same.
constexpr long long migrate_lock = 0x696e'7461'6b65;

struct applied_migration {
  int number = 0;
  certs::hash256 hash{};
  int works_from = 0;
};

int leading_number(std::string_view text) {
  int value = 0;
  auto const end = std::from_chars(text.data(), text.data() + text.size(), value);
  certs::expects(end.ec == std::errc{} && value > 0, "a migration begins with its number");
  return value;
}

std::vector<migration> read_embedded() {
  std::vector<migration> list;
  for (auto const& file : embedded_migrations()) {
    if (file.name == "bootstrap.sql") continue;
    list.push_back(read_migration(file.name, file.bytes));
    certs::expects(list.size() < 2 || list[list.size() - 2].number < list.back().number,
                   "migrations are numbered in their order");
  }
  return list;
}

std::string_view bootstrap_sql() {
  for (auto const& file : embedded_migrations()) {
    if (file.name == "bootstrap.sql") return file.bytes;
  }
  certs::expects(false, "bootstrap.sql is embedded");
  return {};
}

std::vector<applied_migration> applied_to(pqxx::transaction_base& work) {
  std::vector<applied_migration> list;
  auto const rows =
      work.exec("SELECT number, hash, works_from FROM schema_migration ORDER BY number");
  for (auto const& row : rows) {
    list.push_back({row[0].as<int>(), hash_of(row[1]), row[2].as<int>()});
  }
  return list;
}

/// The number of the last step; 0 where there is none.
template <typename Steps>
int last_number(Steps const& steps) {
  return steps.empty() ? 0 : steps.back().number;
}

/// Both know the same beginning of the story, or they are two stories.
void require_same_beginning(std::span<applied_migration const> applied,
                            std::span<migration const> steps) {
  for (std::size_t i = 0; i < std::min(applied.size(), steps.size()); ++i) {
    if (applied[i].number == steps[i].number && applied[i].hash == steps[i].hash) continue;
    throw schema_refused(fmt::format(
        "The database was made by another migration {} than this program's {}. Use the program "
        "that made it, or restore the database of this one.",
        applied[i].number, steps[i].name));
  }
}

void require_works_with(std::span<applied_migration const> applied,
                        std::span<migration const> steps) {
  auto const own = last_number(steps);
  if (applied.size() < steps.size()) {
    throw schema_refused(
        fmt::format("The database has schema {}, this program needs {}. Run 'intake migrate'.",
                    last_number(applied), own));
  }
  for (auto const& newer : applied.subspan(steps.size())) {
    if (newer.works_from <= own) continue;
    throw schema_refused(
        fmt::format("The database has schema {}, which no longer works with this program's {}. "
                    "Start the newer program.",
                    newer.number, own));
  }
}

void take_lock(connection& link, int wait_seconds) {
  pqxx::nontransaction work(link);
  work.exec(fmt::format("SET lock_timeout = '{}s'", wait_seconds));
  try {
    work.exec(fmt::format("SELECT pg_advisory_lock({})", migrate_lock));
  } catch (pqxx::sql_error const& error) {
    if (sqlstate_of(error) != "55P03") throw;
    throw schema_refused(
        "Another 'intake migrate' is at work. Wait until it has ended, then run it again.");
  }
  work.exec("SET lock_timeout = 0");
}

void make_register(connection& link) {
  pqxx::work work(link);
  work.exec("CREATE SCHEMA IF NOT EXISTS intake");
  work.exec(
      "CREATE TABLE IF NOT EXISTS intake.schema_migration ("
      "number integer PRIMARY KEY, name text NOT NULL, hash bytea NOT NULL, "
      "works_from integer NOT NULL, applied timestamptz NOT NULL DEFAULT now())");
  work.commit();
}

void apply(connection& link, migration const& step) {
  pqxx::work work(link);
  work.exec(std::string(step.sql));
  work.exec_params(
      "INSERT INTO intake.schema_migration (number, name, hash, works_from) VALUES ($1, $2, $3, "
      "$4)",
      step.number, std::string(step.name), binary(step.hash), step.works_from);
  work.commit();
}

migration_outcome migrate_on(connection& link, std::span<migration const> steps,
                             int lock_wait_seconds) {
  {
    pqxx::nontransaction work(link);
    work.exec("SET ROLE intake_owner");
  }
  take_lock(link, lock_wait_seconds);
  make_register(link);
  std::vector<applied_migration> applied;
  {
    pqxx::nontransaction work(link);
    applied = applied_to(work);
  }
  require_same_beginning(applied, steps);
  if (applied.size() > steps.size()) {
    throw schema_refused(fmt::format(
        "The database has schema {}, newer than this program's {}. Run the newer program.",
        last_number(applied), last_number(steps)));
  }
  for (auto const& step : steps.subspan(applied.size())) apply(link, step);
  return {last_number(applied), last_number(steps)};
}

connection_settings patient_settings(std::string const& conninfo) {
  return {.conninfo = conninfo,
          .application_name = "intake migrate",
          .statement_timeout = std::chrono::milliseconds(0)};
}

void create_database(connection& link, std::string const& database) {
  pqxx::nontransaction work(link);
  work.exec(std::string(bootstrap_sql()));
  auto const found =
      work.exec_params("SELECT FROM pg_database WHERE datname = $1", database).size();
  if (found != 0) return;
  auto const name = link.quote_name(database);
  work.exec("CREATE DATABASE " + name +
            " OWNER intake_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
  work.exec("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
  work.exec("GRANT CONNECT ON DATABASE " + name +
            " TO intake_migrate, intake_portal, intake_desk, intake_billing, intake_rekey, "
            "intake_retention, intake_backup");
}

}  // namespace

migration read_migration(std::string_view name, std::string_view sql) {
  certs::expects(sql.starts_with(works_from_mark), "a migration says what it works from");
  return {.number = leading_number(name),
          .name = name,
          .sql = sql,
          .works_from = leading_number(sql.substr(works_from_mark.size())),
          .hash = certs::sha256(certs::as_bytes(sql))};
}

std::span<migration const> embedded_migration_list() {
  static std::vector<migration> const list = read_embedded();
  return list;
}

void bootstrap(std::string const& superuser_conninfo, std::string const& database) {
  connection link(patient_settings(superuser_conninfo));
  try {
    create_database(link, database);
  } catch (pqxx::pqxx_exception const&) {
    rethrow_translated(link.is_open());
  }
}

migration_outcome migrate(std::string const& conninfo, std::span<migration const> steps,
                          int lock_wait_seconds) {
  connection link(patient_settings(conninfo));
  try {
    return migrate_on(link, steps, lock_wait_seconds);
  } catch (pqxx::pqxx_exception const&) {
    rethrow_translated(link.is_open());
  }
}

void require_schema(std::string const& conninfo, std::span<migration const> steps) {
  connection link({.conninfo = conninfo});
  std::vector<applied_migration> applied;
  try {
    pqxx::nontransaction work(link);
    if (!work.exec("SELECT to_regclass('intake.schema_migration')")[0][0].is_null()) {
      applied = applied_to(work);
    }
  } catch (pqxx::pqxx_exception const&) {
    rethrow_translated(link.is_open());
  }
  require_same_beginning(applied, steps);
  require_works_with(applied, steps);
}

}  // namespace intake::db
