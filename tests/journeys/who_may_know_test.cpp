// What somebody's role keeps from them stays kept, whichever button they press; and what staff did
// to a record holds on every list.
#include "forms/plan/sample_answers.hpp"
#include "service/appointment_book.hpp"
#include "service/desk/day_list.hpp"
#include "service/record.hpp"
#include "service/reports/acts.hpp"
#include "tests/journeys/clinic.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

/// Noon, and a patient of the sample day with a visit in an hour.
struct visited_desk {
  explicit visited_desk(char const* sample = "12-tricare-prime", std::string phone = {}) {
    id = send(sample);
    auto const stored = db::list_by_ids(c.app().desk, {{*certs::parse_uuid(id)}});
    auto const sent = *service::open_summary(c.app().keks, stored.front()).content;
    certs::uuid visit;
    service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                              {.number = "",
                               .location = "main",
                               .starts_at = c.now + std::chrono::hours(1),
                               .who = {.family = sent.family,
                                       .given = sent.given,
                                       .birth_date = sent.birth_date,
                                       .phone = std::move(phone),
                                       .visit_kind = "new-patient"}},
                              visit);
    appointment = certs::to_string(visit);
  }
  std::string send(char const* sample) {
    auto const day = std::chrono::sys_days{c.app().clock.date(c.now)};
    auto const text = forms::with_dates(
        read_text_file(std::string(INTAKE_SOURCE "/deploy/sample-day/") + sample + ".json"), day);
    EXPECT_EQ(c.post_fhir(text).status, 201);
    return c.rows().value("SELECT id FROM submission ORDER BY received DESC, id DESC LIMIT 1");
  }
  std::string get(std::string const& path) { return body_of(c.get(path)); }

  clinic c;
  std::string id;
  std::string appointment;
};

TEST(WhoMayKnow, NobodyTypesAnAnswerForThePatientThatTheyMayNotRead) {
  visited_desk d;
  auto const fill_in = [&](char const* what) {
    return d.c
        .post_form("/desk/submissions/" + d.id + "/fill-in", {{"csrf", d.c.csrf()}, {"what", what}})
        .status;
  };
  auto const behavioural = "https://intake.example/fhir/Questionnaire/phq|1.0.0 phq.9";
  d.c.sign_in("front", account_role::front_desk);
  EXPECT_EQ(fill_in(behavioural), 400);
  EXPECT_EQ(
      fill_in("https://intake.example/fhir/Questionnaire/registration|1.0.0 patient.name.given"),
      303);
  EXPECT_EQ(d.c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'staff-entry-begun' "
                             "AND '" +
                             d.id + "' = ANY (shown::text[])"),
            "1")
      << "the trail names whose answers were shown";
  d.c.sign_out();
  d.c.sign_in("doctor", account_role::clinician);
  EXPECT_EQ(fill_in(behavioural), 303);
}

TEST(WhoMayKnow, AnAlertThatIsTheCliniciansIsNamedAndSilencedByNobodyElse) {
  visited_desk d;
  d.c.sign_in("front", account_role::front_desk);
  for (auto const& path : {std::string("/desk/today"), "/desk/appointments/" + d.appointment}) {
    EXPECT_THAT(d.get(path), HasSubstr("ask the clinician")) << path;
    EXPECT_THAT(d.get(path), Not(HasSubstr("self-harm"))) << path;
  }
  auto const mark =
      service::desk::alert_mark(d.c.app().keys, *certs::parse_uuid(d.id), "self-harm");
  auto const seen = [&](std::string const& code) {
    return d.c
        .post_form("/desk/submissions/" + d.id + "/seen",
                   {{"csrf", d.c.csrf()}, {"code", code}, {"back", "/desk/today"}})
        .status;
  };
  EXPECT_EQ(seen("self-harm"), 400);
  EXPECT_EQ(seen(mark), 403);
  EXPECT_THAT(d.get("/desk/today"), HasSubstr("Alerts that nobody has seen"));
  d.c.sign_out();
  d.c.sign_in("doctor", account_role::clinician);
  EXPECT_EQ(seen(mark), 303);
}

