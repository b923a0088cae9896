#include "forms/x12/coverage_response.hpp"

#include "forms/json_reader.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

constexpr coverage_response_head head{"r1",
                                      "Patient/p1",
                                      "Coverage/c1",
                                      "Organization/o1",
                                      "CoverageEligibilityRequest/q1",
                                      "2026-11-28T09:58:00-05:00",
                                      20261128};

std::string resource_of(std::string const& text) {
  auto const read = read_tolerant(text);
  auto const& all = samples::only_response(read);
  return to_coverage_response(all, all.answers.at(0), head);
}

std::string resource_with(std::string_view segments) {
  return resource_of(samples::answer_with(segments));
}

TEST(X12CoverageResponse, IsAWholeResource) {
  EXPECT_EQ(
      resource_with("EB*1**30**EXAMPLE PPO~DTP*291*RD8*20260101-20261231~"),
      R"({"resourceType":"CoverageEligibilityResponse","id":"r1","status":"active",)"
      R"("purpose":["benefits","validation"],"patient":{"reference":"Patient/p1"},)"
      R"("servicedDate":"2026-11-28","created":"2026-11-28T09:58:00-05:00",)"
      R"("request":{"reference":"CoverageEligibilityRequest/q1"},"outcome":"complete",)"
      R"("disposition":"payer-says-active","insurer":{"reference":"Organization/o1"},)"
      R"("insurance":[{"coverage":{"reference":"Coverage/c1"},"inforce":true,)"
      R"("benefitPeriod":{"start":"2026-01-01","end":"2026-12-31"},"item":[{"category":{"coding":)"
      R"([{"system":"https://codesystem.x12.org/005010/1365","code":"30"}]},"name":"EXAMPLE PPO",)"
      R"("benefit":[{"type":{"coding":[{"system":"https://codesystem.x12.org/005010/1390",)"
      R"("code":"1"}]}}]}]}]})");
}

struct part_case {
  std::string_view name;
  std::string_view segments;
  std::string_view has;
  std::string_view has_not;
};

constexpr part_case part_cases[] = {
    {"inactive", "EB*6**30~", R"("inforce":false)", R"("error")"},
    {"unclear is neither", "EB*5**30~", R"("disposition":"still-pending")", R"("inforce")"},
    {"rejected is an error", "AAA*N**75*C~",
     R"("error":[{"extension":[{"url":"urn:intake:follow-up-action","valueCoding":{"system":)"
     R"("https://codesystem.x12.org/005010/889","code":"C"}}],"code":{"coding":[{"system":)"
     R"("https://codesystem.x12.org/005010/901","code":"75"}]}}])",
     R"("inforce")"},
    {"rejected inside a benefit", "EB*1**30~EB*1**33~AAA*N**70*C~",
     R"("outcome":"partial","disposition":"payer-says-active")", R"("error":[])"},
    {"the rejection of a benefit", "EB*1**30~AAA*Y**42*R~",
     R"("code":{"coding":[{"system":"https://codesystem.x12.org/005010/901","code":"42"}]})",
     R"("inforce")"},
    {"the end of a policy", "DTP*539*D8*20260101~DTP*540*D8*20261231~EB*1**30~",
     R"("benefitPeriod":{"start":"2026-01-01","end":"2026-12-31"})", R"("error")"},
    {"money", "EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*420.5*****Y~",
     R"("extension":[{"url":"urn:intake:benefit-remaining","valueMoney":{"value":420.50,)"
     R"("currency":"USD"}}])",
     "usedMoney"},
    {"the total", "EB*C*IND*30***23*1500*****Y~",
     R"("allowedMoney":{"value":1500.00,"currency":"USD"})", "extension"},
    {"unknown is left out", "EB*B*IND*98***27******Y~", R"("code":"copay")", "allowedMoney"},
    {"zero that is said", "EB*B*IND*98***27*0*****Y~",
     R"("allowedMoney":{"value":0.00,"currency":"USD"})", "extension"},
    {"a share", "EB*A*IND*98*****.2****N~", R"("allowedString":"20 %")", "allowedMoney"},
    {"visits", "EB*F*IND*33***23***VS*35~EB*F*IND*33***24***VS*3.5~",
     R"("allowedUnsignedInt":35,"usedString":"3.5")", "Money"},
    {"network", "EB*B**98***27*1*****N~", R"("code":"out")", R"("code":"in")"},
    {"network that is not stated", "EB*B**98***27*1~", "allowedMoney", R"("network")"},
    {"authorisation", "EB*B**98***27*1****Y~", R"("authorizationRequired":true)", "false"},
    {"authorisation unknown", "EB*B**98***27*1****U~", "allowedMoney", "authorizationRequired"},
    {"not covered", "EB*1**30~EB*I**33~", R"("excluded":true)", R"("inforce":false)"},
    {"messages", "EB*1**30~MSG*A~MSG*B~", R"("description":"A\nB")", R"("error")"},
    {"a row without a service", "EB*1~", R"("category":{"text":"no service stated"})",
     "coding\":[]"},
};

TEST(X12CoverageResponse, SaysWhatWasSaidAndNothingElse) {
  for (auto const& one : part_cases) {
    auto const resource = resource_with(one.segments);
    EXPECT_TRUE(read_json(resource).has_value()) << one.name;
    EXPECT_NE(resource.find(one.has), resource.npos) << one.name << ": " << resource;
    EXPECT_EQ(resource.find(one.has_not), resource.npos) << one.name << ": " << resource;
  }
}

TEST(X12CoverageResponse, EveryServiceIsAnItemOfItsOwn) {
  auto const document = read_json(resource_with("EB*1**30^98^33~"));
  ASSERT_TRUE(document.has_value());
  auto const& insurance = document->root().find("insurance")->children()[0];
  EXPECT_EQ(insurance.find("item")->children().size(), 3U);
}

TEST(X12CoverageResponse, WhatIsCutOffIsPartial) {
  auto const whole = samples::answer_with("EB*1**30~EB*6**98~");
  auto const resource = resource_of(whole.substr(0, whole.find("EB*6")));
  EXPECT_NE(resource.find(R"("outcome":"partial","disposition":"cut-off")"), resource.npos);
  EXPECT_EQ(resource.find("inforce"), resource.npos);
}

TEST(X12CoverageResponse, OfEveryFileOfTheCorpusIsJson) {
  int written = 0;
  for (auto const& file : samples::corpus()) {
    auto const read = read_tolerant(file.text);
    for (auto const& set : read.sets) {
      auto const* const all = std::get_if<response>(&set.content);
      if (all == nullptr) continue;
      for (auto const& one : all->answers) {
        EXPECT_TRUE(read_json(to_coverage_response(*all, one, head)).has_value()) << file.name;
        ++written;
      }
    }
  }
  if (written == 0) GTEST_SKIP() << "The corpus of X12 files is not here.";
}

}  // namespace
}  // namespace intake::forms::x12
