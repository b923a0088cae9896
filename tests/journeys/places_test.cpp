// What the tables say about one of the clinic's places holds for visits there, and nowhere else.
#include "db/submissions.hpp"
#include "forms/insurance/decision_json.hpp"
#include "service/appointment_book.hpp"
#include "service/decide_again.hpp"
#include "service/record.hpp"
#include "service/rule_change.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/typical_patient.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

db::audit_entry compared() {
  db::audit_entry entry;
  entry.action = "decisions-compared";
  return entry;
}

/// A clinic whose tables know the places `main` and `gulf`: one Blue plan is contracted at Gulf
/// only, and Medicare and Example Mutual have a row of their own at Main.
class Places : public testing::Test {
 protected:
  Places() {
    auto const path = (folder / "rules").string();
    std::filesystem::copy(c.settings().rules_folder, path);
    edit(path + "/contracts.csv",
         "K100,example_blue,Example Blue Select PPO,Blue Select PPO,ppo,in,any",
         "K100,example_blue,Example Blue Select PPO,Blue Select PPO,ppo,in,gulf");
    edit(path + "/accept.csv", "A200,2,",
         "A199,1,2022-01-01,,kind:medicare|example_mutual,any,any,any,any,any,any,any,any,main,any,"
         "review,,Main "
         "office says so.,Lo dice Main.,Main di sa.,Main office.,,\nA200,2,");
    c.use_rules(path);
  }

  static void edit(std::string const& path, std::string_view from, std::string_view to) {
    auto const text = replaced(read_text_file(path), from, to);
    std::ofstream(path, std::ios::binary) << text;
  }

  void open_a_second_place() {
    c.sign_in("boss", account_role::manager);
    auto const page = body_of(c.get("/desk/clinic/places"));
    ASSERT_EQ(c.post_form("/desk/clinic/places",
                          {{"act", "save"},
                           {"id", "gulf"},
                           {"name", "Gulf office"},
                           {"zone", "America/New_York"},
                           {"csrf", c.csrf()},
                           {"seen", attribute_after(page, "name=\"seen\"", "value")}})
                  .status,
              303);
    c.sign_out();
  }

  std::string stored_rule(int version = 1) {
    auto const id = certs::parse_uuid(c.rows().value("SELECT id FROM submission"));
    auto const stored = db::open_submission(c.app().desk, *id, version);
    auto const sealed = service::open_decision(c.app().keks, *stored);
    return forms::insurance::read_stored_answer(sealed.json)->rule;
  }

  certs::uuid book(std::string const& place, std::string const& kind = "new-patient") {
    certs::uuid id;
    service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                              {.number = "A-1",
                               .location = place,
                               .starts_at = c.now + std::chrono::hours(24 * 7),
                               .who = {.family = "O’Brien-Muñoz",
                                       .given = "Nora",
                                       .birth_date = "1951-03-08",
                                       .phone = "407-555-0142",
                                       .visit_kind = kind}},
                              id);
    return id;
  }

  std::vector<std::string> rules_made_again() {
    service::decide_appointments(c.app(), c.now);
    std::vector<std::string> rules;
    service::for_each_decision_again(
        {c.app().desk, c.app().keks, c.app().writer, compared()}, [&](auto const& stored) {
          rules.push_back(forms::insurance::read_stored_answer(stored.json)->rule);
        });
    return rules;
  }

  clinic c;
  certs::temporary_folder folder;
};

TEST_F(Places, AClinicWithOnePlaceDecidesForIt) {
  ASSERT_EQ(c.post_fhir(sample_packet()).status, 201);
  EXPECT_EQ(stored_rule(), "A199");
}

TEST_F(Places, OfTwoNobodyKnowsWhichUntilTheDayListDoes) {
  open_a_second_place();
  ASSERT_EQ(c.post_fhir(sample_packet()).status, 201);
  EXPECT_EQ(stored_rule(), "A200");
  book("main");
  EXPECT_THAT(rules_made_again(), ElementsAre("A199"));
  EXPECT_EQ(service::decide_appointments(c.app(), c.now).decided, 0) << "once";
  book("gulf");
  EXPECT_THAT(rules_made_again(), ElementsAre("A199", "A200")) << "moved, at the same hour";
}

TEST_F(Places, WhatOtherRulesWouldChangeIsAskedAtThePlaceOfTheVisit) {
  open_a_second_place();
  ASSERT_EQ(c.post_fhir(sample_packet()).status, 201);
  book("main");
  rules_made_again();
  auto const from = service::load_rules(c.settings().rules_folder);
  auto const to = service::load_rules((folder / "rules").string());
  auto const visits = service::visits_to_come(c.app().desk, c.app().places, c.now);
  auto const changes = service::changed_decisions(
      {c.app().desk, c.app().keks, c.app().writer, compared()}, visits, from->set, to->set);
  ASSERT_EQ(changes.changed.size(), 1U);
  EXPECT_EQ(changes.changed[0].change.rule_after, "A199");
}

TEST_F(Places, WhatIsSentByALinkIsDecidedForThePlaceOfItsAppointment) {
  open_a_second_place();
  auto const appointment = "/desk/appointments/" + certs::to_string(book("main"));
  c.sign_in("front", account_role::front_desk);
  auto const sheet = body_of(c.post_form(appointment + "/invite", {{"csrf", c.csrf()}}));
  c.sign_out();
  c.keep_cookie_of(c.post_form(sheet.substr(sheet.find("/invited/"), 52),
                               {{"day", "8"}, {"month", "March"}, {"year", "1951"}}));
  typical_patient const who(c, "new-patient");
  for (auto const& id : who.order()) fill_form(c, who, id);
  ASSERT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  EXPECT_EQ(stored_rule(), "A199");
}

TEST_F(Places, TheListOfPlansSaysAtWhichAPlanIsTaken) {
  EXPECT_THAT(body_of(c.get("/insurance")), Not(HasSubstr("Example Blue Select PPO")))
      << "the only place has no contract";
  open_a_second_place();
  auto const page = body_of(c.get("/insurance"));
  EXPECT_THAT(page, HasSubstr("Example Blue Select PPO</strong><br>Only at: Gulf office"));
  EXPECT_THAT(body_of(c.get("/insurance?lang=es")), HasSubstr("Solo en: Gulf office"));
  EXPECT_THAT(body_of(c.get("/fhir/InsurancePlan?name=example+blue+select")),
              AllOf(HasSubstr(R"("valueCode":"accept")"),
                    HasSubstr(R"("coverageArea":[{"display":"Gulf office"}])")));
  EXPECT_THAT(body_of(c.get("/fhir/InsurancePlan?name=example+blue+care")),
              Not(HasSubstr("coverageArea")));
  auto const checked = body_of(c.post_form("/insurance", {{"payer", "example_blue"},
                                                          {"plan_name", "Blue Select PPO"},
                                                          {"referral", "yes"},
                                                          {"accident_kind", "none"}}));
  EXPECT_THAT(checked, AllOf(HasSubstr("We take this plan"), HasSubstr("Only at: Gulf office")));
}

}  // namespace
}  // namespace intake::tests
