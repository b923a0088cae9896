// What came without an appointment: sorted in, taken, done, undone, by several people at once.
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct desk {
  clinic c;

  /// A form that asks for nothing more, and one that raises alerts.
  std::string send_plain() {
    c.now += std::chrono::seconds(1);
    auto const body =
        R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)"
        R"("identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:)" +
        certs::to_string(certs::new_uuid_v7(c.app().world)) +
        R"("},"questionnaire":"https://intake.example/fhir/Questionnaire/pain-history",)"
        R"("item":[{"linkId":"ask","item":[{"linkId":"ask.clinic",)"
        R"("answer":[{"valueString":"one"}]}]}]})";
    EXPECT_EQ(c.post_fhir(body).status, 201);
    return newest();
  }
  std::string send_sample() {
    c.now += std::chrono::seconds(1);
    auto packet = sample_packet();
    auto const id = packet.find("urn:uuid:") + 9;
    packet.replace(id, 36, certs::to_string(certs::new_uuid_v7(c.app().world)));
    EXPECT_EQ(c.post_fhir(packet).status, 201);
    return newest();
  }
  /// The newest; each comes a second after the one before.
  std::string newest() {
    return c.rows().value("SELECT id FROM submission ORDER BY received DESC LIMIT 1");
  }
  std::string list(std::string const& state) { return body_of(c.get("/desk/work?state=" + state)); }
  service::response act(std::string const& id, std::string const& to, int seen) {
    return c.post_form("/desk/work/" + id, {{"csrf", c.csrf()},
                                            {"to", to},
                                            {"seen", std::to_string(seen)},
                                            {"back", "/desk/work?state=new"}});
  }
};

TEST(WorkList, SortsWhatCameIntoNewAndNeedsAttention) {
  desk d;
  auto const plain = d.send_plain();
  auto const urgent = d.send_sample();
  d.c.sign_in("front", account_role::front_desk);
  EXPECT_THAT(d.list("new"), HasSubstr("row-" + plain));
  EXPECT_THAT(d.list("new"), Not(HasSubstr("row-" + urgent)));
  EXPECT_THAT(d.list("attention"), HasSubstr("row-" + urgent));
  EXPECT_THAT(d.list("attention"), HasSubstr("Takes a blood thinner"));
  EXPECT_THAT(d.list("done"), HasSubstr("Nothing was marked done yet."));
  EXPECT_EQ(d.c.get("/desk/work?state=day").status, 400);
  EXPECT_EQ(d.c.get("/desk/work?after=x").status, 400);
}

TEST(WorkList, WhatIsDoneLeavesTheListAndCanBeUndoneForTenSeconds) {
  desk d;
  auto const id = d.send_plain();
  d.c.sign_in("front", account_role::front_desk);
  d.list("new");
  auto const done = d.act(id, "done", 1);
  ASSERT_EQ(done.status, 303);
  auto const after = body_of(d.c.get(field_of(done, "location")));
  EXPECT_THAT(after, Not(HasSubstr("row-" + id)));
  EXPECT_THAT(after, HasSubstr("It is marked done just now by front (front-desk)."));
  d.c.now += std::chrono::seconds(11);
  EXPECT_THAT(body_of(d.c.get(field_of(done, "location"))), Not(HasSubstr("It is marked done")));
  ASSERT_EQ(d.act(id, "undo", 2).status, 303) << "a slow line is no reason";
  EXPECT_THAT(d.list("new"), HasSubstr("row-" + id));
  ASSERT_EQ(d.act(id, "done", 3).status, 303);
  d.c.now += std::chrono::minutes(1);
  EXPECT_EQ(d.act(id, "undo", 4).status, 409) << "the time is over";
  EXPECT_EQ(d.c.rows().value("SELECT string_agg(state || ' ' || act, ', ' ORDER BY number) FROM "
                             "work_event"),
            "new set, done set, new undo, done set");
}

TEST(WorkList, WhatIsCorrectedAfterItWasDoneNeedsAttentionAgain) {
  desk d;
  auto const id = d.send_sample();
  d.c.sign_in("front", account_role::front_desk);
  d.list("attention");
  ASSERT_EQ(d.act(id, "done", 1).status, 303);
  EXPECT_THAT(d.list("attention"), Not(HasSubstr("row-" + id)));
  auto const desk_cookie = d.c.cookie();
  auto const begun = d.c.post_form(
      "/desk/submissions/" + id + "/fill-in",
      {{"csrf", d.c.csrf()},
       {"what",
        "https://intake.example/fhir/Questionnaire/registration|1.0.0 patient.name.given"}});
  ASSERT_EQ(begun.status, 303);
  d.c.now += std::chrono::minutes(1);
  d.c.add_cookie_of(begun);
  auto const sent =
      d.c.post_form("/visit/correction", {{"patient.name/patient.name.given", "Sarah"}});
  ASSERT_EQ(sent.status, 200) << body_of(sent);
  d.c.use_cookie(desk_cookie);
  EXPECT_THAT(d.list("attention"), HasSubstr("row-" + id));
  ASSERT_EQ(d.act(id, "done", 3).status, 303);
  EXPECT_THAT(d.list("attention"), Not(HasSubstr("row-" + id))) << "once is enough";
}

