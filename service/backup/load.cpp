#include "service/backup/load.hpp"

#include "db/errors.hpp"
#include "db/schema.hpp"
#include "service/commands/exit_code.hpp"

#include <fmt/format.h>

namespace intake::service::backup {
namespace {

std::span<db::migration const> steps_of(manifest const& contents) {
  return db::embedded_migration_list().first(contents.facts.migrations.size());
}

void load_table(archive const& from, db::snapshot_loader& loader, db::snapshot_table const& table,
                progress_report const& report) {
  auto const& file = from.file_of(table);
  loader.begin(table);
  from.read(file, [&loader](certs::bytes_view rows) { loader.put(rows); });
  auto const rows = loader.end();
  if (rows != table.rows) {
    throw archive_damaged(fmt::format("the table {} has {} rows, the list of contents says {}",
                                      table.name, rows, table.rows));
  }
  report({table.name, file.bytes, true});
}

}  // namespace

void require_readable(manifest const& contents) {
  auto const own = db::embedded_migration_list();
  auto const& theirs = contents.facts.migrations;
  if (theirs.size() > own.size()) {
    throw command_failed(
        exit_code::input_bad,
        fmt::format("the backup was made by a newer program, version {}", contents.program),
        "install that version, then restore");
  }
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    if (theirs[i] == own[i].hash) continue;
    throw command_failed(exit_code::input_bad,
                         fmt::format("the backup's schema has another history than this program's, "
                                     "from {} on",
                                     own[i].name),
                         fmt::format("it was made by version {}", contents.program));
  }
}

void load_database(archive const& from, std::string const& conninfo,
                   progress_report const& report) {
  auto const& facts = from.contents().facts;
  db::migrate(conninfo, steps_of(from.contents()));
  db::snapshot_loader loader(conninfo);
  for (auto const& table : facts.tables) load_table(from, loader, table, report);
  for (auto const& each : facts.sequences) loader.set(each);
  loader.commit();
  db::migrate(conninfo);
}

}  // namespace intake::service::backup
