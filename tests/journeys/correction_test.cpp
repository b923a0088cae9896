// Staff ask for one answer again; both stay.
#include "db/submissions.hpp"
#include "forms/from_fields.hpp"
#include "forms/plan/sample_answers.hpp"
#include "service/patients/page_list.hpp"
#include "service/record.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/stored_fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

constexpr auto registration = "https://intake.example/fhir/Questionnaire/registration|1.0.0";
constexpr auto coverage = "https://intake.example/fhir/Questionnaire/coverage|1.0.0";
constexpr auto pain_history = "https://intake.example/fhir/Questionnaire/pain-history|1.0.0";
constexpr auto peg = "https://intake.example/fhir/Questionnaire/peg|1.0.0";

class Correction : public testing::Test {
 protected:
  Correction() {
    EXPECT_EQ(c.post_fhir(sample_packet()).status, 201);
    take_up(c.rows().value("SELECT id FROM submission"));
    c.sign_in("front", account_role::front_desk);
    csrf = c.csrf();
    desk_cookie = c.cookie();
  }

  void take_up(std::string submission) {
    id = std::move(submission);
    auto const uuid = certs::parse_uuid(id);
    auto const listed = db::list_by_ids(c.app().desk, {&*uuid, 1});
    born = service::open_summary(c.app().keks, listed.front()).content->birth_date;
  }

  service::response ask(std::string const& item, std::string const& form = registration) {
    c.use_cookie(desk_cookie);
    return c.post_form("/desk/submissions/" + id + "/ask-again",
                       {{"csrf", csrf}, {"form", form}, {"item", item}});
  }

  /// The answers of a part of a form, as the fields of its page.
  std::vector<forms::named_value> fields_of(std::string const& form, std::string const& part) {
    return stored_fields(c, id, form, part);
  }

  /// Follows the link with the right birth date.
  std::string follow(service::response const& sheet) {
    auto const path = body_of(sheet).substr(body_of(sheet).find("/invited/"), 52);
    c.sign_out();
    auto const in = c.post_form(
        path, {{"day", born.substr(8)}, {"month", born.substr(5, 2)}, {"year", born.substr(0, 4)}});
    EXPECT_EQ(in.status, 303) << body_of(in);
    c.keep_cookie_of(in);
    return field_of(in, "location");
  }

  clinic c;
  std::string id;
  std::string csrf;
  std::string desk_cookie;
  std::string born;
};

TEST_F(Correction, ThePatientAnswersOneQuestionAndBothAnswersStay) {
  auto const page = body_of(c.get("/desk/submissions/" + id));
  EXPECT_THAT(page, HasSubstr("Version 1"));
  EXPECT_THAT(page, HasSubstr("Ask again"));
  ASSERT_EQ(follow(ask("patient.address.zip")), "/visit/correction?lang=en");
  auto const question = body_of(c.get("/visit/correction"));
  EXPECT_THAT(question, HasSubstr("One question again"));
  EXPECT_THAT(question, HasSubstr("patient.address/patient.address.zip"));
  EXPECT_THAT(question, Not(HasSubstr("patient.address.city"))) << "just that question";
  auto const bad = c.post_form("/visit/correction", {{"patient.address/patient.address.zip", ""}});
  EXPECT_EQ(bad.status, 422);
  auto const done =
      c.post_form("/visit/correction", {{"patient.address/patient.address.zip", "33199"}});
  ASSERT_EQ(done.status, 200) << body_of(done);
  EXPECT_THAT(body_of(done), HasSubstr("We have your answer"));
  EXPECT_EQ(c.rows().value("SELECT count(*) || ' ' || max(version) FROM submission_version"),
            "2 2");
  EXPECT_EQ(c.get("/visit/correction").status, 303) << "once";

  c.use_cookie(desk_cookie);
  auto const now = body_of(c.get("/desk/submissions/" + id));
  EXPECT_THAT(now, HasSubstr("33199"));
  EXPECT_THAT(now, HasSubstr("before: <del>"));
  EXPECT_THAT(body_of(c.get("/desk/submissions/" + id + "?version=1")), Not(HasSubstr("33199")));
  EXPECT_EQ(c.get("/desk/submissions/" + id + "?version=9").status, 404);
  auto const copy = c.get("/desk/submissions/" + id + ".pdf");
  ASSERT_EQ(copy.status, 200);
  auto const old = c.get("/desk/submissions/" + id + ".pdf?version=1");
  ASSERT_EQ(old.status, 200);
  EXPECT_NE(body_of(copy), body_of(old));
}

TEST_F(Correction, ANewLinkToTheSameQuestionTakesThePlaceOfTheOld) {
  auto const path_on = [](service::response const& sheet) {
    return body_of(sheet).substr(body_of(sheet).find("/invited/"), 52);
  };
  auto const old = path_on(ask("patient.address.zip"));
  auto const others = path_on(ask("patient.phone"));
  auto const now = path_on(ask("patient.address.zip"));
  c.sign_out();
  auto const open = [&](std::string const& path) {
    return c
        .post_form(
            path,
            {{"day", born.substr(8)}, {"month", born.substr(5, 2)}, {"year", born.substr(0, 4)}})
        .status;
  };
  EXPECT_EQ(open(old), 422);
  EXPECT_EQ(open(others), 303) << "it asks something else";
  EXPECT_EQ(open(now), 303);
}

