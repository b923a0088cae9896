// A thousand random changes to a trail are all found, a thousand honest days raise nothing.
#include "db/audit_chain.hpp"
#include "db/audit_rows.hpp"
#include "db/batch_writer.hpp"
#include "db/outside_heads.hpp"
#include "db/transaction.hpp"
#include "tests/db/samples.hpp"

#include <random>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace tests;

constexpr int rounds = 1000;
constexpr int entries = 40;

constexpr char const* saved_tables[] = {"submission", "submission_version", "part", "audit_head",
                                        "audit_event"};

struct trail {
  trail() : desk(desk_settings(home)) {
    batch_writer writer(writer_settings(home), sample_world());
    sample_maker make;
    for (int i = 0; i < entries; ++i) {
      if (i % 4 == 0) {
        EXPECT_TRUE(std::holds_alternative<stored>(writer.submit(make.submission(100))));
      } else {
        writer.append(make.entry());
      }
      if (i % 7 == 6) keep_heads();
    }
    keep_heads();
    std::string save = "CREATE SCHEMA saved;";
    for (std::string const table : saved_tables) {
      save += "CREATE TABLE saved." + table + " AS TABLE intake." + table + ";";
    }
    home.sql(save);
  }

  void keep_heads() {
    for (auto& each : current_heads(desk)) kept.push_back(std::move(each));
  }

  void put_back() {
    std::string sql;
    for (std::string const table : saved_tables) {
      sql += "TRUNCATE intake." + table + "; INSERT INTO intake." + table +
             " OVERRIDING SYSTEM VALUE SELECT * FROM saved." + table + ";";
    }
    home.sql(sql);
  }

  std::vector<audit_finding> look() {
    auto found = verify_audit(desk, sample_audit_key(), audit_depth::ciphertexts).findings;
    for (auto& each : compare_heads(desk, kept)) found.push_back(std::move(each));
    return found;
  }

  database home;
  pool desk;
  std::vector<outside_head> kept;
};

std::string at(int number) {
  return " WHERE number = " + std::to_string(number);
}

/// Seals the head anew at an entry, as only somebody with the key, or with a head from then, can.
void seal_head(trail& t, std::int64_t number) {
  write(t.desk, [&](session_scope const& scope) {
    auto const row = scope.work.exec(
        "SELECT h.name, " INTAKE_MICROSECONDS_OF("e.at") ", e.link FROM audit_event e JOIN "
        "audit_head h ON h.chain = e.chain WHERE e.number = " + std::to_string(number))[0];
    chain_position const position{number, time_of(row[1]), hash_of(row[2])};
    auto const seal = head_seal(sample_audit_key(), row[0].c_str(), position);
    std::string link = scope.work.quote_raw(position.link.data(), position.link.size());
    std::string sealed = scope.work.quote_raw(seal.data(), seal.size());
    t.home.sql("UPDATE audit_head SET number = " + std::to_string(number) +
               ", at = (SELECT at FROM audit_event" + at(static_cast<int>(number)) +
               "), link = " + link + ", seal = " + sealed);
  });
}

/// All links from an entry on hashed anew with the real key, after that entry was changed.
void rewrite_from(trail& t, int number) {
  t.home.sql("UPDATE audit_event SET purpose = purpose || ' (changed)'" + at(number));
  std::string update;
  write(t.desk, [&](session_scope const& scope) {
    certs::hash256 previous{};
    auto const rows = scope.work.exec("SELECT " INTAKE_EVENT_COLUMNS "FROM " INTAKE_EVENT_TABLES
                                      "ORDER BY e.number");
    for (auto const& row : rows) {
      auto const stored = event_of(row);
      auto const link = event_link(sample_audit_key(), previous,
                                   {.chain = stored.event.chain,
                                    .number = stored.event.number,
                                    .at = stored.event.at,
                                    .entry = stored.event.entry,
                                    .record = stored.record});
      update += "UPDATE audit_event SET link = " + scope.work.quote_raw(link.data(), link.size()) +
                at(static_cast<int>(stored.event.number)) + ";";
      previous = link;
    }
  });
  t.home.sql(update);
  seal_head(t, entries);
}

struct tampering {
  char const* name;
  void (*apply)(trail&, int number, std::mt19937& chance);
};

