// Questions over the line: asked by a worker and never in a request, once, no sooner than the rule
// allows, whatever is killed, and every end of it in words.
#include "db/outbox.hpp"
#include "service/eligibility/rounds.hpp"
#include "tests/journeys/line_day.hpp"

#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using namespace std::chrono_literals;
using service::eligibility::ask_fault;
using service::eligibility::exchange_fault;
using service::eligibility::exchange_outcome;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Line, WhoPressesTheButtonWaitsForNobodyAndFindsTheAnswerLater) {
  line_day d;
  EXPECT_THAT(d.day.page(), AllOf(HasSubstr("Ask the payer now"), HasSubstr(">Not yet</strong>")));
  EXPECT_EQ(d.press().status, 303);
  EXPECT_EQ(d.asked(), 0U);
  EXPECT_THAT(d.day.page(), AllOf(HasSubstr("Queued"), HasSubstr("Look again")));
  EXPECT_EQ(d.press().status, 303);
  EXPECT_EQ(d.requests("reason"), "demand");
  EXPECT_TRUE(d.ask());
  EXPECT_FALSE(d.ask());
  ASSERT_EQ(d.asked(), 1U);
  EXPECT_THAT(d.line.asked[0], HasSubstr("NM1*IL*1*SAMPLE*SALLY****MI*1EG4TE5MK73~"));
  EXPECT_THAT(d.day.page(),
              AllOf(HasSubstr(">Active</strong>"), HasSubstr("by bills, through the clearinghouse"),
                    Not(HasSubstr("Queued")), Not(HasSubstr("Simulated")),
                    Not(HasSubstr("tried against"))));
  EXPECT_EQ(d.day.c.rows().value("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_event "
                                 "WHERE action IN ('eligibility-wanted', 'eligibility-asked')"),
            "eligibility-wanted eligibility-wanted eligibility-asked");
  // Both are kept whole: the question with its batch, the answer with its check.
  EXPECT_EQ(d.day.c.rows().value("SELECT count(*) FROM eligibility_batch WHERE over_line"), "1");
  EXPECT_EQ(d.day.c.rows().value("SELECT how FROM eligibility_check"), "clearinghouse");
  auto const answer = between(d.day.page(), "href=\"/desk/checks/", "/answer");
  EXPECT_THAT(body_of(d.day.c.get("/desk/checks/" + answer + "/answer")),
              HasSubstr(trace_in(d.line.asked[0])));
}

TEST(Line, WhatCantBeAskedSaysWhyAndWithoutALineThereIsNoButton) {
  line_day d;
  EXPECT_THAT(d.day.page(0, 2), AllOf(HasSubstr("payer id missing: payers, row 8"),
                                      Not(HasSubstr("Ask the payer now"))));
  EXPECT_EQ(d.press(0, 2).status, 409);
  EXPECT_EQ(d.press(0, 7).status, 404);
  d.day.c.use_line("");
  EXPECT_THAT(d.day.page(), AllOf(Not(HasSubstr("Ask the payer now")),
                                  HasSubstr("tried against a simulator and public samples only")));
  auto const none = d.press();
  EXPECT_EQ(none.status, 409);
  EXPECT_THAT(body_of(none), HasSubstr("clearinghouse_url"));
}

TEST(Line, EverySubmissionIsAskedAboutAndItsOutboxRowGoes) {
  line_day d;
  auto& billing = d.day.c.billing();
  EXPECT_EQ(service::eligibility::queue_submissions(billing, d.day.c.now), 1U);
  EXPECT_EQ(service::eligibility::queue_submissions(billing, d.day.c.now), 0U);
  EXPECT_EQ(db::count_tasks(d.day.c.app().desk), 0);
  // The second plan has no payer number: it says so in the list, and waits for nobody.
  EXPECT_EQ(d.requests("reason || coverage"), "submission1");
  EXPECT_THAT(body_of(d.day.c.get("/desk/eligibility")), HasSubstr("0 under way, 1 wait"));
  EXPECT_TRUE(d.ask());
  EXPECT_THAT(d.day.page(), HasSubstr("by the program, through the clearinghouse"));
}

