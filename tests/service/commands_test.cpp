#include "tests/service/command_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tests::run_command;

std::string const packet = INTAKE_SOURCE "/forms/packet";

TEST(Commands, APacketIsLintedAndMeasured) {
  auto const text = run_command({"form", "lint", "--packet", packet});
  EXPECT_EQ(text.code, 0) << text.out << text.err;
  for (auto const* part : {"new-patient (21 forms)", "shortest", "typical", "longest", "minutes"}) {
    EXPECT_THAT(text.out, HasSubstr(part));
  }
  EXPECT_THAT(text.out, Not(HasSubstr("over its budget")));
  auto const json = run_command({"form", "lint", "--packet", packet, "--format", "json"});
  EXPECT_EQ(json.code, 0);
  EXPECT_THAT(json.out, HasSubstr(R"("packet":"follow-up","verdict":"within-budget")"));
}

TEST(Commands, LintWantsSomethingToLint) {
  EXPECT_EQ(run_command({"form", "lint"}).code, 2);
  EXPECT_EQ(run_command({"form", "lint", "--packet", packet, packet + "/peg.json"}).code, 2);
  auto const no_plan =
      run_command({"form", "lint", "--packet", INTAKE_SOURCE "/tests/data/packet"});
  EXPECT_NE(no_plan.code, 0);
  EXPECT_THAT(no_plan.err, HasSubstr("there is no plan/packets.json in"));
}

TEST(Commands, TranslationsThatNobodyReviewedAreListedAsATable) {
  auto const all = run_command({"form", "translations", packet + "/goals.json"});
  EXPECT_EQ(all.code, 0);
  EXPECT_THAT(all.out, StartsWith("file,linkId,language,text,translation\n"));
  EXPECT_THAT(all.out, HasSubstr(",es,"));
  EXPECT_THAT(all.out, HasSubstr(",ht,"));
  auto const spanish =
      run_command({"form", "translations", packet + "/goals.json", "--language", "es"});
  EXPECT_THAT(spanish.out, Not(HasSubstr(",ht,")));
  EXPECT_EQ(run_command({"form", "translations", "/nowhere.json"}).code, 2);
}

TEST(Commands, AFormIsRenderedBlankWithoutAnswers) {
  auto const pdf =
      run_command({"form", "render", "--questionnaire", packet + "/peg.json", "-o", "-"});
  EXPECT_EQ(pdf.code, 0) << pdf.err;
  EXPECT_THAT(pdf.out, StartsWith("%PDF-1.7"));
  auto const nothing = run_command({"form", "render", "-o", "-"});
  EXPECT_EQ(nothing.code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("--questionnaire"));
}

}  // namespace
}  // namespace intake::service
