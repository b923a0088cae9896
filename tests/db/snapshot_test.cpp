#include "db/snapshot.hpp"

#include "db/audit_log.hpp"
#include "db/backup_checks.hpp"
#include "db/errors.hpp"
#include "db/schema.hpp"
#include "tests/db/samples.hpp"

#include <map>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace tests;

struct copied_table {
  snapshot_table shape;
  certs::bytes rows;
};

struct copied {
  snapshot_facts facts;
  std::vector<copied_table> tables;
};

copied copy_of(database const& home) {
  snapshot view(home.conninfo("intake_backup"));
  copied all{view.facts(), {}};
  for (auto const& table : view.facts().tables) {
    auto& one = all.tables.emplace_back(copied_table{table, {}});
    one.shape.rows = view.copy(table, [&one](certs::bytes_view piece) {
      one.rows.insert(one.rows.end(), piece.begin(), piece.end());
    });
  }
  return all;
}

void load(database const& target, copied const& all) {
  snapshot_loader loader(target.conninfo("intake_migrate"));
  for (auto const& table : all.tables) {
    loader.begin(table.shape);
    loader.put(table.rows);
    ASSERT_EQ(loader.end(), table.shape.rows) << table.shape.name;
  }
  for (auto const& each : all.facts.sequences) loader.set(each);
  loader.commit();
}

/// A clinic's day: submissions, a correction, entries of reads, a rule set with an approval.
void fill(database const& home, int submissions) {
  batch_writer writer(writer_settings(home), sample_world());
  sample_maker samples;
  for (int i = 0; i < submissions; ++i) {
    auto const one = samples.submission();
    ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(one)));
    if (i == 0) {
      ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(samples.correction(one))));
    }
  }
  writer.append(samples.entry());
  home.sql(
      "INSERT INTO account VALUES (gen_random_uuid(), 'maria', 'manager', 'x', now(), NULL, false);"
      "INSERT INTO rule_set VALUES (decode(repeat('ab', 32), 'hex'), now(), 'uid 0');"
      "INSERT INTO rule_set_approval SELECT decode(repeat('ab', 32), 'hex'), id, now() FROM "
      "account;"
      "INSERT INTO rule_set_activation (hash, active_from, act, approvals, activated, actor) "
      "VALUES (decode(repeat('ab', 32), 'hex'), now(), 'activate', 1, now(), 'uid 0')");
}

std::map<std::string, std::string> contents(database const& home) {
  std::map<std::string, std::string> all;
  for (auto const& row : home.sql(
           "SELECT relname FROM pg_class WHERE relnamespace = 'intake'::regnamespace AND relkind = "
           "'r' AND relname <> 'schema_migration'")) {
    all[row[0]] = home.value(
        "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' "
        "ORDER BY t::text)), '') FROM intake." +
        row[0] + " t");
  }
  return all;
}

TEST(snapshot, every_row_of_every_table_comes_back) {
  database const home;
  fill(home, 5);
  auto const all = copy_of(home);
  EXPECT_FALSE(all.facts.keks.empty());
  EXPECT_EQ(all.facts.migrations.size(), embedded_migration_list().size());
  ASSERT_FALSE(all.facts.heads.empty());
  database const target;
  ASSERT_TRUE(is_unused(target.conninfo("intake_migrate")));
  load(target, all);
  EXPECT_EQ(contents(target), contents(home));
  EXPECT_FALSE(is_unused(target.conninfo("intake_migrate")));

  pool desk(desk_settings(target));
  auto const report = verify_audit(desk, sample_audit_key(), audit_depth::ciphertexts);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.submissions, 6);
}

TEST(snapshot, a_restored_database_goes_on_where_the_old_one_ended) {
  database const home;
  fill(home, 2);
  database const target;
  load(target, copy_of(home));
  batch_writer writer(writer_settings(target), sample_world(3));
  sample_maker other(99);
  EXPECT_TRUE(std::holds_alternative<stored>(writer.submit(other.submission())));
  writer.append(other.entry());
  pool desk(desk_settings(target));
  EXPECT_TRUE(verify_audit(desk, sample_audit_key(), audit_depth::ciphertexts).findings.empty());
  // Triggers are on again.
  EXPECT_NE(target.refusal("intake_desk",
                           "INSERT INTO rule_set_activation (hash, active_from, act, approvals, "
                           "activated, actor) VALUES (decode(repeat('ab', 32), 'hex'), now(), "
                           "'activate', 2, now(), 'x')"),
            "");
}

TEST(snapshot, shows_the_moment_at_which_it_was_taken) {
  database const home;
  fill(home, 2);
  snapshot view(home.conninfo("intake_backup"));
  {
    batch_writer writer(writer_settings(home), sample_world(5));
    sample_maker samples(55);
    ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(samples.submission())));
  }
  for (auto const& table : view.facts().tables) {
    auto const rows = view.copy(table, [](certs::bytes_view) {});
    if (table.name == "submission") {
      EXPECT_EQ(rows, 2);
    }
  }
}

TEST(snapshot, a_load_that_ends_early_leaves_nothing) {
  database const home;
  fill(home, 3);
  auto const all = copy_of(home);
  database const target;
  {
    snapshot_loader loader(target.conninfo("intake_migrate"));
    loader.begin(all.tables.front().shape);
    loader.put(all.tables.front().rows);
    loader.end();
  }
  EXPECT_TRUE(is_unused(target.conninfo("intake_migrate")));
  snapshot_loader loader(target.conninfo("intake_migrate"));
  loader.begin(all.tables.front().shape);
  loader.put(certs::as_bytes("no rows at all"));
  EXPECT_THROW(loader.end(), database_error);
}

TEST(snapshot, needs_a_role_that_may_read_everything) {
  database const home;
  for (auto const* role : {"intake_portal", "intake_desk", "intake_rekey"}) {
    EXPECT_THROW(
        {
          snapshot view(home.conninfo(role));
          for (auto const& table : view.facts().tables) view.copy(table, [](certs::bytes_view) {});
        },
        statement_refused)
        << role;
  }
}

TEST(backup_checks, only_a_good_one_counts_and_the_newest_of_them) {
  database const home;
  pool desk(desk_settings(home));
  EXPECT_EQ(newest_good_backup(desk), std::nullopt);
  auto const day = std::chrono::hours(24);
  add_backup_check(desk, {sample_now, sample_now - day, {}, 7, check_outcome::bad, "uid 0"});
  EXPECT_EQ(newest_good_backup(desk), std::nullopt);
  add_backup_check(desk, {sample_now, sample_now - 2 * day, {}, 7, check_outcome::good, "uid 0"});
  add_backup_check(desk, {sample_now, sample_now - 3 * day, {}, 7, check_outcome::good, "uid 0"});
  EXPECT_EQ(newest_good_backup(desk), sample_now - 2 * day);
}

}  // namespace
}  // namespace intake::db