tampering const tamperings[] = {
    {"an entry is edited",
     [](trail& t, int n, auto&) {
       t.home.sql("UPDATE audit_event SET actor = actor || 'x'" + at(n));
     }},
    {"an entry in the middle is deleted",
     [](trail& t, int n, auto&) { t.home.sql("DELETE FROM audit_event" + at(n)); }},
    {"the tail is cut",
     [](trail& t, int n, auto&) {
       t.home.sql("DELETE FROM audit_event WHERE number >= " + std::to_string(n));
     }},
    {"the tail is cut and the head set back to an earlier, good one",
     [](trail& t, int n, auto&) {
       auto const end = std::max(1, n - 1);
       t.home.sql("DELETE FROM submission_version WHERE number > " + std::to_string(end));
       t.home.sql(
           "DELETE FROM part p WHERE NOT EXISTS (SELECT FROM submission_version v WHERE "
           "v.submission_id = p.submission_id)");
       t.home.sql(
           "DELETE FROM submission s WHERE NOT EXISTS (SELECT FROM submission_version v "
           "WHERE v.submission_id = s.id)");
       t.home.sql("DELETE FROM audit_event WHERE number > " +
                  std::to_string(std::min(end, entries - 1)));
       seal_head(t, std::min(end, entries - 1));
     }},
    {"two entries change places",
     [](trail& t, int n, std::mt19937& chance) {
       int const other = 1 + (n - 1 + 1 + static_cast<int>(chance() % (entries - 1))) % entries;
       t.home.sql("UPDATE audit_event SET number = 1000" + at(n) +
                  "; UPDATE audit_event SET number = " + std::to_string(n) + at(other) +
                  "; UPDATE audit_event SET number = " + std::to_string(other) + at(1000));
     }},
    {"an entry is inserted",
     [](trail& t, int n, auto&) {
       t.home.sql(
           "UPDATE audit_event SET number = -(number + 1) WHERE number >= " + std::to_string(n) +
           "; UPDATE audit_event SET number = -number WHERE number < 0;"
           "INSERT INTO audit_event SELECT (e).* FROM (SELECT e FROM saved.audit_event e" +
           at(n) + ") x");
     }},
    {"a clock is set back",
     [](trail& t, int n, auto&) {
       t.home.sql("UPDATE audit_event SET at = at - interval '1 minute'" + at(n));
     }},
    {"a ciphertext is changed",
     [](trail& t, int n, auto&) {
       t.home.sql(
           "UPDATE part SET sealed = set_byte(sealed, 5, 255 - get_byte(sealed, 5)) WHERE "
           "ctid = (SELECT ctid FROM part OFFSET " +
           std::to_string(n % 10) + " LIMIT 1)");
     }},
    {"the chain is rewritten whole, with the key",
     [](trail& t, int n, auto&) { rewrite_from(t, n); }},
    {"the chain is removed with its head",
     [](trail& t, int, auto&) {
       t.home.sql("TRUNCATE audit_event, audit_head, submission, submission_version, part");
     }},
};

TEST(tampering, a_thousand_random_changes_are_all_found) {
  trail t;
  ASSERT_TRUE(t.look().empty());
  std::mt19937 chance(20261128);
  for (int round = 0; round < rounds; ++round) {
    auto const& each = tamperings[chance() % std::size(tamperings)];
    int const number = 1 + static_cast<int>(chance() % entries);
    each.apply(t, number, chance);
    auto const found = t.look();
    EXPECT_FALSE(found.empty()) << each.name << ", entry " << number << ", round " << round;
    t.put_back();
  }
  EXPECT_TRUE(t.look().empty());
}

TEST(tampering, a_rewritten_chain_is_named_from_the_first_entry_that_may_be_another) {
  trail t;
  rewrite_from(t, 10);
  auto const found = t.look();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fault, audit_fault::entry_replaced);
  // Heads were kept at 7 and 14, so it is between them.
  EXPECT_EQ(found[0].number, 8);
}

TEST(tampering, a_thousand_honest_days_raise_nothing) {
  database const home;
  pool desk(desk_settings(home));
  batch_writer writer(writer_settings(home), sample_world());
  sample_maker make;
  std::mt19937 chance(7);
  std::vector<outside_head> kept;
  for (int day = 0; day < rounds; ++day) {
    switch (chance() % 4) {
      case 0:
        EXPECT_TRUE(std::holds_alternative<stored>(writer.submit(make.submission(100))));
        break;
      case 1:
        break;
      default:
        writer.append(make.entry());
    }
    if (chance() % 3 == 0) {
      for (auto& each : current_heads(desk)) kept.push_back(std::move(each));
    }
    auto const report = verify_audit(desk, sample_audit_key(), audit_depth::ciphertexts);
    ASSERT_TRUE(report.findings.empty()) << "day " << day;
    ASSERT_TRUE(compare_heads(desk, kept).empty()) << "day " << day;
  }
}

}  // namespace
}  // namespace intake::db