TEST(WhoMayKnow, BillingReadsTheDayAndIsOfferedNothingThatItMayNotDo) {
  visited_desk d;
  d.c.sign_in("money", account_role::billing);
  EXPECT_THAT(d.get("/desk/today"), Not(HasSubstr("/state\"")));
  d.c.sign_out();
  d.c.sign_in("front", account_role::front_desk);
  EXPECT_THAT(d.get("/desk/today"), HasSubstr("/state\""));
}

TEST(Void, LeavesTheDayAndBillingsListToo) {
  visited_desk d("01-medicare-supplement-kreyol");
  d.c.sign_in("boss", account_role::manager);
  auto const page = "/desk/appointments/" + d.appointment;
  EXPECT_THAT(d.get("/desk/today"), Not(HasSubstr("forms: nothing received")));
  EXPECT_THAT(d.get(page), HasSubstr(d.id));
  EXPECT_THAT(d.get("/desk/eligibility"), HasSubstr(d.id));
  auto const act = [&](char const* what) {
    d.c.now += std::chrono::seconds(1);
    return d.c
        .post_form("/desk/submissions/" + d.id + "/acts",
                   {{"csrf", d.c.csrf()}, {"act", what}, {"words", "sent by mistake"}})
        .status;
  };
  ASSERT_EQ(act("void"), 303);
  EXPECT_THAT(d.get("/desk/today"), HasSubstr("forms: nothing received"));
  EXPECT_THAT(d.get("/desk/eligibility"), Not(HasSubstr(d.id)));
  EXPECT_EQ(d.c.get("/desk/coverages/" + d.id + "/1").status, 404) << "no payer is asked any more";
  ASSERT_EQ(act("restore"), 303);
  EXPECT_THAT(d.get("/desk/today"), Not(HasSubstr("forms: nothing received")));
  EXPECT_THAT(d.get("/desk/eligibility"), HasSubstr(d.id));
}

struct phone_case {
  char const* name;
  char const* phone;
  bool matched;
};

class SameNameAndBirthDate : public testing::TestWithParam<phone_case> {};

TEST_P(SameNameAndBirthDate, AreOnePersonUnlessTheTelephonesSayOtherwise) {
  visited_desk d("01-medicare-supplement-kreyol", GetParam().phone);
  d.c.sign_in("front", account_role::front_desk);
  auto const today = d.get("/desk/today");
  EXPECT_EQ(today.find("forms: nothing received") == today.npos, GetParam().matched);
  if (GetParam().matched) return;
  EXPECT_THAT(d.get("/desk/appointments/" + d.appointment), HasSubstr("May be this patient"));
}

constexpr phone_case phones[] = {{"none", "", true}, {"another", "212-555-0000", false}};
INSTANTIATE_TEST_SUITE_P(Phones, SameNameAndBirthDate, testing::ValuesIn(phones),
                         [](testing::TestParamInfo<phone_case> const& one) {
                           return std::string(one.param.name);
                         });

TEST(Leaving, WhatGoesToAPayerOrAPatientIsNamedAndWhatComesInIsNot) {
  auto const way = [](char const* action, bool with_content) {
    db::audit_entry entry;
    entry.action = action;
    if (with_content) entry.content.emplace();
    return service::reports::way_of(entry);
  };
  EXPECT_EQ(way("eligibility-asked", false), "to the payer");
  EXPECT_EQ(way("link-sent", false), "message");
  EXPECT_EQ(way("settled-paper", true), "");
  EXPECT_EQ(way("eligibility-batch-read", true), "download");
  for (auto const* each : {"eligibility-asked", "link-sent"}) {
    EXPECT_EQ(std::ranges::count(service::reports::leaving_actions(), std::string_view(each)), 1);
  }
}

}  // namespace
}  // namespace intake::tests
