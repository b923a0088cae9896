// Visits to come are decided on again: for their day, and when other rules decide.
#include "service/decide_again.hpp"

#include "db/submissions.hpp"
#include "forms/insurance/change.hpp"
#include "forms/insurance/decision_json.hpp"
#include "forms/plan/sample_answers.hpp"
#include "service/appointment_book.hpp"
#include "service/housekeeping.hpp"
#include "service/record.hpp"
#include "service/rule_change.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

db::audit_entry compared() {
  db::audit_entry entry;
  entry.action = "decisions-compared";
  return entry;
}

class DecideAgain : public testing::Test {
 protected:
  DecideAgain() {
    EXPECT_EQ(c.post_fhir(sample_packet()).status, 201);
    auto const id = certs::parse_uuid(c.rows().value("SELECT id FROM submission"));
    auto const listed = db::list_by_ids(c.app().desk, {&*id, 1});
    sent = *service::open_summary(c.app().keks, listed.front()).content;
  }

  void book(std::chrono::hours from_now) {
    certs::uuid id;
    service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                              {.number = "A-1",
                               .location = "main",
                               .starts_at = c.now + from_now,
                               .who = {.family = sent.family,
                                       .given = sent.given,
                                       .birth_date = sent.birth_date,
                                       .phone = sent.phone.empty() ? "" : "407-555-0142",
                                       .visit_kind = "new-patient",
                                       .language = "es"}},
                              id);
  }

  /// Marcus, hurt in a car yesterday and seen by nobody yet, fills in his forms for today.
  void send_accident_of_yesterday() {
    auto text = read_text_file(INTAKE_SOURCE "/deploy/sample-day/03-car-accident-day-13.json");
    for (auto const& [from, to] :
         {std::pair{"{{today-13}}", "{{today-1}}"}, {"{{today+7}}", "{{today}}"}}) {
      for (auto at = text.find(from); at != text.npos; at = text.find(from)) {
        text.replace(at, std::string_view(from).size(), to);
      }
    }
    auto const today = std::chrono::sys_days{c.app().clock.date(c.now)};
    ASSERT_EQ(c.post_fhir(forms::with_dates(text, today)).status, 201);
    auto const id = certs::parse_uuid(
        c.rows().value("SELECT id FROM submission ORDER BY received DESC, id DESC LIMIT 1"));
    auto const listed = db::list_by_ids(c.app().desk, {&*id, 1});
    sent = *service::open_summary(c.app().keks, listed.front()).content;
    ASSERT_EQ(sent.given, "Marcus");
    sent.phone.clear();
  }

  std::vector<std::string> rules_made_again() {
    std::vector<std::string> rules;
    service::for_each_decision_again(
        {c.app().desk, c.app().keks, c.app().writer, compared()}, [&](auto const& stored) {
          rules.push_back(forms::insurance::read_stored_answer(stored.json)->rule);
        });
    return rules;
  }

  std::string count(std::string const& where = "true") {
    return c.rows().value("SELECT count(*) FROM appointment_decision WHERE " + where);
  }

  /// The example with other words for people with Original Medicare, and for auto insurance after
  /// its 14 days.
  std::string other_rules() {
    auto const path = (folder / "rules").string();
    if (std::filesystem::exists(path)) return path;
    std::filesystem::copy(c.settings().rules_folder, path);
    auto text = read_text_file(path + "/accept.csv");
    std::string_view const words = "Original Medicare has no network";
    for (auto at = text.find(words); at != text.npos; at = text.find(words, at + words.size())) {
      text.replace(at, words.size(), "Medicare has none");
    }
    std::string_view const late = "Our staff will look with you for the way that fits.";
    text.replace(text.find(late), late.size(), "We will look together.");
    std::ofstream(path + "/accept.csv", std::ios::binary) << text;
    return path;
  }

  service::decided_again look() { return service::decide_appointments(c.app(), c.now); }

  clinic c;
  service::summary sent;
  certs::temporary_folder folder;
};

