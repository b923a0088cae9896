// Who saw this patient, what did this person do, whose data left; and a second reader of the trail.
#include "tests/journeys/clinic.hpp"

#include <cstdio>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

std::string submit(clinic& c, std::string const& family = "") {
  c.now += std::chrono::seconds(1);
  auto packet = sample_packet();
  auto const at = packet.find("urn:uuid:") + 9;
  packet.replace(at, 36, certs::to_string(certs::new_uuid_v7(c.app().world)));
  if (!family.empty()) {
    std::string const name = "O’Brien-Muñoz";
    for (auto found = packet.find(name); found != std::string::npos; found = packet.find(name)) {
      packet.replace(found, name.size(), family);
    }
  }
  auto const answer = c.post_fhir(packet);
  EXPECT_EQ(answer.status, 201) << body_of(answer);
  auto receipt = field_of(answer, "intake-receipt");
  return receipt.insert(5, "-");
}

std::string id_of(clinic& c, std::string const& receipt) {
  std::string stored;
  for (char const each : receipt) stored += each == '-' ? "" : std::string(1, each);
  return c.rows().value("SELECT id FROM submission WHERE receipt = '" + stored + "'");
}

std::string csv(clinic& c, std::string const& question) {
  auto const answer = c.get("/desk/reports.csv?report=" + question);
  EXPECT_EQ(answer.status, 200) << question;
  return body_of(answer);
}

/// From the hour before to the hour after, which no test outlasts.
std::string around_now(clinic const& c) {
  auto const wall = [&](std::chrono::hours shift) {
    auto const text = c.parts().clock().fhir_date_time(c.now + shift);
    return text.substr(0, 13) + "%3A" + text.substr(14, 2);
  };
  return "&from=" + wall(std::chrono::hours(-1)) + "&until=" + wall(std::chrono::hours(1));
}

TEST(Reports, NameWhoSawAPatientInAllTheirForms) {
  clinic c;
  auto const first = submit(c);
  auto const second = submit(c);
  auto const stranger = submit(c, "Quillfeather");
  c.sign_in("front", account_role::front_desk);
  c.get("/desk/submissions/" + id_of(c, first));
  c.sign_in("doctor", account_role::clinician);
  c.get("/desk/submissions/" + id_of(c, second) + ".pdf");
  c.sign_in("money", account_role::billing);
  c.get("/desk/submissions/" + id_of(c, stranger) + ".pdf");
  c.sign_in("boss", account_role::manager);
  auto const report = csv(c, "patient&receipt=" + first);
  EXPECT_THAT(report, HasSubstr(",front,Forms opened,," + first));
  EXPECT_THAT(report, HasSubstr(",doctor,Copy downloaded,download," + second));
  EXPECT_THAT(report, Not(HasSubstr(stranger)));
  EXPECT_THAT(report, Not(HasSubstr("money")));
  EXPECT_THAT(report, Not(HasSubstr("Brien"))) << "receipts, no names";
}

TEST(Reports, NameWhoSawAPatientInAList) {
  clinic c;
  auto const receipt = submit(c);
  c.sign_in("front", account_role::front_desk);
  c.get("/desk");
  c.sign_in("boss", account_role::manager);
  EXPECT_THAT(csv(c, "patient&receipt=" + receipt), HasSubstr(",front,Seen in a list,," + receipt));
}

TEST(Reports, SayWhatSomebodyDidBetweenTwoTimes) {
  clinic c;
  auto const receipt = submit(c);
  c.sign_in("front", account_role::front_desk);
  c.get("/desk/submissions/" + id_of(c, receipt) + ".pdf");
  c.sign_in("boss", account_role::manager);
  EXPECT_THAT(csv(c, "user&account=front" + around_now(c)),
              HasSubstr(",front,Copy downloaded,download," + receipt));
  EXPECT_THAT(csv(c, "user&account=front&from=2020-01-01T00%3A00&until=2020-01-02T00%3A00"),
              Not(HasSubstr("front")));
  EXPECT_THAT(csv(c, "user&account=boss" + around_now(c)), HasSubstr("Report made"));
}

TEST(Reports, SayWhoseDataLeftByWhichWay) {
  clinic c;
  auto const downloaded = submit(c);
  auto const only_seen = submit(c, "Quillfeather");
  c.sign_in("front", account_role::front_desk);
  c.get("/desk/submissions/" + id_of(c, downloaded) + ".pdf");
  c.get("/desk/submissions/" + id_of(c, only_seen));
  c.sign_in("money", account_role::billing);
  ASSERT_EQ(c.get("/desk/decisions.csv").status, 200);
  c.sign_in("boss", account_role::manager);
  auto const report = csv(c, "left" + around_now(c));
  EXPECT_THAT(report, HasSubstr(",front,Copy downloaded,download," + downloaded));
  EXPECT_THAT(report, HasSubstr(",money,List exported,export," + only_seen));
  EXPECT_THAT(report, Not(HasSubstr("Forms opened")));
}