TEST(Line, ASilentPayerIsAskedAgainNoSoonerThanAfterNinetySecondsAndAtMostSevenTimes) {
  line_day d;
  d.line.answer = [](std::string const&) -> exchange_outcome {
    return exchange_fault{ask_fault::timed_out, {}};
  };
  d.press();
  EXPECT_TRUE(d.ask());
  EXPECT_THAT(d.day.page(),
              AllOf(HasSubstr("No answer came within a minute."), HasSubstr("Asked again")));
  d.wait(89s);
  d.press();
  EXPECT_FALSE(d.ask()) << "no button makes it sooner";
  d.wait(2s);
  EXPECT_TRUE(d.ask());
  EXPECT_NE(trace_in(d.line.asked[0]), trace_in(d.line.asked[1]));
  for (int n = 0; n < 20; ++n) {
    d.wait(90s);
    d.ask();
  }
  EXPECT_EQ(d.asked(), 7U);
  EXPECT_EQ(d.requests("state"), "failed");
  d.wait(10min);
  EXPECT_THAT(d.day.page(), AllOf(HasSubstr("No answer came within a minute."),
                                  Not(HasSubstr("Look again")), HasSubstr("Ask the payer now")));
  EXPECT_THAT(body_of(d.day.c.get("/desk/eligibility")), HasSubstr("1 could not be asked"));
  // A late answer to the first sending still finds its question.
  auto const late = std::get<std::string>(says_active(d.line.asked[0]));
  EXPECT_THAT(d.day.upload(late), HasSubstr("1 of 1 answers were kept"));
  EXPECT_THAT(d.day.page(), AllOf(HasSubstr(">Active</strong>"), Not(HasSubstr("No answer came"))));
}

TEST(Line, AProgramThatWasKilledWhileItWaitedAsksAgainOnlyAfterTheSilence) {
  line_day d;
  d.press();
  d.line.answer = [](std::string const&) -> exchange_outcome {
    throw std::runtime_error("killed");
  };
  EXPECT_THROW(d.ask(), std::runtime_error);
  d.line.answer = says_active;
  d.wait(21s);
  EXPECT_THAT(d.day.page(), HasSubstr("Still waiting for the payer, for 21 seconds"));
  d.wait(68s);
  EXPECT_FALSE(d.ask()) << "89 seconds after it was asked";
  EXPECT_EQ(d.asked(), 1U);
  d.wait(32s);
  EXPECT_TRUE(d.ask());
  EXPECT_EQ(d.asked(), 2U);
  EXPECT_THAT(d.day.page(), HasSubstr(">Active</strong>"));
}

TEST(Line, AProgramThatWasKilledBetweenTheAnswerAndTheNoteOfItDoesNotAskAgain) {
  line_day d;
  d.press();
  EXPECT_TRUE(d.ask());
  d.day.c.rows().sql("UPDATE eligibility_request SET state = 'asking'");
  d.wait(121s);
  EXPECT_TRUE(d.ask());
  EXPECT_EQ(d.asked(), 1U);
  EXPECT_EQ(d.requests("state"), "answered");
}

TEST(Line, SeveralInstancesNeverAskTheSameTwice) {
  std::vector<insured_patient> many;
  for (int n = 0; n < 8; ++n) many.push_back({.family = "Sample" + std::string(1, char('A' + n))});
  line_day d(many);
  for (std::size_t n = 0; n < many.size(); ++n) EXPECT_EQ(d.press(n).status, 303);
  {
    std::vector<std::jthread> instances;
    for (int n = 0; n < 4; ++n) {
      instances.emplace_back([&d] {
        while (d.ask()) {
        }
      });
    }
  }
  while (d.ask()) {
  }
  std::set<std::string> who;
  for (auto const& each : d.line.asked) who.insert(between(each, "NM1*IL*1*", "****"));
  EXPECT_EQ(d.asked(), many.size());
  EXPECT_EQ(who.size(), many.size());
  EXPECT_EQ(d.day.checks(), "8");
}

