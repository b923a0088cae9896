#include "db/schema.hpp"

#include "db/errors.hpp"
#include "tests/support/postgres.hpp"

#include <functional>
#include <future>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using tests::shared_cluster;

constexpr std::string_view second_step = "-- works-from: 1\nCREATE TABLE extra (id integer);";
constexpr std::string_view breaking_step = "-- works-from: 2\nCREATE TABLE extra (id integer);";

/// The embedded migrations and one more, as a later program would have.
std::vector<migration> later_program(std::string_view sql) {
  auto const own = embedded_migration_list();
  std::vector<migration> list(own.begin(), own.end());
  list.push_back(read_migration("9999_later.sql", sql));
  list.back().number = own.back().number + 1;
  if (list.back().works_from > 1) list.back().works_from = list.back().number;
  return list;
}

std::string new_database(std::string const& name) {
  bootstrap(shared_cluster().conninfo("postgres", "postgres"), name);
  return name;
}

std::string migrate_login(std::string const& name) {
  return shared_cluster().conninfo("intake_migrate", name);
}

std::string refusal_of(std::function<void()> const& act) {
  try {
    act();
  } catch (schema_refused const& refused) {
    return refused.what();
  }
  return "";
}

TEST(schema, bootstrap_and_migrate_can_be_repeated) {
  auto const name = new_database("schema_repeat");
  auto const newest = static_cast<int>(embedded_migration_list().size());
  auto const first = migrate(migrate_login(name));
  EXPECT_EQ(first.before, 0);
  EXPECT_EQ(first.after, newest);
  bootstrap(shared_cluster().conninfo("postgres", "postgres"), name);
  auto const second = migrate(migrate_login(name));
  EXPECT_EQ(second.before, newest);
  EXPECT_NO_THROW(require_schema(shared_cluster().conninfo("intake_portal", name)));
  EXPECT_NO_THROW(require_schema(shared_cluster().conninfo("intake_desk", name)));
}

TEST(schema, an_empty_database_is_refused_with_a_hint) {
  auto const name = new_database("schema_empty");
  auto const sentence =
      refusal_of([&] { require_schema(shared_cluster().conninfo("intake_portal", name)); });
  EXPECT_NE(sentence.find("Run 'intake migrate'."), sentence.npos) << sentence;
}

TEST(schema, a_newer_schema_that_says_so_still_works) {
  auto const name = new_database("schema_newer");
  migrate(migrate_login(name), later_program(second_step));
  EXPECT_NO_THROW(require_schema(shared_cluster().conninfo("intake_portal", name)));
}

TEST(schema, a_newer_schema_that_breaks_with_the_past_is_refused) {
  auto const name = new_database("schema_breaking");
  migrate(migrate_login(name), later_program(breaking_step));
  auto const sentence =
      refusal_of([&] { require_schema(shared_cluster().conninfo("intake_portal", name)); });
  EXPECT_NE(sentence.find("Start the newer program."), sentence.npos) << sentence;
  EXPECT_NE(refusal_of([&] { migrate(migrate_login(name)); }), "");
}

TEST(schema, another_history_is_refused) {
  auto const name = new_database("schema_other");
  migrate(migrate_login(name));
  auto own = embedded_migration_list();
  std::vector<migration> other(own.begin(), own.end());
  other.front().hash[0] ^= 1;
  EXPECT_NE(refusal_of([&] { migrate(migrate_login(name), other); }), "");
  EXPECT_NE(
      refusal_of([&] { require_schema(shared_cluster().conninfo("intake_portal", name), other); }),
      "");
}

TEST(schema, a_step_that_fails_leaves_nothing_behind) {
  auto const name = new_database("schema_failing");
  auto const steps =
      later_program("-- works-from: 1\nCREATE TABLE extra (id integer); SELECT 1 / 0;");
  EXPECT_THROW(migrate(migrate_login(name), steps), statement_refused);
  EXPECT_EQ(migrate(migrate_login(name)).before,
            static_cast<int>(embedded_migration_list().size()));
  EXPECT_NO_THROW(migrate(migrate_login(name), later_program(second_step)));
}

TEST(schema, two_at_once_apply_each_step_once) {
  auto const name = new_database("schema_two");
  auto const steps = later_program("-- works-from: 1\nSELECT pg_sleep(0.3);");
  auto const run = [&] { return migrate(migrate_login(name), steps); };
  auto one = std::async(std::launch::async, run);
  auto two = std::async(std::launch::async, run);
  auto const befores = one.get().before + two.get().before;
  EXPECT_EQ(befores, static_cast<int>(steps.size()));
}

TEST(schema, one_that_waits_too_long_is_refused) {
  auto const name = new_database("schema_wait");
  auto const steps = later_program("-- works-from: 1\nSELECT pg_sleep(2.5);");
  auto slow = std::async(std::launch::async, [&] { return migrate(migrate_login(name), steps); });
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  auto const sentence = refusal_of([&] { migrate(migrate_login(name), steps, 1); });
  EXPECT_NE(sentence.find("Another 'intake migrate' is at work."), sentence.npos) << sentence;
  slow.get();
}

TEST(schema, a_server_that_is_not_there_is_unavailable) {
  EXPECT_THROW(require_schema("host=/nonexistent dbname=intake"), unavailable);
  EXPECT_THROW(require_schema("host=/nonexistent nonsense"), unavailable);
}

}  // namespace
}  // namespace intake::db
