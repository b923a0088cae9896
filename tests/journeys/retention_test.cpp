// The end of a record.
#include "db/retention.hpp"

#include "service/appointment_book.hpp"
#include "tests/journeys/command_clinic.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

constexpr std::chrono::hours years_7{24 * 366 * 7};

struct archive_clinic {
  archive_clinic() {
    std::ofstream(c.path("password")) << clinic::password << "\n";
    c.home.add_account("maria", db::account_role::manager);
    c.home.add_account("james", db::account_role::administrator);
    c.home.add_account("front", db::account_role::front_desk);
  }

  ended approve(std::string const& id, std::string const& who) {
    return c.run(
        {"retention", "approve", id, "--account", who, "--password-file", c.path("password")});
  }
  /// The id of the newest proposal, as commands take it.
  std::string proposal() {
    return c.home.rows().value(
        "SELECT right(id::text, 8) FROM purge ORDER BY proposed DESC LIMIT 1");
  }
  /// Each submission a patient of its own, as the sample packet is one person's.
  void tell_patients_apart() {
    c.home.rows().sql(
        "UPDATE search_token SET token = decode(md5(submission_id::text), 'hex') "
        "WHERE kind = 1");
  }
  /// Another patient than the sample's, by the birth date.
  void submit_neighbour() {
    auto packet = sample_packet();
    packet.replace(packet.find("urn:uuid:") + 9, 36,
                   certs::to_string(certs::new_uuid_v7(c.home.app().world)));
    packet.replace(packet.find("1951-03-08"), 10, "1951-03-09");
    auto const answer = c.home.post_fhir(packet);
    ASSERT_EQ(answer.status, 201);
    c.receipts.push_back(field_of(answer, "intake-receipt"));
  }
  std::string keys() { return c.home.rows().value("SELECT count(*) FROM wrapped_key"); }
  bool opens(std::string const& receipt) {
    return c.run({"submission", "pdf", receipt, "-o", c.path("copy.pdf")}).code == 0;
  }

  command_clinic c;
};

TEST(Retention, AKeyIsDestroyedAfterTwoApprovalsAndTheNeighbourStillOpens) {
  archive_clinic a;
  a.c.submit(1);
  a.c.home.now += std::chrono::hours(24 * 30);
  a.submit_neighbour();
  a.c.home.now += years_7 - std::chrono::hours(24);
  auto const due = a.c.run({"retention", "due", "--propose"});
  ASSERT_EQ(due.code, 0) << due.said;
  EXPECT_TRUE(says(due, "1 records have a last contact before")) << due.said;
  auto const id = a.proposal();

  EXPECT_EQ(a.c.run({"retention", "purge", id}).code, 4);
  EXPECT_EQ(a.approve(id, "front").code, 1);
  ASSERT_EQ(a.approve(id, "maria").code, 0);
  ASSERT_EQ(a.approve(id, "maria").code, 0);
  auto const once = a.c.run({"retention", "purge", id});
  EXPECT_EQ(once.code, 4);
  EXPECT_TRUE(says(once, "1 of 2 approvals")) << once.said;
  ASSERT_EQ(a.approve(id, "james").code, 0);

  ASSERT_EQ(a.c.run({"backup", a.c.path("before"), "--verify"}).code, 0);
  auto const purged = a.c.run({"retention", "purge", id});
  ASSERT_EQ(purged.code, 0) << purged.said;
  EXPECT_EQ(a.keys(), "1");
  EXPECT_FALSE(a.opens(a.c.receipts[0]));
  EXPECT_TRUE(a.opens(a.c.receipts[1]));
  EXPECT_EQ(a.c.run({"retention", "purge", id}).code, 1);
  EXPECT_EQ(a.c.run({"audit", "verify"}).code, 0);
  EXPECT_EQ(a.c.home.rows().value("SELECT cardinality(shown) FROM audit_event WHERE action = "
                                  "'records-destroyed'"),
            "1");

  // A backup from afterwards has the row, and nobody opens it; the one from before does.
  auto const after = a.c.run({"backup", a.c.path("after"), "--verify"});
  EXPECT_EQ(after.code, 0) << after.said;
  EXPECT_TRUE(says(after, "2 submissions: 1 summaries and 1 sets of answers opened, 1 destroyed"))
      << after.said;
}

