// What a payer's answer becomes for billing: verdict, plan, money, whom it names, and what has
// changed since.
#include "forms/x12/reading.hpp"
#include "service/eligibility/differences.hpp"
#include "service/eligibility/from_answer.hpp"
#include "service/eligibility/next_steps.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service::eligibility {
namespace {

namespace x12 = forms::x12;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

asked_about sally() {
  return {.payer = "Example Mutual",
          .member_id = "EX0000017",
          .family = "Sample",
          .given = "Sally",
          .birth_date = "1970-01-01"};
}

struct person_said {
  std::string family = "SAMPLE";
  std::string given = "SALLY";
  std::string born = "19700101";
  std::string member = "EX0000017";
};

std::string answer_with(std::string const& rows, person_said const& who = {}) {
  return "ISA*00*          *00*          *ZZ*EXAMPLEHUB     *ZZ*EXAMPLECLINIC  "
         "*261128*0958*^*00501*"
         "000000017*0*T*:~GS*HB*EXAMPLEHUB*EXAMPLECLINIC*20261128*0958*17*X*005010X279A1~"
         "ST*271*0001*005010X279A1~BHT*0022*11*REQ0017*20261128*0958~HL*1**20*1~"
         "NM1*PR*2*EXAMPLE MUTUAL*****PI*EX103~HL*2*1*21*1~"
         "NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~HL*3*2*22*0~TRN*2*TRACE0017*9EXAMPLECL~" +
         fmt::format("NM1*IL*1*{}*{}****MI*{}~DMG*D8*{}*F~", who.family, who.given, who.member,
                     who.born) +
         rows + "SE*99*0001~GE*1*17~IEA*1*000000017~";
}

check_result read(std::string const& rows, person_said const& who = {},
                  x12::day_number day = 20261201) {
  static std::string text;
  text = answer_with(rows, who);
  auto const reading = x12::read_tolerant(text);
  auto const& response = std::get<x12::response>(reading.sets.at(0).content);
  return result_of(response, response.answers.at(0), sally(), day);
}

TEST(EligibilityResult, SaysVerdictPlanAndDatesWithTheirSegments) {
  auto const result =
      read("DTP*291*RD8*20260101-20261231~EB*1**30*C1*EXAMPLE PLAN A~MSG*ASK US FIRST~");
  EXPECT_EQ(result.status, verdict::active);
  EXPECT_EQ(result.plan, "EXAMPLE PLAN A");
  EXPECT_EQ(result.begins, "2026-01-01");
  EXPECT_EQ(result.ends, "2026-12-31");
  EXPECT_EQ(result.plan_segment, 14U);
  EXPECT_EQ(result.dates_segment, 13U);
  EXPECT_EQ(result.payer_has.birth_date, "1970-01-01");
  EXPECT_FALSE(result.somebody_else);
  ASSERT_EQ(result.messages.size(), 1U);
  EXPECT_EQ(result.messages[0].text, "ASK US FIRST");
  EXPECT_EQ(result.messages[0].segment, 15U);
}

TEST(EligibilityResult, UnknownMoneyIsNeverZeroAndWhatRemainsIsMarkedWhereWeSubtracted) {
  auto const result = read(
      "EB*1**30~EB*C*IND*30***23*1500~EB*C*IND*30***24*300~EB*G*FAM*30***23*~EB*B*IND*98****0*****"
      "Y~");
  ASSERT_EQ(result.money.size(), 3U);
  auto const& deductible = result.money[0];
  EXPECT_EQ(deductible.where, "not-stated");
  EXPECT_EQ(deductible.whom, "individual");
  EXPECT_EQ(deductible.total_cents, 150'000);
  EXPECT_EQ(deductible.used_cents, 30'000);
  EXPECT_EQ(deductible.remaining_cents, std::nullopt) << "the payer did not say";
  EXPECT_EQ(dollars(deductible.remaining_cents), "");
  EXPECT_EQ(deductible.derived_cents, 120'000);
  EXPECT_EQ(result.money[1].total_cents, std::nullopt) << "an amount that is missing";
  EXPECT_EQ(result.money[2].where, "in");
  EXPECT_EQ(result.money[2].total_cents, 0) << "a zero that was said";
}

struct naming_case {
  char const* name;
  person_said who;
  bool somebody_else;
};

class EligibilityNames : public testing::TestWithParam<naming_case> {};

TEST_P(EligibilityNames, DecideWhetherItIsWhomWeAskedAbout) {
  auto const result = read("EB*1**30~", GetParam().who);
  EXPECT_EQ(result.somebody_else, GetParam().somebody_else);
  EXPECT_EQ(result.status, GetParam().somebody_else ? verdict::unclear : verdict::active);
}

INSTANTIATE_TEST_SUITE_P(
    cases, EligibilityNames,
    testing::Values(naming_case{"same", {}, false},
                    naming_case{"married", {.family = "EXAMPLE"}, false},
                    naming_case{"nickname", {.given = "SAL"}, false},
                    naming_case{"number_written_otherwise", {.member = "EX-0000017"}, false},
                    naming_case{"new_number", {.member = "EX0000099"}, false},
                    naming_case{"twin", {.given = "SIMON", .member = "EX0000018"}, true},
                    naming_case{"born_on_another_day", {.born = "19710101"}, true},
                    naming_case{
                        "twin_of_another_name", {.family = "OTHER", .given = "SIMON"}, true},
                    naming_case{"name_inside_the_other_born_otherwise",
                                {.family = "SAMPLESON", .born = "19800202"},
                                true}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(EligibilityResult, ComesBackAsItWasWritten) {
  auto const result = read(
      "DTP*291*D8*20260101~EB*1**30^98**PLAN~EB*C*IND*30***23*1500.5*****N~EB*CB**30********Y~"
      "EB*R**30*C1~LS*2120~NM1*PRP*2*EXAMPLE OTHER PAYER~LE*2120~");
  auto const text = write_result(result);
  auto const back = read_result(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(write_result(*back), text);
  EXPECT_EQ(back->others.at(0).name, "EXAMPLE OTHER PAYER");
  EXPECT_EQ(back->authorisation, "needed");
  EXPECT_FALSE(read_result("{}"));
  EXPECT_FALSE(read_result("[1"));
  auto const summary = read_check_summary(write_summary(summary_of(result)));
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->asked, sally());
}

TEST(EligibilityResult, OnlyPayersAreOtherPayers) {
  auto const names = [](std::string const& rows) {
    std::vector<std::string> all;
    for (auto const& each : read("EB*1**30~" + rows).others) all.push_back(each.name);
    return all;
  };
  EXPECT_THAT(names("EB*R**30~LS*2120~NM1*SEP*2*OTHER PLAN~NM1*IL*1*DOE*JANE~"
                    "NM1*P3*1*FAMILY*DOCTOR~LE*2120~"),
              ElementsAre("OTHER PLAN"));
  EXPECT_THAT(names("EB*R**30**PLAN B~LS*2120~NM1*IL*1*DOE*JANE~LE*2120~"), ElementsAre("PLAN B"))
      << "there is one, and the payer does not name it";
  EXPECT_THAT(names("EB*R**30~LS*2120~NM1*PRP*1*DOE*JANE~LE*2120~"), ElementsAre(""));
  EXPECT_THAT(names("EB*A**30~LS*2120~NM1*PR*2*OUR OWN~NM1*PRP*2*FIRST PLAN~LE*2120~"),
              ElementsAre("FIRST PLAN"));
}

TEST(EligibilityResult, TenThousandRowsAreCountedAndCut) {
  std::string rows;
  for (int n = 0; n < 10'000; ++n) rows += "EB*C*IND*30***23*1500~";
  auto const result = read("EB*1**30~" + rows);
  EXPECT_EQ(result.status, verdict::active);
  EXPECT_EQ(result.rows.size(), said_rows_max);
  EXPECT_EQ(result.rows_left_out, 10'001 - static_cast<std::int64_t>(said_rows_max));
}

TEST(EligibilityDifferences, AreWhatBothChecksSpeakOf) {
  auto before = read("DTP*291*D8*20260101~EB*1**30**PLAN~EB*C*IND*30***23*1500~");
  auto after =
      read("DTP*291*RD8*20260101-20261130~EB*1**30**PLAN~EB*C*IND*30***23*1200~", {}, 20261115);
  EXPECT_THAT(differences(before, after),
              ElementsAre(difference{"Plan ends", "", "2026-11-30"},
                          difference{"Deductible, Network not stated, individual", "$1,500.00",
                                     "$1,200.00"}));
  EXPECT_THAT(differences(after, after), IsEmpty());
  after.money.clear();
  after.ends.clear();
  EXPECT_THAT(differences(before, after), IsEmpty()) << "less is said, nothing has changed";
}

// Two copays, told apart by the payer's words or by nothing at all.
TEST(EligibilityDifferences, LinesOfOneNameAreComparedEachWithItself) {
  auto const two = [](char const* first, char const* second, char const* words) {
    return read(
        fmt::format("EB*1**30~EB*B*IND*98***27*{}*****Y~MSG*PRIMARY CARE~EB*B*IND*98***27*{}"
                    "*****Y~MSG*{}~",
                    first, second, words));
  };
  auto const before = two("35", "65", "SPECIALIST");
  EXPECT_THAT(differences(before, before), IsEmpty());
  EXPECT_THAT(
      differences(before, two("35", "70", "SPECIALIST")),
      ElementsAre(difference{"Copay, In network, individual (SPECIALIST)", "$65.00", "$70.00"}));
  auto const alike = two("35", "65", "PRIMARY CARE");
  EXPECT_THAT(differences(alike, alike), IsEmpty());
  EXPECT_THAT(
      differences(alike, two("40", "65", "PRIMARY CARE")),
      ElementsAre(difference{"Copay, In network, individual (PRIMARY CARE)", "$35.00", "$40.00"}));
}

TEST(EligibilityDifferences, AFigureThatIsSaidNowIsAChangeUnlessAPersonWroteItDown) {
  auto const before = read("EB*1**30~EB*C*IND*30***23*1500~");
  auto after = read("EB*1**30~EB*C*IND*30***23*1500~EB*C*IND*30***29*200~");
  EXPECT_THAT(differences(before, after),
              ElementsAre(difference{"Deductible, Network not stated, individual, remaining", "",
                                     "$200.00"}));
  after.source = "portal";
  EXPECT_THAT(differences(before, after), IsEmpty());
}

TEST(EligibilityResult, EveryRowSaysWhatElseItsLoopSays) {
  auto const result = read(
      "EB*1**30~EB*R**30~REF*18*GROUP7~DTP*291*RD8*20260101-20261231~III*ZZ*11~LS*2120~"
      "NM1*PRP*2*OTHER PLAN*****PI*OP1~PER*IC**TE*8135550142~LE*2120~");
  ASSERT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(result.rows[0].also, "");
  for (auto const* part : {"REF 18 GROUP7", "DTP 291 2026-01-01 to 2026-12-31", "III ZZ 11",
                           "2120 PRP OTHER PLAN", "TE 8135550142"}) {
    EXPECT_THAT(result.rows[1].also, HasSubstr(part));
  }
  auto const kept = read_result(write_result(result));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->rows[1].also, result.rows[1].also);
}

// What only a person can put right goes before what a program does by itself.
TEST(EligibilityResult, OfSeveralRefusalsTheOneThatDemandsMostDecides) {
  struct refusals_case {
    char const* rows;
    char const* action;
  };
  for (auto const& one :
       {refusals_case{"AAA*N**42*R~", "retry"},
        refusals_case{"AAA*N**42*R~AAA*N**72*C~", "correct-with-patient"},
        refusals_case{"AAA*N**72*C~AAA*N**43*C~", "enrolment"}, refusals_case{"EB*1**30~", ""}}) {
    EXPECT_EQ(summary_of(read(one.rows)).action, one.action) << one.rows;
  }
}

TEST(EligibilityResult, KeepsThePayersWordsBesideARefusal) {
  auto const result = read("AAA*N**75*C~MSG*CALL 800 555 0100~EB*1**30~MSG*ASK US FIRST~");
  ASSERT_EQ(result.messages.size(), 2U);
  EXPECT_EQ(result.messages[0].text, "CALL 800 555 0100");
  EXPECT_EQ(result.messages[1].text, "ASK US FIRST");
}

struct correction_case {
  char const* code;
  std::vector<std::string_view> asked;
};

TEST(EligibilityNextSteps, ThePatientIsAskedForWhatThePayerCouldNotFind) {
  correction_case const cases[] = {
      {"58", {"patient.birth-date"}},
      {"71", {"patient.birth-date"}},
      {"72", {"coverage.plan.member-id"}},
      {"73", {"patient.name.family", "patient.name.given"}},
      {"75", {"coverage.plan.member-id", "patient.birth-date", "patient.name.family"}},
      {"42", {}},
      {"41", {}}};
  for (auto const& one : cases) {
    std::vector<std::string_view> asked;
    for (auto const& each : corrections_of(read(fmt::format("AAA*N**{}*C~", one.code)))) {
      asked.push_back(each.link_id);
    }
    EXPECT_EQ(asked, one.asked) << one.code;
  }
}

struct refusal_case {
  char const* name;
  char const* segment;
  char const* says;
};

class EligibilitySteps : public testing::TestWithParam<refusal_case> {};

TEST_P(EligibilitySteps, FollowFromThePayersCodesAndShowThem) {
  auto const result = read(GetParam().segment);
  EXPECT_EQ(result.status, verdict::could_not_check);
  auto const steps = next_steps(standing::could_not_check, &result, {}, 1);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_THAT(steps[0], HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    codes, EligibilitySteps,
    testing::Values(
        refusal_case{"payer_down", "AAA*N**42*R~", "else ask later today (AAA 42, follow-up R)."},
        refusal_case{"wait", "AAA*Y**42*Y~", "Send nothing again (AAA 42, follow-up Y)."},
        refusal_case{"thirty_days", "AAA*N**75*W~", "Ask again in 30 days (AAA 75"},
        refusal_case{"not_found", "AAA*N**75*C~", "does not find this person (AAA 75"},
        refusal_case{"wrong_member_id", "AAA*N**72*C~", "Ask the patient for the member ID"},
        refusal_case{"birth_date", "AAA*N**71*C~", "not the one the payer has (AAA 71"},
        refusal_case{"enrolment", "AAA*N**41*C~", "enrolment with this payer"},
        refusal_case{"unknown_code", "AAA*N**ZQ*C~", "Telephone the payer"}),
    [](auto const& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace intake::service::eligibility
