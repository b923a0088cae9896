// What staff type for a patient.
#include "db/submissions.hpp"
#include "service/record.hpp"
#include "tests/journeys/clinic.hpp"

#include <chrono>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;

constexpr auto given_name = "patient.name/patient.name.given";

/// A record, the front desk's browser, and in it a visit that corrects the given name.
struct typing_desk {
  clinic c;
  std::string id;
  std::string csrf;
  std::string desk_cookie;

  typing_desk() {
    EXPECT_EQ(c.post_fhir(sample_packet()).status, 201);
    id = c.rows().value("SELECT id FROM submission");
    c.sign_in("front", account_role::front_desk);
    csrf = c.csrf();
    desk_cookie = c.cookie();
    begin("https://intake.example/fhir/Questionnaire/registration|1.0.0 patient.name.given");
  }
  void begin(std::string const& what) {
    c.use_cookie(desk_cookie);
    auto const begun =
        c.post_form("/desk/submissions/" + id + "/fill-in", {{"csrf", csrf}, {"what", what}});
    EXPECT_EQ(begun.status, 303) << body_of(begun);
    c.add_cookie_of(begun);
  }
  /// The visit's cookie alone, beside that of whoever else sits there.
  void sits_down(std::string const& others_cookie) {
    auto const both = c.cookie();
    auto const visit = both.substr(both.find("__Host-intake-visit"));
    c.use_cookie(others_cookie.empty() ? visit : others_cookie + "; " + visit);
  }
  std::string versions() { return c.rows().value("SELECT count(*) FROM submission_version"); }
};

TEST(StaffEntry, EndsWithTheSessionOfWhoTypes) {
  struct ending {
    char const* name;
    std::function<void(typing_desk&)> happens;
  };
  ending const endings[] = {
      {"signed out",
       [](typing_desk& d) {
         d.c.post_form("/desk/sign-out", {{"csrf", d.csrf}});
       }},
      {"nothing was done for a while", [](typing_desk& d) { d.c.now += std::chrono::minutes(16); }},
      {"the account was disabled",
       [](typing_desk& d) { d.c.rows().sql("UPDATE account SET disabled = now()"); }},
      {"another person signed in",
       [](typing_desk& d) {
         auto const before = d.c.cookie();
         d.c.sign_in("front2", account_role::front_desk);
         auto const others = d.c.cookie();
         d.c.use_cookie(before);
         d.sits_down(others);
       }},
      {"a browser without the session", [](typing_desk& d) { d.sits_down(""); }}};
  for (auto const& [name, happens] : endings) {
    typing_desk d;
    EXPECT_EQ(d.c.get("/visit/correction").status, 200) << name;
    happens(d);
    for (auto const* path : {"/visit", "/visit/correction", "/visit/received", "/visit/copy.pdf"}) {
      auto const answer = d.c.get(path);
      EXPECT_EQ(answer.status, 303) << name << path;
      EXPECT_EQ(field_of(answer, "location"), "/desk/sign-in") << name << path;
    }
    auto const sent = d.c.post_form("/visit/correction", {{given_name, "Typed-Late"}});
    EXPECT_EQ(sent.status, 401) << name;
    EXPECT_THAT(body_of(sent), HasSubstr("value=\"Typed-Late\"")) << name << ": nothing is lost";
    auto const page = d.c.post_form("/visit/registration/2", {{given_name, "Typed-Late"}});
    EXPECT_EQ(page.status, 422) << name;
    EXPECT_THAT(body_of(page), HasSubstr("sign in again")) << name;
    EXPECT_EQ(d.versions(), "1") << name;
  }
}

TEST(StaffEntry, GoesOnOnceWhoTypesIsSignedInAgain) {
  typing_desk d;
  d.c.now += std::chrono::minutes(16);
  auto const in = d.c.post_form("/desk/sign-in",
                                {{"name", "front"}, {"password", std::string(clinic::password)}});
  ASSERT_EQ(in.status, 303);
  auto const fresh = field_of(in, "set-cookie");
  d.sits_down(fresh.substr(0, fresh.find(';')));
  EXPECT_EQ(d.c.post_form("/visit/correction", {{given_name, "Sarah"}}).status, 200);
  EXPECT_EQ(d.versions(), "2");
}

TEST(StaffEntry, KeepsWhoTypesSignedIn) {
  typing_desk d;
  for (int i = 0; i < 3; ++i) {
    d.c.now += std::chrono::minutes(14);
    EXPECT_EQ(d.c.get("/visit/correction").status, 200) << i;
  }
  EXPECT_EQ(d.c.get("/desk").status, 200);
}

TEST(StaffEntry, SigningOutForgetsTheVisit) {
  typing_desk d;
  auto const out = d.c.post_form("/desk/sign-out", {{"csrf", d.csrf}});
  std::string forgotten;
  for (auto const& each : out.fields) {
    if (each.name == "set-cookie") forgotten += each.value + "\n";
  }
  EXPECT_THAT(forgotten, HasSubstr("__Host-intake-desk=; "));
  EXPECT_THAT(forgotten, HasSubstr("__Host-intake-visit=; "));
}

TEST(StaffEntry, ACorrectionIsMarkedAsStaffsAndTheRestIsNot) {
  typing_desk d;
  ASSERT_EQ(d.c.post_form("/visit/correction", {{given_name, "Typed-By-Front"}}).status, 200);
  auto const id = certs::parse_uuid(d.id);
  auto const stored = db::open_submission(d.c.app().desk, *id);
  auto const reading = service::open_record(d.c.app().keks, d.c.app().forms, *stored);
  ASSERT_TRUE(reading.record) << reading.fault;
  auto const& form = reading.record->forms.front();
  struct origin_case {
    char const* item;
    forms::answer_origin whose;
  };
  for (auto const& [item, whose] :
       {origin_case{"patient.name.given", forms::answer_origin::staff},
        origin_case{"patient.name.family", forms::answer_origin::patient}}) {
    auto const* given = forms::first_answer(*form.form, form.response.answers, item);
    ASSERT_NE(given, nullptr) << item;
    EXPECT_EQ(given->origin, whose) << item;
  }
}

TEST(StaffEntry, WhatStaffLeaveAsItWasStaysThePatients) {
  typing_desk d;
  auto const page = body_of(d.c.get("/visit/correction"));
  auto const before = attribute_after(page, std::string("name=\"") + given_name, "value");
  ASSERT_NE(before, "");
  ASSERT_EQ(d.c.post_form("/visit/correction", {{given_name, before}}).status, 200);
  auto const stored = db::open_submission(d.c.app().desk, *certs::parse_uuid(d.id));
  auto const reading = service::open_record(d.c.app().keks, d.c.app().forms, *stored);
  auto const& form = reading.record->forms.front();
  auto const* given = forms::first_answer(*form.form, form.response.answers, "patient.name.given");
  ASSERT_NE(given, nullptr);
  EXPECT_EQ(given->origin, forms::answer_origin::patient);
}

}  // namespace
}  // namespace intake::tests