/// So many rows that looking for each record's tokens by themselves would take minutes.
constexpr char const* forty_thousand_patients = R"(
CREATE TEMP TABLE g AS SELECT i, gen_random_uuid() id, now() - interval '9 years' +
  i * interval '2 hours' t FROM generate_series(1, 40000) i;
INSERT INTO submission SELECT id, lpad(i::text, 10, '0'), t FROM g;
INSERT INTO submission_version SELECT id, 1, t, sha256(i::text::bytea), ARRAY['x|1'], 1, i FROM g;
INSERT INTO wrapped_key SELECT id, 1, 'kek-1', substr(sha256(i::text::bytea) ||
  sha256(i::text::bytea), 1, 40) FROM g;
INSERT INTO search_token SELECT 1, sha256((i / 3)::text::bytea), id, 1 FROM g;
INSERT INTO purge VALUES ('01910000-0000-7000-8000-00000000aaaa', now(), 'uid 0',
  now() - interval '7 years');
INSERT INTO purge_record SELECT '01910000-0000-7000-8000-00000000aaaa', id FROM g ORDER BY i
  LIMIT 5000;
INSERT INTO purge_approval SELECT '01910000-0000-7000-8000-00000000aaaa', id, now() FROM account
  WHERE name IN ('maria', 'james'))";

TEST(Retention, AnOrdinaryYearsRecordsEndInSeconds) {
  archive_clinic a;
  a.c.home.rows().sql(forty_thousand_patients);
  auto const began = std::chrono::steady_clock::now();
  auto const purged = a.c.run({"retention", "purge", "0000aaaa"});
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
  EXPECT_EQ(purged.code, 0) << purged.said;
  EXPECT_TRUE(says(purged, "The keys of 5000 records are destroyed; 0 stay")) << purged.said;
  EXPECT_EQ(a.keys(), "35000");
}

TEST(Retention, TheLastContactOfThePatientCounts) {
  archive_clinic a;
  a.c.submit(1);
  a.c.home.now += years_7 + std::chrono::hours(1);
  a.c.submit(1);
  auto const due = a.c.run({"retention", "due"});
  EXPECT_TRUE(says(due, "0 records have")) << due.said;
  a.tell_patients_apart();
  EXPECT_TRUE(says(a.c.run({"retention", "due"}), "1 records have"));
}

// The sample packet is Jean O'Brien's; the visit carries the same name and birth date.
TEST(Retention, AVisitIsAContactAndEndsWithTheRecord) {
  archive_clinic a;
  a.c.submit(1);
  auto const visit = [&](std::chrono::hours from_now) {
    certs::uuid id;
    auto& app = a.c.home.app();
    service::book_appointment(app.desk, {app.world, app.keks, app.keys},
                              {.number = "",
                               .location = "main",
                               .starts_at = a.c.home.now + from_now,
                               .who = {.family = "Example",
                                       .given = "Visitor",
                                       .birth_date = "1961-03-02",
                                       .visit_kind = "new-patient"}},
                              id);
    a.c.home.rows().sql(
        "UPDATE appointment SET token = (SELECT token FROM search_token WHERE kind = "
        "1 LIMIT 1) WHERE id = '" +
        certs::to_string(id) + "'");
  };
  visit(std::chrono::hours(1));
  a.c.home.now += years_7 + std::chrono::hours(2);
  visit(std::chrono::hours(-24));
  EXPECT_TRUE(says(a.c.run({"retention", "due"}), "0 records have")) << "seen yesterday";
  a.c.home.rows().sql(
      "DELETE FROM appointment WHERE starts_at > (SELECT min(starts_at) FROM "
      "appointment)");
  ASSERT_EQ(a.c.run({"retention", "due", "--propose"}).code, 0);
  EXPECT_EQ(a.c.home.rows().refusal("intake_retention", "DELETE FROM appointment"), "23514");
  ASSERT_EQ(a.approve(a.proposal(), "maria").code, 0);
  ASSERT_EQ(a.approve(a.proposal(), "james").code, 0);
  auto const purged = a.c.run({"retention", "purge", a.proposal()});
  EXPECT_EQ(purged.code, 0) << purged.said;
  EXPECT_EQ(a.c.home.rows().value("SELECT count(*) FROM appointment"), "0");
  EXPECT_EQ(a.c.home.rows().value("SELECT string_agg(action, ' ' ORDER BY at, number) FROM "
                                  "audit_event WHERE action LIKE '%destr%'"),
            "destruction-proposed destruction-approved destruction-approved destruction-begun "
            "records-destroyed");
}

