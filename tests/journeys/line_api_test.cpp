// CoverageEligibilityRequest/$submit: a client has a payer asked.
#include "tests/journeys/line_day.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(LineApi, AClientHasAPayerAskedAndHearsWhereTheAnswerWillBe) {
  line_day d;
  auto const coverage = "Coverage/" + d.day.submissions[0] + "-1";
  auto const asker = d.day.c.add_client("asker", {"submit:eligibility"});
  auto const reader = d.day.c.add_client("reader", {"read:coverage"});
  auto const body = [&](std::string const& of, std::string const& more = "") {
    return R"({"resourceType":"CoverageEligibilityRequest","status":"active","purpose":["benefits"],)" +
           more + R"("insurance":[{"coverage":{"reference":")" + of + R"("}}]})";
  };
  auto const send = [&](std::string const& text, std::string const& who) {
    return d.day.c.post_to("/fhir/CoverageEligibilityRequest/$submit", text, who);
  };
  d.day.c.sign_out();
  auto const first = send(body(coverage), asker);
  EXPECT_EQ(first.status, 202) << body_of(first);
  EXPECT_THAT(body_of(first), HasSubstr(R"("severity":"information")"));
  EXPECT_THAT(field_of(first, "Content-Location"),
              testing::EndsWith("/fhir/CoverageEligibilityResponse?coverage=" + coverage));
  EXPECT_EQ(field_of(first, "Retry-After"), "20");
  EXPECT_TRUE(d.ask());
  auto const wrapped =
      R"({"resourceType":"Parameters","parameter":[{"name":"resource","resource":)" +
      body(coverage) + "}]}";
  auto const second = send(wrapped, asker);
  EXPECT_EQ(second.status, 200) << body_of(second);
  EXPECT_THAT(body_of(second), AllOf(HasSubstr(R"("resourceType":"CoverageEligibilityResponse")"),
                                     HasSubstr(R"("inforce":true)")));
  // Another day is another question.
  EXPECT_EQ(send(body(coverage, R"("servicedDate":"2027-01-15",)"), asker).status, 202);
  EXPECT_TRUE(d.ask());
  EXPECT_THAT(d.line.asked.back(), HasSubstr("DTP*291*D8*20270115~"));
  EXPECT_EQ(send(body(coverage), reader).status, 403);
  EXPECT_EQ(send(body(coverage), "").status, 401);
  EXPECT_EQ(send(body("Coverage/" + d.day.submissions[0] + "-9"), asker).status, 404);
  auto const unsendable = send(body("Coverage/" + d.day.submissions[0] + "-2"), asker);
  EXPECT_EQ(unsendable.status, 422);
  EXPECT_THAT(body_of(unsendable), HasSubstr("payer id missing"));
  for (std::string const& wrong :
       {std::string("{}"), std::string(R"({"resourceType":"Parameters"})"), body("Patient/1"),
        body(coverage, R"("servicedDate":"soon",)")}) {
    EXPECT_EQ(send(wrong, asker).status, 422) << wrong;
  }
  EXPECT_EQ(send("nothing", asker).status, 400);
  EXPECT_EQ(d.day.c.rows().value("SELECT count(*) FROM audit_event WHERE action = "
                                 "'eligibility-wanted' AND who = 'client' AND actor = 'asker'"),
            "5");
}

TEST(LineApi, APayerThatAnswersByItselfIsNotAskedAgainByAClientEither) {
  line_day d;
  d.line.answer = [](std::string const& question) -> service::eligibility::exchange_outcome {
    return file_of(set_of("0001", {{.trace = trace_in(question), .rows = "AAA*Y**42*Y~"}}));
  };
  d.press();
  ASSERT_TRUE(d.ask());
  auto const asker = d.day.c.add_client("asker", {"submit:eligibility"});
  d.day.c.sign_out();
  auto const answer = d.day.c.post_to(
      "/fhir/CoverageEligibilityRequest/$submit",
      R"({"resourceType":"CoverageEligibilityRequest","status":"active","purpose":["benefits"],"insurance":[{"coverage":{"reference":"Coverage/)" +
          d.day.submissions[0] + R"(-1"}}]})",
      asker);
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(body_of(answer), HasSubstr("answers by itself"));
}

}  // namespace
}  // namespace intake::tests