TEST_F(DecideAgain, WhenTheDayOfTheVisitIsKnown) {
  EXPECT_EQ(look().decided, 0) << "nobody is on the list";
  book(std::chrono::hours(24 * 7));
  EXPECT_EQ(look().decided, 1);
  EXPECT_EQ(look().decided, 0) << "once";
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = "
                           "'decisions-made-again'"),
            "1");
  book(std::chrono::hours(24 * 8));
  EXPECT_EQ(look().decided, 1) << "the schedule moved it";
  EXPECT_EQ(count(), "2") << "the decision before stays";
}

TEST_F(DecideAgain, NotForVisitsThatWere) {
  book(-std::chrono::hours(1));
  EXPECT_EQ(look().decided, 0);
}

TEST_F(DecideAgain, WhenOtherRulesDecideAndWhenTheFormerReturn) {
  book(std::chrono::hours(24 * 7));
  look();
  c.sign_in("money", account_role::billing);
  EXPECT_THAT(body_of(c.get("/desk/decisions/calls")), HasSubstr("Nobody"));
  auto const before = c.app().rules.current()->hash;
  c.use_rules(other_rules());
  ASSERT_NE(c.app().rules.current()->hash, before);
  auto const again = look();
  EXPECT_EQ(again.decided, 1);
  EXPECT_EQ(again.changed, 1);
  auto const calls = body_of(c.get("/desk/decisions/calls"));
  EXPECT_THAT(calls, HasSubstr("407-555-0142"));
  EXPECT_THAT(calls, HasSubstr("Medicare has none"));
  EXPECT_THAT(calls, HasSubstr("lang=\"es\""));
  c.use_rules(c.settings().rules_folder);
  EXPECT_EQ(look().changed, 1) << "back is a change too";
  EXPECT_THAT(body_of(c.get("/desk/decisions/calls")), Not(HasSubstr("Medicare has none")));
  EXPECT_EQ(count(), "3");
  EXPECT_EQ(count("position('Medicare'::bytea IN content) > 0"), "0") << "sealed";
}

TEST_F(DecideAgain, EachCanBeReplayed) {
  book(std::chrono::hours(24 * 7));
  look();
  c.use_rules(other_rules());
  look();
  db::audit_entry reader;
  reader.action = "decisions-replayed";
  std::vector<std::string> outcomes;
  auto const used = service::load_rules(other_rules());
  auto const first = service::load_rules(c.settings().rules_folder);
  auto const made = service::for_each_decision_again(
      {c.app().desk, c.app().keks, c.app().writer, reader}, [&](auto const& stored) {
        EXPECT_EQ(stored.fault, "");
        auto const by = stored.json.find(used->hash) != std::string::npos ? used : first;
        outcomes.push_back(forms::insurance::replay(by->set, by->hash, stored.json).difference);
      });
  EXPECT_EQ(made, 2U);
  EXPECT_EQ(outcomes, std::vector<std::string>(2));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'decisions-replayed'"),
            "1");
}

TEST_F(DecideAgain, WhoIsToBeCalledIsKnownBeforeOtherRulesDecide) {
  book(std::chrono::hours(24 * 7));
  look();
  auto const from = service::load_rules(c.settings().rules_folder);
  auto const to = service::load_rules(other_rules());
  auto const visits = service::visits_to_come(c.app().desk, c.app().places, c.now);
  ASSERT_EQ(visits.size(), 1U);
  db::audit_entry reader;
  reader.action = "decisions-compared";
  auto const changes = service::changed_decisions(
      {c.app().desk, c.app().keks, c.app().writer, reader}, visits, from->set, to->set);
  auto const today = std::chrono::sys_days{c.app().clock.date(c.now)};
  auto const list = service::call_list(changes, today + std::chrono::days(7));
  ASSERT_EQ(list.size(), 1U) << "on the day of the visit, not on the day that was told";
  EXPECT_EQ(list[0].date_of_service, today + std::chrono::days(7));
  EXPECT_THAT(list[0].change.patient.en, HasSubstr("Medicare has none"));
}

// F.S. 627.736(1)(a): the first care is our visit, and it moved beyond the 14 days.
TEST_F(DecideAgain, CountsTheDaysOfTheVisitAnew) {
  send_accident_of_yesterday();
  EXPECT_EQ(sent.rule, "A020");
  book(std::chrono::hours(24 * 10));
  look();
  EXPECT_THAT(rules_made_again(), testing::ElementsAre("A020"));
  book(std::chrono::hours(24 * 18));
  look();
  EXPECT_THAT(rules_made_again(), testing::ElementsAre("A020", "A021"));
  c.sign_in("money", account_role::billing);
  EXPECT_THAT(body_of(c.get("/desk/decisions/calls")),
              HasSubstr("usually pays only when the first care was within 14 days"));
  book(std::chrono::hours(24 * 3));
  look();
  EXPECT_THAT(rules_made_again(), testing::ElementsAre("A020", "A021", "A020"));
}

