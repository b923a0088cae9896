#include "db/rekey.hpp"

#include "db/errors.hpp"
#include "tests/db/samples.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace tests;

/// Every byte changed, so that a row changed twice shows.
certs::wrapped_key turned(certs::wrapped_key const& old) {
  certs::wrapped_key made{"kek-2", old.value};
  for (auto& byte : made.value) byte = static_cast<std::uint8_t>(byte + 1);
  return made;
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

rewrap_pass pass_of(std::function<void(std::int64_t)> after = [](std::int64_t) {}) {
  return {"kek-2", turned, std::move(after)};
}

void store_rows(database const& home, int rows) {
  home.sql(
      "INSERT INTO wrapped_key (submission_id, version, kek_id, wrapped) "
      "SELECT gen_random_uuid(), 1, 'kek-1', decode(lpad(to_hex(n), 80, '0'), 'hex') "
      "FROM generate_series(1, " +
      std::to_string(rows) + ") n");
  home.sql(
      "INSERT INTO draft (id, session_hash, revision, kek_id, wrapped, content, expires) "
      "SELECT gen_random_uuid(), decode(repeat('ab', 32), 'hex'), 1, 'kek-1', "
      "decode(repeat('cd', 40), 'hex'), '\\x00', now()");
}

std::string sum(database const& home) {
  return home.value(
      "SELECT count(*) || ' ' || count(DISTINCT wrapped) || ' ' || "
      "min(encode(wrapped, 'hex')) || ' ' || max(kek_id) FROM wrapped_key");
}

TEST(rekey, every_row_of_every_table_is_under_the_current_key_after_one_pass) {
  database const home;
  store_rows(home, 1203);
  auto const role = home.conninfo("intake_rekey");
  ASSERT_EQ(count_wrapped_keys(role).size(), 1U);
  std::vector<std::int64_t> told;
  EXPECT_EQ(rewrap_rows(role, pass_of([&](std::int64_t done) { told.push_back(done); })), 1204);
  EXPECT_EQ(told, (std::vector<std::int64_t>{500, 1000, 1203, 1204}));
  auto const counts = count_wrapped_keys(role);
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts[0].kek, "kek-2");
  EXPECT_EQ(counts[0].rows, 1204);
  EXPECT_EQ(sum(home), "1203 1203 " + repeated("01", 39) + "00 kek-2");
  EXPECT_EQ(rewrap_rows(role, pass_of()), 0);
}

struct stop_here : std::exception {};

TEST(rekey, goes_on_where_it_was_ended) {
  database const home;
  store_rows(home, 1600);
  auto const role = home.conninfo("intake_rekey");
  EXPECT_THROW(rewrap_rows(role, pass_of([](std::int64_t) { throw stop_here(); })), stop_here);
  EXPECT_EQ(home.value("SELECT count(*) FROM wrapped_key WHERE kek_id = 'kek-2'"), "500");
  EXPECT_EQ(rewrap_rows(role, pass_of()), 1101);
  EXPECT_EQ(home.value("SELECT count(*) FROM wrapped_key WHERE kek_id <> 'kek-2'"), "0");
}

// A key that was destroyed, or a draft that was saved again, while the pass had read it already.
TEST(rekey, a_row_that_changed_meanwhile_is_left_alone) {
  database const home;
  store_rows(home, 700);
  bool first = true;
  rewrap_pass const pass{"kek-2",
                         [&](certs::wrapped_key const& old) {
                           if (std::exchange(first, false)) {
                             home.sql(
                                 "UPDATE draft SET wrapped = decode(repeat('ee', 40), 'hex');"
                                 "DELETE FROM wrapped_key WHERE encode(wrapped, 'hex') LIKE "
                                 "'%0000001'");
                           }
                           return turned(old);
                         },
                         [](std::int64_t) {}};
  auto const role = home.conninfo("intake_rekey");
  EXPECT_EQ(rewrap_rows(role, pass), 700);
  EXPECT_EQ(home.value("SELECT count(*) FROM wrapped_key"), "699");
  EXPECT_EQ(home.value("SELECT encode(wrapped, 'hex') FROM draft"), repeated("ef", 40));
}

TEST(rekey, reads_every_data_key) {
  database const home;
  store_rows(home, 10);
  std::size_t seen = 0;
  for_each_wrapped_key(home.conninfo("intake_rekey"), [&](certs::wrapped_key const& each) {
    ++seen;
    EXPECT_EQ(each.value.size(), 40U);
    EXPECT_EQ(each.kek_id, "kek-1");
  });
  EXPECT_EQ(seen, 11U);
}

TEST(rekey, an_id_that_is_none_never_reaches_a_statement) {
  database const home;
  auto pass = pass_of();
  pass.current_kek = "x'; DROP TABLE part; --";
  EXPECT_THROW(rewrap_rows(home.conninfo("intake_rekey"), pass), unavailable);
}

TEST(rekey, remembers_since_when_a_key_has_no_rows) {
  database const home;
  pool keys({.conninfo = home.conninfo("intake_rekey")});
  EXPECT_EQ(emptied_since(keys, "kek-1"), std::nullopt);
  note_emptied(keys, "kek-1", sample_now);
  EXPECT_EQ(emptied_since(keys, "kek-1"), sample_now);
  note_emptied(keys, "kek-1", sample_now + std::chrono::hours(1));
  EXPECT_EQ(emptied_since(keys, "kek-1"), sample_now + std::chrono::hours(1));
}

TEST(rekey, knows_who_reads_with_which_keys) {
  database const home;
  pool desk(desk_settings(home));
  note_key_reader(desk, {"main", {"kek-1"}, "kek-1", sample_now});
  note_key_reader(desk, {"other", {"kek-1"}, "kek-1", sample_now - std::chrono::hours(1)});
  note_key_reader(desk, {"main", {"kek-1", "kek-2"}, "kek-2", sample_now});
  auto const readers = list_key_readers(desk, sample_now - std::chrono::minutes(5));
  ASSERT_EQ(readers.size(), 1U);
  EXPECT_EQ(readers[0].instance, "main");
  EXPECT_EQ(readers[0].keks, (std::vector<std::string>{"kek-1", "kek-2"}));
  EXPECT_EQ(readers[0].current_kek, "kek-2");
}

}  // namespace
}  // namespace intake::db