TEST_F(Correction, SentASecondTimeItSaysThatItArrived) {
  ASSERT_EQ(follow(ask("patient.address.zip")), "/visit/correction?lang=en");
  auto const mine = c.cookie();
  std::vector<std::pair<std::string, std::string>> const typed{
      {"patient.address/patient.address.zip", "33160"}};
  ASSERT_EQ(c.post_form("/visit/correction", typed).status, 200);
  c.use_cookie(mine);
  auto const again = c.post_form("/visit/correction", typed);
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(body_of(again), HasSubstr("we have it"));
}

TEST_F(Correction, OfAVoidRecordIsNotTaken) {
  auto const location = follow(ask("patient.address.zip"));
  auto const patients = c.cookie();
  c.use_cookie(desk_cookie);
  ASSERT_EQ(c.post_form("/desk/submissions/" + id + "/acts",
                        {{"csrf", csrf}, {"act", "void"}, {"words", "sent twice"}})
                .status,
            303);
  c.use_cookie(patients);
  EXPECT_EQ(c.get(location).status, 404);
  EXPECT_EQ(
      c.post_form("/visit/correction", {{"patient.address/patient.address.zip", "33160"}}).status,
      404);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission_version"), "1");
}

TEST_F(Correction, OnlyAQuestionThatIsThereCanBeAskedAgain) {
  EXPECT_EQ(ask("no.such.question").status, 400);
  c.use_cookie(desk_cookie);
  EXPECT_EQ(c.post_form("/desk/submissions/" + certs::to_string(certs::uuid{}) + "/ask-again",
                        {{"csrf", csrf}, {"form", registration}, {"item", "patient.phone"}})
                .status,
            404);
}

TEST_F(Correction, WhatCanBeAskedAgainIsTheServersToSay) {
  struct asked_case {
    char const* form;
    char const* item;
    int by_link;
    int by_staff;
  };
  asked_case const cases[] = {{registration, "patient.address.zip", 200, 303},
                              {registration, "patient.address", 400, 400},
                              {coverage, "coverage.plan.member-id", 200, 400},
                              {coverage, "coverage.order", 400, 400},
                              {coverage, "coverage.plan.card-front", 200, 400},
                              {pain_history, "pain.regions.intensity", 400, 400},
                              {peg, "peg.mean", 400, 400}};
  c.sign_in("doctor", account_role::clinician);
  csrf = c.csrf();
  desk_cookie = c.cookie();
  for (auto const& each : cases) {
    EXPECT_EQ(ask(each.item, each.form).status, each.by_link) << each.item;
    c.use_cookie(desk_cookie);
    EXPECT_EQ(c.post_form("/desk/submissions/" + id + "/fill-in",
                          {{"csrf", csrf}, {"what", std::string(each.form) + " " + each.item}})
                  .status,
              each.by_staff)
        << each.item;
  }
}

/// A patient with three plans, and the page that asks for all of them again.
struct ThreePlans : Correction {
  ThreePlans() { take_up_plans(); }

  void take_up_plans();
  std::vector<std::pair<std::string, std::string>> plans() {
    std::vector<std::pair<std::string, std::string>> sent;
    for (auto const& [name, value] : fields_of(coverage, "coverage.plan")) {
      sent.emplace_back(name, value);
    }
    return sent;
  }
};

void ThreePlans::take_up_plans() {
  auto const day = std::chrono::sys_days{c.app().clock.date(c.now)};
  c.sign_out();
  c.now += std::chrono::seconds(1);
  ASSERT_EQ(
      c.post_fhir(forms::with_dates(
                      read_text_file(INTAKE_SOURCE "/deploy/sample-day/10-three-plans.json"), day))
          .status,
      201);
  take_up(c.rows().value("SELECT id FROM submission ORDER BY received DESC LIMIT 1"));
  ASSERT_EQ(follow(ask("coverage.plan.member-id", coverage)), "/visit/correction?lang=en");
}

TEST_F(ThreePlans, TheSecondIsCorrectedAndTheOthersStay) {
  auto const page = body_of(c.get("/visit/correction"));
  EXPECT_THAT(page, HasSubstr("coverage.plan.payer")) << "which plan it is about";
  auto typed = plans();
  int numbers = 0;
  for (auto& [name, value] : typed) {
    if (name.ends_with("coverage.plan.member-id") && ++numbers == 2) value = "NEW-SECOND-99";
  }
  ASSERT_GE(numbers, 2);
  auto const done = c.post_form("/visit/correction", typed);
  ASSERT_EQ(done.status, 200) << body_of(done);
  EXPECT_THAT(body_of(done), HasSubstr("We have your answer"));
  EXPECT_EQ(c.rows().value("SELECT max(version) FROM submission_version"), "2");
  EXPECT_EQ(plans(), typed);
}