TEST(Reports, AreThemselvesInTheTrailBeforeTheyAreShown) {
  clinic c;
  auto const receipt = submit(c);
  c.sign_in("boss", account_role::manager);
  EXPECT_THAT(body_of(c.get("/desk/reports?report=patient&receipt=" + receipt)),
              HasSubstr("rows."));
  csv(c, "patient&receipt=" + receipt);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'report-made' AND "
                           "shown @> ARRAY['" +
                           id_of(c, receipt) + "'::uuid]"),
            "2");
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'report-exported' AND "
                           "content IS NOT NULL"),
            "1");
}

TEST(Reports, SayWhatIsWrongWithAQuestion) {
  clinic c;
  c.sign_in("boss", account_role::manager);
  for (auto const* question :
       {"patient&receipt=AAAAA-AAAAA", "user&account=nobody&from=2026-01-01T00%3A00&until=2026",
        "left&from=2026-01-02T00%3A00&until=2026-01-01T00%3A00", "left&from=x&until=y",
        "left&from=2026-13-01T00%3A00&until=2026-14-01T00%3A00"}) {
    EXPECT_EQ(c.get("/desk/reports?report=" + std::string(question)).status, 422) << question;
    EXPECT_EQ(c.get("/desk/reports.csv?report=" + std::string(question)).status, 400) << question;
  }
  EXPECT_EQ(c.get("/desk/reports?report=other").status, 200);
}

TEST(Reports, NoCellBeginsAFormula) {
  clinic c;
  auto const receipt = submit(c);
  c.sign_in("=cmd|'/C calc'!A0", account_role::manager);
  c.get("/desk/submissions/" + id_of(c, receipt));
  auto const report = csv(c, "patient&receipt=" + receipt);
  EXPECT_THAT(report, HasSubstr("cmd|"));
  EXPECT_THAT(report, Not(HasSubstr(",=")));
  EXPECT_THAT(report, Not(HasSubstr(",\"=")));
}

struct checked {
  int code = 0;
  std::string said;
};

checked audit_check(clinic const& c) {
  std::string const line = "python3 '" INTAKE_SOURCE "/deploy/audit-check' '" +
                           c.settings().keys_file + "' '" + c.settings().database_desk + "' 2>&1";
  checked result;
  auto* const out = ::popen(line.c_str(), "r");
  for (int each = std::fgetc(out); each != EOF; each = std::fgetc(out)) {
    result.said += static_cast<char>(each);
  }
  result.code = ::pclose(out) / 256;
  return result;
}

TEST(Reports, ASecondReaderOfTheTrailAgreesAndNamesTheFirstBadEntry) {
  if (std::system("python3 -c 'import hmac' >/dev/null 2>&1 && psql --version >/dev/null") != 0) {
    GTEST_SKIP() << "python3 or psql is not installed";
  }
  clinic c;
  auto const receipt = submit(c);
  c.sign_in("front", account_role::front_desk);
  c.get("/desk");
  c.get("/desk/submissions/" + id_of(c, receipt) + ".pdf");
  db::audit_entry long_one;
  long_one.action = "submissions-listed";
  long_one.who = db::actor_kind::command;
  long_one.actor = "uid 0";
  long_one.shown.resize(db::shown_max, certs::new_uuid_v7(c.app().world));
  c.app().writer.append(std::move(long_one));
  auto const good = audit_check(c);
  EXPECT_EQ(good.code, 0) << good.said;
  struct {
    char const* sql;
    char const* said;
  } const changes[] = {
      {"UPDATE audit_event SET purpose = purpose || ' ' WHERE action = 'pdf-downloaded'",
       "was changed"},
      {"UPDATE audit_event SET shown = NULL WHERE action = 'list-shown'", "entry 3 was changed"},
      {"DELETE FROM audit_event WHERE action = 'signed-in'", "entry 2 is missing"},
      {"UPDATE audit_head SET at = at + interval '1 second'", "the head was changed"},
      {"UPDATE audit_head SET at = 'infinity'", "the head was changed"},
      {"UPDATE audit_event SET at = 'infinity' WHERE action = 'signed-in'", "entry 2 was changed"},
      {"DELETE FROM audit_head", "has no head"},
  };
  auto const all = "SELECT count(*) FROM audit_event";
  auto const before = c.rows().value(all);
  for (auto const& change : changes) {
    c.rows().sql("CREATE TABLE kept_events AS TABLE audit_event");
    c.rows().sql("CREATE TABLE kept_heads AS TABLE audit_head");
    c.rows().sql(change.sql);
    auto const found = audit_check(c);
    EXPECT_EQ(found.code, 1) << change.sql << ": " << found.said;
    EXPECT_THAT(found.said, HasSubstr(change.said)) << change.sql;
    c.rows().sql("TRUNCATE audit_event, audit_head");
    c.rows().sql("INSERT INTO audit_event TABLE kept_events");
    c.rows().sql("INSERT INTO audit_head OVERRIDING SYSTEM VALUE TABLE kept_heads");
    c.rows().sql("DROP TABLE kept_events, kept_heads");
  }
  EXPECT_EQ(c.rows().value(all), before);
  EXPECT_EQ(audit_check(c).code, 0);
}

}  // namespace
}  // namespace intake::tests