TEST(Line, NoMoreAreAskedInAMinuteThanWasAgreed) {
  line_day d({{}, {.family = "Second"}, {.family = "Third"}});
  d.day.c.use_line("https://clearinghouse.example/core").eligibility_asks_a_minute = 2;
  for (std::size_t n = 0; n < 3; ++n) d.press(n);
  EXPECT_TRUE(d.ask());
  EXPECT_TRUE(d.ask());
  EXPECT_FALSE(d.ask());
  d.wait(61s);
  EXPECT_TRUE(d.ask());
}

TEST(Line, MedicareIsAskedAboutVisitsAheadInItsQuietHoursOnly) {
  line_day d;
  EXPECT_EQ(service::eligibility::ask_ahead(d.day.c.app(), d.day.c.now).asked, 1U);
  EXPECT_EQ(d.requests("reason || ' ' || off_peak"), "ahead true");
  EXPECT_FALSE(d.ask()) << "at noon";
  EXPECT_THAT(d.day.page(), HasSubstr("Waits for 20:00"));
  d.wait(9h);
  EXPECT_TRUE(d.ask());
  EXPECT_EQ(d.requests("state"), "answered");
}

TEST(Line, AVisitThatIsOverIsNotAskedAboutAnyMore) {
  line_day d;
  service::eligibility::ask_ahead(d.day.c.app(), d.day.c.now);
  d.wait(33h);
  EXPECT_TRUE(d.ask());
  EXPECT_EQ(d.asked(), 0U);
  EXPECT_EQ(d.requests("state"), "dropped");
}

struct fault_case {
  ask_fault fault;
  char const* says;
  bool goes_on;
};

TEST(Line, WhatCameInPlaceOfAnAnswerIsShownInWords) {
  fault_case const cases[] = {
      {ask_fault::html, "a web page in place of an answer", true},
      {ask_fault::json, "JSON in place of an answer", true},
      {ask_fault::soap_fault, "a SOAP fault", true},
      {ask_fault::empty, "sent nothing", true},
      {ask_fault::cut_off, "ended before the answer did", true},
      {ask_fault::too_large, "larger than any answer should be", false},
      {ask_fault::busy, "can&#39;t answer now", true},
      {ask_fault::credentials, "refused the clinic&#39;s user", false},
      {ask_fault::server_unverified, "could not prove to be the clearinghouse", false}};
  line_day d;
  for (auto const& one : cases) {
    d.line.answer = [&](std::string const&) -> exchange_outcome {
      return exchange_fault{one.fault, "HTTP 200"};
    };
    d.press();
    EXPECT_TRUE(d.ask()) << one.says;
    EXPECT_THAT(d.day.page(),
                AllOf(HasSubstr(one.says), HasSubstr(">Not yet</strong>"),
                      one.goes_on ? HasSubstr("Asked again") : HasSubstr("(HTTP 200)")));
    d.day.c.rows().sql("UPDATE eligibility_request SET state = 'dropped' WHERE state = 'queued'");
    d.wait(91s);
  }
  EXPECT_THAT(d.day.c.logged(),
              AllOf(HasSubstr("eligibility-not-answered"), HasSubstr("soap-fault"),
                    Not(HasSubstr("SAMPLE")), Not(HasSubstr("1EG4"))));
}

