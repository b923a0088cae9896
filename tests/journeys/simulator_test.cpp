// The whole way to a payer and back: button, worker, CAQH CORE envelope, TLS with a verified name,
// the simulated clearinghouse, and what billing reads of it.
#include "tests/support/simulator.hpp"

#include "service/eligibility/asking_worker.hpp"
#include "service/eligibility/clearinghouse.hpp"
#include "service/eligibility/copy_checks.hpp"
#include "tests/journeys/line_day.hpp"

#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// What the page says after one question that is answered so.
struct answer_case {
  char const* answer;
  char const* says;
  char const* also;
};

struct simulated_day : line_day {
  explicit simulated_day(std::string const& script, std::string const& arguments = {})
      : folder(day.folder / "simulator"),
        hub((std::filesystem::create_directory(folder), folder), script, arguments) {
    auto& settings = day.c.use_line(hub.url());
    settings.eligibility_clearinghouse_authority_file = hub.authority_file();
    settings.eligibility_clearinghouse_is_simulator = true;
    settings.eligibility_clearinghouse_user = "clinic";
    settings.eligibility_clearinghouse_password = "open sesame";
  }
  bool ask_for_real() {
    auto& billing = day.c.billing();
    return service::eligibility::ask_next(
        billing, service::eligibility::open_line(billing.settings, billing.world), {});
  }

  std::string folder;
  simulator hub;
};

std::string always(std::string const& answer) {
  return R"([{"answer":")" + answer + R"("}])";
}

class Simulator : public testing::Test {
 protected:
  void SetUp() override {
    if (!simulator::can_run()) GTEST_SKIP() << "node is not installed";
  }
};

TEST_F(Simulator, EveryAnswerOfItIsShownInWordsAndNoneCountsAsMoreThanItIs) {
  answer_case const cases[] = {
      {"active", ">Active</strong>", "$850.00"},
      {"inactive", ">Inactive</strong>", "SIMULATED: PLAN ENDED"},
      {"not-found", ">Could not check</strong>", "(AAA 75, follow-up C)"},
      {"payer-down", ">Could not check</strong>", "(AAA 42, follow-up R)"},
      {"payer-does-not-answer", ">Could not check</strong>", "(AAA 80, follow-up P)"},
      {"wait", ">Could not check</strong>", "Send nothing again"},
      {"strange-marks", ">Active</strong>", "SIMULATED PLAN A"},
      {"ten-thousand-rows", ">Active</strong>", "8000 more rows"},
      {"somebody-else", ">Unclear</strong>", "names somebody else"},
      {"another-trace", ">Not yet</strong>", "answers another question"},
      {"cut-x12", ">Unclear</strong>", "ended before its end"},
      {"cut-envelope", ">Not yet</strong>", "ended before the answer did"},
      {"cut-connection", ">Not yet</strong>", "ended before the answer did"},
      {"html", ">Not yet</strong>", "a web page"},
      {"json", ">Not yet</strong>", "JSON"},
      {"soap-fault", ">Not yet</strong>", "SOAP fault"},
      {"empty", ">Not yet</strong>", "sent nothing"},
      {"no-payload", ">Not yet</strong>", "without an answer"},
      {"oversized", ">Not yet</strong>", "larger than any answer"},
      {"envelope-error", ">Not yet</strong>", "(ReceiverIDIllegal)"},
      {"unauthorized", ">Not yet</strong>", "(HTTP 401)"},
      {"away", ">Not yet</strong>", "can&#39;t answer now"},
      {"rejected", ">Not yet</strong>", "TA1 or 999"}};
  for (auto const& one : cases) {
    simulated_day d(always(one.answer));
    d.press();
    EXPECT_TRUE(d.ask_for_real()) << one.answer;
    EXPECT_THAT(d.day.page(), AllOf(HasSubstr(one.says), HasSubstr(one.also))) << one.answer;
  }
}

TEST_F(Simulator, WhatItSaysIsCalledSimulatedOnScreenInTheApiAndOnPaper) {
  simulated_day d(always("active"));
  d.press();
  ASSERT_TRUE(d.ask_for_real());
  EXPECT_THAT(d.day.page(), AllOf(HasSubstr("Simulated: a program made this answer up"),
                                  HasSubstr("through the simulator"),
                                  HasSubstr("a simulator and public samples only")));
  EXPECT_THAT(body_of(d.day.c.get("/desk/eligibility")), HasSubstr(">Simulated</strong>"));
  EXPECT_THAT(body_of(d.day.c.get("/desk/eligibility.csv")),
              HasSubstr("clearinghouse,simulated: no payer said it"));
  auto const reader = d.day.c.add_client("reader", {"read:coverage"});
  EXPECT_THAT(body_of(d.day.c.get(
                  "/fhir/CoverageEligibilityResponse?coverage=" + d.day.submissions[0] + "-1",
                  {{"authorization", reader}})),
              HasSubstr(R"("code":"HTEST")"));
  auto& app = d.day.c.app();
  auto const stored = db::open_submission(app.desk, *certs::parse_uuid(d.day.submissions[0]));
  auto const record = service::open_record(app.keks, app.forms, *stored);
  auto const printed =
      service::eligibility::checks_for_copy({app.desk, app.keks, app.clock, app.settings},
                                            stored->head, *record.record, pdf::copy_profile::desk);
  ASSERT_EQ(printed.eligibility.size(), 1U);
  EXPECT_EQ(printed.eligibility[0].headline, "Simulated: Active");
  EXPECT_EQ(printed.eligibility[0].verdict, pdf::cover_verdict::unclear);
  EXPECT_THAT(printed.eligibility[0].remarks,
              AllOf(testing::Contains(HasSubstr("No payer said it")),
                    testing::Contains(HasSubstr("a simulator and public samples only"))));
}

TEST_F(Simulator, TheWorkerAsksByItselfAndASlowPayerIsWaitedFor) {
  simulated_day d(always("slow"), "--slow-seconds 1");
  d.press();
  {
    service::eligibility::asking_worker worker(d.day.c.billing());
    worker.keep_asking();
    for (int n = 0; n < 100 && d.day.checks() == "0"; ++n) std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(d.day.checks(), "1");
  EXPECT_EQ(d.requests("state || attempts"), "answered1");
}

TEST_F(Simulator, AWorkerThatIsToldToEndLeavesAQuestionThatIsAskedAgainLater) {
  simulated_day d(always("hang"));
  d.press();
  {
    service::eligibility::asking_worker worker(d.day.c.billing());
    worker.keep_asking();
    for (int n = 0; n < 100 && d.requests("state") != "asking"; ++n) {
      std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(d.requests("state"), "asking");
  }
  EXPECT_EQ(d.requests("state || ' ' || fault"), "queued stopped");
}

TEST_F(Simulator, OnlyWhoProvesItselfIsAnswered) {
  simulated_day d(always("active"), "--user clinic --password other");
  d.press();
  EXPECT_TRUE(d.ask_for_real());
  EXPECT_THAT(d.day.page(),
              AllOf(HasSubstr("refused the clinic&#39;s user"), HasSubstr("HTTP 403")));
}

TEST_F(Simulator, NothingIsSentToAServerThatCantProveItsName) {
  simulated_day d(always("active"));
  auto& settings = d.day.c.use_line(d.hub.url());
  settings.eligibility_clearinghouse_authority_file.clear();
  d.press();
  EXPECT_TRUE(d.ask_for_real());
  EXPECT_THAT(d.day.page(), HasSubstr("could not prove to be the clearinghouse"));
}

}  // namespace
}  // namespace intake::tests
