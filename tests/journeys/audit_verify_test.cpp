// What the command finds that hashes alone do not show, and whose database it is.
#include "tests/journeys/command_clinic.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

constexpr char const* changed_tables[] = {"submission", "wrapped_key",     "search_token",
                                          "legal_hold", "purge_destroyed", "purge",
                                          "audit_head"};

void keep_rows(database const& rows) {
  rows.sql("CREATE SCHEMA kept");
  for (std::string const table : changed_tables) {
    rows.sql("CREATE TABLE kept." + table + " AS TABLE intake." + table);
  }
}

void put_back(database const& rows) {
  for (std::string const table : changed_tables) {
    rows.sql("DELETE FROM intake." + table + "; INSERT INTO intake." + table +
             " OVERRIDING SYSTEM VALUE TABLE kept." + table);
  }
}

TEST(AuditVerify, FindsWhatNoHashCovers) {
  struct {
    char const* name;
    char const* sql;
    char const* says;
  } const rows[] = {
      {"data key changed",
       "UPDATE wrapped_key SET wrapped = set_byte(wrapped, 5, 255 - get_byte(wrapped, 5)) WHERE "
       "submission_id = (SELECT min(submission_id::text)::uuid FROM wrapped_key)",
       "data key does not open it"},
      {"data keys swapped",
       "UPDATE wrapped_key k SET wrapped = o.wrapped FROM wrapped_key o WHERE o.submission_id <> "
       "k.submission_id",
       "data key does not open it"},
      {"data key under another name", "UPDATE wrapped_key SET kek_id = 'kek-20200101-00000000'",
       "data key does not open it"},
      {"data key of nothing",
       "INSERT INTO wrapped_key SELECT gen_random_uuid(), 1, kek_id, wrapped FROM wrapped_key "
       "LIMIT 1",
       "belongs to no submission"},
      {"search token gone", "DELETE FROM search_token WHERE kind = 1", "is found by was changed"},
      {"search token moved",
       "UPDATE search_token SET submission_id = (SELECT max(submission_id::text)::uuid FROM "
       "wrapped_key), token = sha256(token) WHERE kind = 2 AND submission_id = (SELECT "
       "min(submission_id::text)::uuid FROM wrapped_key)",
       "is found by was changed"},
      {"hold gone", "DELETE FROM legal_hold", "the hold is gone"},
      {"destroyed as if by a purge",
       "INSERT INTO purge VALUES ('01910000-0000-7000-8000-00000000aaaa', now(), 'uid 0', now(), "
       "now()); INSERT INTO purge_destroyed SELECT '01910000-0000-7000-8000-00000000aaaa', id FROM "
       "submission; DELETE FROM wrapped_key; DELETE FROM search_token",
       "no purge destroyed it"},
      {"head beyond time", "UPDATE audit_head SET at = 'infinity'", "the chain's head was changed"},
      {"reception beyond time", "UPDATE submission SET received = 'infinity'",
       "the submission was changed after it was stored"},
  };
  command_clinic c;
  c.submit(2);
  ASSERT_EQ(c.run({"retention", "hold", c.receipts[0], "--reason", "a court asks"}).code, 0);
  auto const before = c.run({"audit", "verify"});
  ASSERT_EQ(before.code, 0) << before.said;
  keep_rows(c.home.rows());
  for (auto const& row : rows) {
    c.home.rows().sql(row.sql);
    auto const found = c.run({"audit", "verify"});
    EXPECT_EQ(found.code, 1) << row.name << ": " << found.said;
    EXPECT_TRUE(says(found, row.says)) << row.name << ": " << found.said;
    put_back(c.home.rows());
  }
  EXPECT_EQ(c.run({"audit", "verify"}).code, 0);
}

TEST(AuditVerify, AnotherInstallationsKeysAreRefusedBeforeAnythingIsWritten) {
  command_clinic c;
  c.submit(1);
  c.write_settings("other.toml", c.home.rows());
  ASSERT_EQ(c.run({"key", "new"}, "other.toml").code, 0);
  std::filesystem::create_directory(c.path("tls"));
  ASSERT_EQ(c.run({"certs", "dev", c.path("tls")}, "other.toml").code, 0);
  auto const everything = [&] {
    return c.home.rows().value(
        "SELECT (SELECT count(*) FROM audit_event) || ' ' || (SELECT count(*) FROM audit_head) || "
        "' ' || (SELECT count(*) FROM account) || ' ' || (SELECT count(*) FROM rule_set)");
  };
  auto const before = everything();
  std::vector<std::string> const lines[] = {
      {"serve"},
      {"config", "check"},
      {"account", "add", "lee", "--role", "billing"},
      {"client", "add", "scanner", "--scope", "submit"},
      {"key", "escrow", "-o", c.path("sheet")},
      {"key", "rotate"},
      {"backup", c.path("backup")},
      {"retention", "hold", c.receipts[0], "--reason", "a court asks"},
  };
  for (auto const& line : lines) {
    auto const refused = c.run(line, "other.toml");
    EXPECT_EQ(refused.code, 4) << line.front() << ": " << refused.said;
    EXPECT_TRUE(says(refused, "is the key file of another installation")) << refused.said;
    EXPECT_TRUE(says(refused, "hint: ")) << refused.said;
  }
  EXPECT_EQ(everything(), before);
  auto const verified = c.run({"audit", "verify"}, "other.toml");
  EXPECT_EQ(verified.code, 1);
  EXPECT_TRUE(says(verified, "No chain in this database bears this key")) << verified.said;
  EXPECT_EQ(c.run({"config", "check"}).code, 0);

  database empty;
  c.write_settings("other.toml", empty);
  EXPECT_EQ(c.run({"account", "add", "lee", "--role", "billing"}, "other.toml").code, 0);
}

}  // namespace
}  // namespace intake::tests