TEST(Line, A271ForAnotherQuestionAnswersNothing) {
  line_day d;
  d.line.answer = [](std::string const&) -> exchange_outcome {
    return file_of(set_of("0001", {{.trace = "TRACE-OF-ANOTHER"}}));
  };
  d.press();
  EXPECT_TRUE(d.ask());
  EXPECT_THAT(d.day.page(), AllOf(HasSubstr("answers another question than this one"),
                                  HasSubstr(">Not yet</strong>")));
  EXPECT_EQ(d.day.checks(), "0");
  EXPECT_THAT(body_of(d.day.c.get("/desk/eligibility/files")),
              HasSubstr("its trace number is of no question of ours"));
}

TEST(Line, A999ThatRefusesTheQuestionIsSaid) {
  line_day d;
  d.line.answer = [](std::string const& question) -> exchange_outcome {
    auto const group = between(question, "GS*HS*EXAMPLECLINIC*EXAMPLEHUB*", "*X*");
    return file_of("ST*999*0001*005010X231A1~AK1*HS*" + group.substr(group.rfind('*') + 1) +
                   "*005010X279A1~AK9*R*1*1*0~SE*4*0001~");
  };
  d.press();
  EXPECT_TRUE(d.ask());
  EXPECT_THAT(d.day.page(), HasSubstr("refused the question itself (TA1 or 999)"));
}

struct aaa_case {
  char const* rows;
  std::chrono::minutes soonest;
  char const* says;
};

TEST(Line, WhatThePayerSaysOfItselfDrivesWhatHappensNext) {
  aaa_case const cases[] = {{"AAA*N**42*R~", 15min, "Asked again"},
                            {"AAA*N**80*P~", 15min, "Asked again"},
                            {"AAA*N**75*C~", 0min, "does not find this person"},
                            {"AAA*N**41*N~", 0min, "enrolment"},
                            {"AAA*Y**42*Y~", 0min, "answers by itself"}};
  for (auto const& one : cases) {
    line_day d;
    d.line.answer = [&](std::string const& question) -> exchange_outcome {
      return file_of(set_of("0001", {{.trace = trace_in(question), .rows = one.rows}}));
    };
    d.press();
    EXPECT_TRUE(d.ask()) << one.rows;
    EXPECT_THAT(d.day.page(), AllOf(HasSubstr(">Could not check</strong>"), HasSubstr(one.says)));
    if (one.soonest == 0min) {
      EXPECT_EQ(d.requests("state"), "answered") << one.rows;
      continue;
    }
    EXPECT_EQ(d.requests("state"), "answered queued") << one.rows;
    d.wait(one.soonest - 1min);
    EXPECT_FALSE(d.ask()) << one.rows;
    d.wait(1min);
    d.line.answer = says_active;
    EXPECT_TRUE(d.ask()) << one.rows;
    EXPECT_THAT(d.day.page(), HasSubstr(">Active</strong>"));
  }
}

TEST(Line, AnAnswerInPartIsAskedAgainWithTheSameGrowingPauses) {
  line_day d;
  d.line.answer = [](std::string const& question) -> exchange_outcome {
    return file_of(set_of("0001", {{.trace = trace_in(question), .rows = "AAA*N**42*R~EB*1**30~"}}),
                   std::stoi(between(question, "*00501*", "*")));
  };
  d.press();
  for (int n = 0; n < 96; ++n) {
    d.ask();
    d.wait(15min);
  }
  EXPECT_LE(d.asked(), 8U) << "a day of quarters of an hour";
}

TEST(Line, ARetryNeverGoesBeyondTheVisit) {
  line_day d;
  d.line.answer = [](std::string const& question) -> exchange_outcome {
    return file_of(set_of("0001", {{.trace = trace_in(question), .rows = "AAA*N**42*R~"}}),
                   std::stoi(between(question, "*00501*", "*")));
  };
  d.press();
  for (int n = 0; n < 24; ++n) {
    d.ask();
    d.wait(1h);
  }
  EXPECT_THAT(d.requests("state"), Not(HasSubstr("queued")));
  EXPECT_LE(d.asked(), 8U);
}

}  // namespace
}  // namespace intake::tests