TEST(WorkList, WhoIsSlowerHearsWhoWasQuicker) {
  desk d;
  auto const id = d.send_plain();
  d.c.sign_in("front", account_role::front_desk);
  d.list("new");
  d.c.sign_in("money", account_role::billing);
  ASSERT_EQ(d.act(id, "done", 1).status, 303);
  d.c.now += std::chrono::minutes(1);
  d.c.sign_in("desk", account_role::front_desk);
  auto const late = d.act(id, "review", 1);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(body_of(late), HasSubstr("marked done 1 min ago by money (billing)"));
  EXPECT_EQ(d.act(id, "undo", 2).status, 409) << "nobody undoes another's act";
  EXPECT_EQ(d.act(id, "vanished", 2).status, 400);
  EXPECT_EQ(d.act(id, "day", 2).status, 400);
  EXPECT_EQ(d.act(certs::to_string(certs::uuid{}), "done", 1).status, 404);
}

TEST(WorkList, TakenIsUnderMine) {
  desk d;
  auto const id = d.send_plain();
  d.c.sign_in("front", account_role::front_desk);
  d.list("new");
  ASSERT_EQ(d.act(id, "review", 1).status, 303);
  EXPECT_THAT(body_of(d.c.get("/desk/work?state=review&mine=yes")), HasSubstr("row-" + id));
  d.c.sign_in("money", account_role::billing);
  EXPECT_THAT(body_of(d.c.get("/desk/work?state=review&mine=yes")), Not(HasSubstr("row-" + id)));
  EXPECT_THAT(d.list("review"), HasSubstr("front, just now"));
}

TEST(WorkList, GoesOnBelowItsLastRow) {
  desk d;
  for (int i = 0; i < 27; ++i) d.send_plain();
  d.c.sign_in("front", account_role::front_desk);
  auto const first = d.list("new");
  auto const next = attribute_after(
      first, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/desk/work?", "rel");
  EXPECT_EQ(next, "next");
  auto const at = first.rfind("/desk/work?state=new&amp;after=");
  ASSERT_NE(at, first.npos);
  auto url = first.substr(at, first.find('"', at) - at);
  url.replace(url.find("&amp;"), 5, "&");
  auto const second = body_of(d.c.get(url));
  EXPECT_EQ(
      d.c.rows().value("SELECT string_agg(cardinality(shown)::text, ' ' ORDER BY number) FROM "
                       "audit_event WHERE action = 'list-shown'"),
      "25 2");
  EXPECT_THAT(second, Not(HasSubstr("Older ones")));
}

TEST(WorkList, NewsAreNothingUntilSomethingHappens) {
  desk d;
  d.send_plain();
  d.c.sign_in("front", account_role::front_desk);
  auto const page = d.list("new");
  auto url = attribute_after(page, "<div data-live", "data-live");
  url.replace(url.find("&amp;"), 5, "&");
  auto const tag = "\"" + d.c.rows().value("SELECT changes FROM work_mark") + "\"";
  EXPECT_EQ(d.c.get(url, {{"if-none-match", tag}}).status, 304);
  d.send_plain();
  auto const news = d.c.get(url, {{"if-none-match", tag}});
  EXPECT_EQ(body_of(news), R"({"newer":1})");
  EXPECT_EQ(d.c.get(url, {{"if-none-match", field_of(news, "etag")}}).status, 304);
  EXPECT_EQ(d.c.get("/desk/work/news?state=x").status, 400);
}

TEST(WorkList, AskingForNewsKeepsNobodySignedIn) {
  desk d;
  d.c.sign_in("front", account_role::front_desk);
  for (int i = 0; i < 20; ++i) {
    d.c.now += std::chrono::minutes(1);
    d.c.get("/desk/work/news?state=new");
  }
  EXPECT_EQ(d.c.get("/desk/work").status, 303) << "a window that is only open is nobody";
}

TEST(WorkList, WhatIsForAnAppointmentIsNotOnIt) {
  desk d;
  auto const id = d.send_sample();
  d.c.sign_in("front", account_role::front_desk);
  EXPECT_THAT(d.list("attention"), HasSubstr("row-" + id));
  d.c.rows().sql(
      "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at) VALUES "
      "(gen_random_uuid(), '" +
      id + "', 'match', 'staff', now())");
  EXPECT_THAT(d.list("attention"), Not(HasSubstr("row-" + id)));
  EXPECT_EQ(d.c.rows().value("SELECT state FROM work_item"), "day");
  d.c.rows().sql(
      "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at) SELECT "
      "appointment_id, submission_id, 'part', 'staff', now() FROM appointment_match");
  EXPECT_THAT(d.list("new"), HasSubstr("row-" + id));
}

TEST(WorkList, IsForWhoeverReadsRecords) {
  desk d;
  auto const id = d.send_plain();
  d.c.sign_in("root", account_role::administrator);
  EXPECT_EQ(d.c.get("/desk/work").status, 403);
  EXPECT_EQ(d.c.get("/desk/work/news?state=new").status, 403);
  d.c.sign_in("money", account_role::billing);
  EXPECT_THAT(d.list("new"), Not(HasSubstr("href=\"/desk/submissions/" + id + "\"")));
}

}  // namespace
}  // namespace intake::tests