TEST(Retention, AnApprovalCountsAsLongAsItsAccountMayApprove) {
  archive_clinic a;
  a.c.submit(1);
  a.c.home.now += years_7 + std::chrono::hours(1);
  ASSERT_EQ(a.c.run({"retention", "due", "--propose"}).code, 0);
  ASSERT_EQ(a.approve(a.proposal(), "maria").code, 0);
  ASSERT_EQ(a.approve(a.proposal(), "james").code, 0);
  for (auto const* change : {"role = 'front-desk'", "disabled = now()"}) {
    a.c.home.rows().sql(std::string("UPDATE account SET ") + change + " WHERE name = 'james'");
    auto const purged = a.c.run({"retention", "purge", a.proposal()});
    EXPECT_EQ(purged.code, 4) << purged.said;
    EXPECT_TRUE(says(purged, "1 of 2 approvals")) << purged.said;
    a.c.home.rows().sql(
        "UPDATE account SET role = 'administrator', disabled = NULL WHERE name = 'james'");
  }
  EXPECT_EQ(a.c.run({"retention", "purge", a.proposal()}).code, 0);
}

// A key that is gone without a purge is no destroyed record.
TEST(Retention, AKeyThatNoPurgeTookIsMissed) {
  archive_clinic a;
  a.c.submit(2);
  a.c.home.rows().sql(
      "DELETE FROM wrapped_key WHERE submission_id = (SELECT min(id::text)::uuid "
      "FROM submission)");
  auto const trail = a.c.run({"audit", "verify"});
  EXPECT_EQ(trail.code, 1);
  EXPECT_TRUE(says(trail, "key is gone, and no purge destroyed it")) << trail.said;
  auto const backup = a.c.run({"backup", a.c.path("keyless"), "--verify"});
  EXPECT_EQ(backup.code, 1);
  EXPECT_TRUE(says(backup, "NOT good")) << backup.said;
}

TEST(Retention, AHeldRecordStaysUntilItIsReleasedEvenIfItWasApproved) {
  archive_clinic a;
  a.c.submit(2);
  a.tell_patients_apart();
  a.c.home.now += years_7 + std::chrono::hours(1);
  ASSERT_EQ(a.c.run({"retention", "due", "--propose"}).code, 0);
  auto const id = a.proposal();
  ASSERT_EQ(a.approve(id, "maria").code, 0);
  ASSERT_EQ(a.approve(id, "james").code, 0);
  ASSERT_EQ(a.c.run({"retention", "hold", a.c.receipts[0], "--reason", "a court asks"}).code, 0);
  EXPECT_EQ(a.c.run({"retention", "hold", a.c.receipts[0], "--reason", "again"}).code, 1);
  auto const purged = a.c.run({"retention", "purge", id});
  EXPECT_EQ(purged.code, 0) << purged.said;
  EXPECT_TRUE(says(purged, "The keys of 1 records are destroyed; 1 stay")) << purged.said;
  EXPECT_TRUE(a.opens(a.c.receipts[0]));
  EXPECT_TRUE(says(a.c.run({"retention", "due"}), "0 records have"));
  ASSERT_EQ(a.c.run({"retention", "release", a.c.receipts[0], "--reason", "it ended"}).code, 0);
  EXPECT_TRUE(says(a.c.run({"retention", "due"}), "1 records have"));
}

