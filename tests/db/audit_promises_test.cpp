// What the trail tells of purges and holds, beside what is stored.
#include "db/audit_log.hpp"
#include "db/batch_writer.hpp"
#include "tests/db/samples.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace tests;

constexpr char const* purge_id = "01910000-0000-7000-8000-00000000aaaa";
constexpr char const* first_manager = "01910000-0000-7000-8000-000000000001";
constexpr char const* second_manager = "01910000-0000-7000-8000-000000000002";

/// One record, and what a purge of it would write into the trail and into its tables.
class promises : public testing::Test {
 protected:
  promises() {
    EXPECT_TRUE(std::holds_alternative<stored>(writer_.submit(record_)));
    for (auto const* id : {first_manager, second_manager}) {
      home_.sql(std::string("INSERT INTO account VALUES ('") + id + "', '" + id +
                "', 'manager', 'x', now(), NULL, false)");
    }
  }

  void tell(char const* action, audit_outcome outcome = audit_outcome::done) {
    auto entry = make_.entry(action);
    entry.subject = record_.id;
    entry.outcome = outcome;
    writer_.append(std::move(entry));
  }
  void tell_of_purge(char const* action, std::vector<certs::uuid> shown, char const* actor = "") {
    auto entry = make_.entry(action);
    entry.purpose = purge_id;
    entry.shown = std::move(shown);
    entry.who = actor[0] == '\0' ? actor_kind::command : actor_kind::staff;
    entry.actor = actor;
    writer_.append(std::move(entry));
  }
  void destroy() {
    auto const id = certs::to_string(record_.id);
    home_.sql(std::string("INSERT INTO purge VALUES ('") + purge_id +
              "', now(), 'uid 0', now(), now()); INSERT INTO purge_record VALUES ('" + purge_id +
              "', '" + id + "'); INSERT INTO purge_approval SELECT '" + purge_id +
              "', id, now() FROM account; DELETE FROM wrapped_key; DELETE FROM search_token; "
              "INSERT INTO purge_destroyed VALUES ('" +
              purge_id + "', '" + id + "')");
  }
  bool finds(audit_fault fault) {
    pool desk(desk_settings(home_));
    auto const found = verify_audit(desk, sample_audit_key(), audit_depth::ciphertexts).findings;
    return std::ranges::find(found, fault, &audit_finding::fault) != found.end();
  }
  bool finds_nothing() {
    pool desk(desk_settings(home_));
    return verify_audit(desk, sample_audit_key(), audit_depth::ciphertexts).findings.empty();
  }

  database home_;
  sample_maker make_;
  new_submission record_ = make_.submission();
  batch_writer writer_{writer_settings(home_), sample_world()};
};

TEST_F(promises, a_purge_that_the_trail_knows_raises_nothing) {
  tell_of_purge("destruction-proposed", {record_.id});
  tell_of_purge("destruction-approved", {}, first_manager);
  tell_of_purge("destruction-approved", {}, second_manager);
  tell_of_purge("destruction-begun", {record_.id});
  destroy();
  // As where the program ended before it could say what came of it.
  EXPECT_TRUE(finds_nothing());
  tell_of_purge("records-destroyed", {record_.id});
  EXPECT_TRUE(finds_nothing());
}

TEST_F(promises, destruction_disguised_as_a_purge_is_found) {
  destroy();
  EXPECT_TRUE(finds(audit_fault::key_missing));
  EXPECT_TRUE(finds(audit_fault::purge_unaudited));
}

TEST_F(promises, a_record_that_the_purge_did_not_name_is_found) {
  auto const other = make_.submission().id;
  tell_of_purge("destruction-proposed", {other});
  tell_of_purge("destruction-approved", {}, first_manager);
  tell_of_purge("destruction-approved", {}, second_manager);
  tell_of_purge("destruction-begun", {record_.id, other});
  tell_of_purge("records-destroyed", {other});
  destroy();
  EXPECT_TRUE(finds(audit_fault::key_missing));
  EXPECT_FALSE(finds(audit_fault::purge_unaudited));
}

TEST_F(promises, an_approval_without_its_entry_is_found) {
  tell_of_purge("destruction-proposed", {record_.id});
  tell_of_purge("destruction-approved", {}, first_manager);
  tell_of_purge("destruction-approved", {}, first_manager);
  tell_of_purge("destruction-begun", {record_.id});
  tell_of_purge("records-destroyed", {record_.id});
  destroy();
  EXPECT_TRUE(finds(audit_fault::key_missing));
  EXPECT_TRUE(finds(audit_fault::purge_unaudited));
}

TEST_F(promises, a_hold_that_is_gone_is_found) {
  tell("hold-placed");
  EXPECT_TRUE(finds(audit_fault::hold_gone));
  home_.sql("INSERT INTO legal_hold SELECT id, now(), 'uid 0', 'x' FROM submission");
  EXPECT_TRUE(finds_nothing());
  home_.sql("UPDATE legal_hold SET released = now()");
  EXPECT_TRUE(finds(audit_fault::hold_gone));
  tell("hold-released");
  EXPECT_TRUE(finds_nothing());
  tell("hold-placed", audit_outcome::refused);
  EXPECT_TRUE(finds_nothing());
}

}  // namespace
}  // namespace intake::db