TEST_F(DecideAgain, WhatOtherRulesWouldChangeIsAskedWithTheDaysOfTheVisit) {
  send_accident_of_yesterday();
  book(std::chrono::hours(24 * 18));
  look();
  auto const from = service::load_rules(c.settings().rules_folder);
  auto const to = service::load_rules(other_rules());
  auto const visits = service::visits_to_come(c.app().desk, c.app().places, c.now);
  auto const changes = service::changed_decisions(
      {c.app().desk, c.app().keks, c.app().writer, compared()}, visits, from->set, to->set);
  std::vector<std::string> rules;
  for (auto const& each : changes.changed) rules.push_back(each.change.rule_before);
  EXPECT_THAT(rules, testing::UnorderedElementsAre("A021", "A200"));
}

// 42 CFR 411.162: the group plan pays before Medicare for 30 months.
TEST_F(DecideAgain, CountsTheMonthsOfKidneyFailure) {
  auto const decided_for = [&](std::string const& told) {
    clinic one;
    auto text = sample_packet();
    auto const edit = [&](std::string_view from, std::string_view to) {
      auto const at = text.find(from);
      ASSERT_NE(at, text.npos) << from;
      text.replace(at, from.size(), to);
    };
    edit(R"("code": "age", "display": "I turned 65" } }
          ] },)",
         R"("code": "esrd", "display": "My kidneys failed" } }
          ] },
          { "linkId": "msp.kidney-date", "answer": [{ "valueDate": ")" +
             told + R"(" }] },)");
    edit(R"(CodeSystem/msp.plan-basis", "code": "none", "display": "No")",
         R"(CodeSystem/msp.plan-basis", "code": "retiree", "display": "A retiree plan")");
    edit(R"("code": "example_supplement", "display": "Example Supplement Company")",
         R"("code": "example_union", "display": "Example Union Benefit Fund")");
    edit("Example Supplement G", "Example Union Retiree Plan");
    EXPECT_EQ(one.post_fhir(text).status, 201);
    auto const id = certs::parse_uuid(one.rows().value("SELECT id FROM submission"));
    auto const listed = db::list_by_ids(one.app().desk, {&*id, 1});
    return service::open_summary(one.app().keks, listed.front()).content->rule;
  };
  auto const month = [&](int ago) {
    auto const today = c.app().clock.date(c.now);
    auto const then = today.year() / today.month() - std::chrono::months(ago);
    return forms::insurance::write_date(std::chrono::sys_days{then / 1}).substr(0, 7);
  };
  EXPECT_EQ(decided_for(month(29)), "A100") << "month 30: the union's plan speaks";
  EXPECT_EQ(decided_for(month(33)), "A200") << "Medicare first, however it began";
}

TEST_F(DecideAgain, TheCallsAreBillingsAndManagers) {
  for (auto const role :
       {account_role::front_desk, account_role::clinician, account_role::administrator}) {
    c.sign_in(std::string(db::to_string(role)), role);
    EXPECT_EQ(c.get("/desk/decisions/calls").status, 403);
  }
  c.sign_in("boss", account_role::manager);
  EXPECT_EQ(c.get("/desk/decisions/calls").status, 200);
}

TEST_F(DecideAgain, HousekeepingDoesItAndDeletesDraftsWhoseTimeIsOver) {
  book(std::chrono::hours(24 * 40));
  c.post_form("/visit", {{"kind", "new-patient"}});
  ASSERT_EQ(c.rows().value("SELECT count(*) FROM draft"), "1");
  service::housekeeping chores(c.app());
  chores.once();
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM draft"), "1");
  EXPECT_EQ(count(), "1");
  c.now += std::chrono::hours(24 * 30);
  chores.once();
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM draft"), "0");
}

}  // namespace
}  // namespace intake::tests