TEST(Retention, AHoldThatCantBeIsRefusedBeforeTheTrailSaysIt) {
  archive_clinic a;
  a.c.submit(1);
  auto const act = [&](char const* verb, std::string const& reason) {
    return a.c.run({"retention", verb, a.c.receipts[0], "--reason", reason});
  };
  auto const told = [&](std::string const& outcome) {
    return a.c.home.rows().value(
        "SELECT count(*) FROM audit_event WHERE action LIKE 'hold-%' AND outcome = '" + outcome +
        "'");
  };
  for (auto const& reason :
       {std::string(), std::string(" "), std::string(1001, 'x'), std::string("\xC3(")}) {
    auto const refused = act("hold", reason);
    EXPECT_EQ(refused.code, 2) << refused.said;
    EXPECT_TRUE(says(refused, "the reason is")) << refused.said;
  }
  EXPECT_EQ(act("release", "there is none").code, 1);
  EXPECT_EQ(told("done"), "0");
  ASSERT_EQ(act("hold", "a court asks").code, 0);
  EXPECT_EQ(act("hold", "again").code, 1);
  EXPECT_EQ(told("done"), "1");
  EXPECT_EQ(told("refused"), "2");
  EXPECT_EQ(a.c.run({"audit", "verify"}).code, 0);
}

TEST(Retention, WhoIsAMinorStaysUntilTheyAreOfAge) {
  archive_clinic a;
  auto packet = sample_packet();
  packet.replace(packet.find("1951-03-08"), 10, "1999-05-17");
  ASSERT_EQ(a.c.home.post_fhir(packet).status, 201);
  a.c.home.now += years_7 + std::chrono::hours(1);
  EXPECT_TRUE(says(a.c.run({"retention", "due"}), "1 records have"));
  std::ofstream(a.c.path("intake.toml"), std::ios::app) << "[retention]\nminors_until_age = 60\n";
  auto const due = a.c.run({"retention", "due"});
  EXPECT_TRUE(says(due, "0 records have")) << due.said;
  EXPECT_TRUE(says(due, "1 stay until their patients are 60 years old")) << due.said;
}

// Whatever the program believes, the database lets the role that destroys keys destroy none alone.
TEST(Retention, TheDatabaseItselfAsksForTwoApprovalsAndKnowsHolds) {
  archive_clinic a;
  a.c.submit(1);
  auto const destroy = [&] {
    return a.c.home.rows().refusal("intake_retention", "DELETE FROM wrapped_key");
  };
  EXPECT_EQ(destroy(), "23514");
  a.c.home.now += years_7 + std::chrono::hours(1);
  ASSERT_EQ(a.c.run({"retention", "due", "--propose"}).code, 0);
  ASSERT_EQ(a.approve(a.proposal(), "maria").code, 0);
  EXPECT_EQ(destroy(), "23514");
  ASSERT_EQ(a.approve(a.proposal(), "james").code, 0);
  ASSERT_EQ(a.c.run({"retention", "hold", a.c.receipts[0], "--reason", "a court asks"}).code, 0);
  EXPECT_EQ(destroy(), "23514");
  ASSERT_EQ(a.c.run({"retention", "release", a.c.receipts[0], "--reason", "it ended"}).code, 0);
  EXPECT_EQ(destroy(), "");
}

}  // namespace
}  // namespace intake::tests