TEST_F(ThreePlans, ButtonsOfThePageOtherThanSendStoreNothing) {
  struct button_case {
    char const* name;
    char const* value;
    char const* says;
  };
  for (auto const& [name, value, says] :
       {button_case{"_drop", "coverage.plan[1]", "One entry was removed"},
        button_case{"_search", "1", ""}, button_case{"_another", "1", ""},
        button_case{"_switch", "es", "Enviar"}}) {
    auto typed = plans();
    typed.emplace_back(name, value);
    auto const answer = c.post_form("/visit/correction", typed);
    EXPECT_EQ(answer.status, 200) << name;
    EXPECT_THAT(body_of(answer), HasSubstr("name=\"coverage.plan[0]/coverage.plan.member-id\""))
        << name;
    EXPECT_THAT(body_of(answer), HasSubstr(says)) << name;
  }
  EXPECT_EQ(c.rows().value("SELECT max(version) FROM submission_version"), "1");
}

TEST_F(Correction, WhatStandsBelowAnAnswerThatStaysIsKept) {
  c.sign_in("doctor", account_role::clinician);
  csrf = c.csrf();
  desk_cookie = c.cookie();
  auto const* const form = c.parts().forms().library.find(pain_history);
  auto const* top = form->find("pain.regions");
  while (form->parent_of(*top) != nullptr) top = form->parent_of(*top);
  auto const before = fields_of(pain_history, top->link_id);
  std::vector<std::pair<std::string, std::string>> sent;
  std::size_t below = 0;
  for (auto const& [name, value] : before) {
    if (name.find("pain.regions") == name.npos) continue;
    if (name.find("intensity") != name.npos) {
      ++below;
    } else {
      sent.emplace_back(name, value);
    }
  }
  ASSERT_GT(below, 0U);
  ASSERT_EQ(follow(ask("pain.regions", pain_history)), "/visit/correction?lang=en");
  auto const done = c.post_form("/visit/correction", sent);
  ASSERT_EQ(done.status, 200) << body_of(done);
  EXPECT_EQ(fields_of(pain_history, top->link_id).size(), before.size());
}

TEST_F(Correction, AnswersAreNotBillingsNorTheAdministrators) {
  for (auto const role : {account_role::billing, account_role::administrator}) {
    c.sign_in(std::string(db::to_string(role)), role);
    EXPECT_EQ(c.get("/desk/submissions/" + id).status, 403);
  }
}

TEST_F(Correction, BehaviouralAnswersAreTheCliniciansToRead) {
  auto const answer = c.post_fhir(
      R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)"
      R"("questionnaire":"https://intake.example/fhir/Questionnaire/mood","item":[)"
      R"({"linkId":"mood","item":[{"linkId":"mood.safe","answer":[{"valueCoding":)"
      R"({"system":"https://intake.example/fhir/CodeSystem/yes-no","code":"no"}}]}]}]})");
  ASSERT_EQ(answer.status, 201) << body_of(answer);
  auto const mood = c.rows().value("SELECT id FROM submission WHERE id <> '" + id + "'");
  EXPECT_THAT(body_of(c.get("/desk/submissions/" + mood)), Not(HasSubstr("safe at home")));
  c.sign_in("doctor", account_role::clinician);
  EXPECT_THAT(body_of(c.get("/desk/submissions/" + mood)), HasSubstr("safe"));
}

/// What somebody reads who scans the square code of a copy, or types what stands beside it.
std::string scanned(clinic& c, std::string const& csrf, std::string const& typed) {
  return body_of(c.post_form("/desk/search", {{"csrf", csrf}, {"find", typed}}));
}

TEST_F(Correction, AnOldCopysCodeSaysWhatReplacedIt) {
  EXPECT_THAT(scanned(c, csrf, id + "|1"), HasSubstr("Version 1 is the newest."));
  ASSERT_EQ(follow(ask("patient.address.zip")), "/visit/correction?lang=en");
  auto const done =
      c.post_form("/visit/correction", {{"patient.address/patient.address.zip", "33199"}});
  ASSERT_EQ(done.status, 200) << body_of(done);
  c.use_cookie(desk_cookie);
  auto const old = HasSubstr("Version 1; replaced by version 2 on ");
  for (auto const& typed : {id + "|1", id + ", version 1", " " + id + " 1\r\n"}) {
    EXPECT_THAT(scanned(c, csrf, typed), old) << typed;
  }
  EXPECT_THAT(scanned(c, csrf, id + "|2"), HasSubstr("Version 2 is the newest."));
  EXPECT_THAT(scanned(c, csrf, id), HasSubstr("The newest version of this submission is 2."));
  EXPECT_THAT(scanned(c, csrf, id + "|3"), HasSubstr("No submission of this clinic"));
  EXPECT_THAT(scanned(c, csrf, "0190a1b2-0000-7000-8000-000000000001|1"),
              HasSubstr("No submission of this clinic"));
  EXPECT_THAT(body_of(c.get("/desk/submissions/" + id + "?version=1")), old);
  EXPECT_THAT(body_of(c.get("/desk/submissions/" + id)), Not(old));
}

}  // namespace
}  // namespace intake::tests
