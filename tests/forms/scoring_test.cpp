#include "forms/scoring.hpp"

#include "forms/decimal.hpp"
#include "tests/forms/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

using support::form_of;
using support::response_text;
using support::summaries;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view scored_form =
    R"json({"linkId":"q1","text":"Q","type":"choice","answerOption":[
         {"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue",
             "valueDecimal":0}],"valueCoding":{"code":"never"}},
         {"valueCoding":{"code":"daily","extension":[
             {"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":3}]}}]},
       {"linkId":"s","type":"group","item":[{"linkId":"total","text":"T","type":"integer",
           "readOnly":true,"extension":[
         {"url":
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
          "valueExpression":{"language":"text/fhirpath","expression":"sum"}}]}]})json";

/// Adds up the ordinals of q1, as forms/fhirpath would for the form's expression.
std::optional<answer_value> sum_of_ordinals(expression_place const& at) {
  auto const* given = first_answer(at.form, at.all, "q1");
  if (given == nullptr) return std::nullopt;
  auto const ordinal = read_integer(ordinal_of(*at.form.find("q1"), given->value));
  return ordinal ? std::optional<answer_value>{*ordinal} : std::nullopt;
}

recomputed_answers recomputed(questionnaire const& form, std::string_view items) {
  auto const document = read_json(response_text(items));
  expression_hooks hooks;
  hooks.calculate = sum_of_ordinals;
  return recompute(form, read_response(form, document.value().root()).answers, hooks);
}

constexpr std::string_view daily = R"({"linkId":"q1","answer":[{"valueCoding":{"code":"daily"}}]})";

TEST(Scoring, FillsInWhatNobodySent) {
  auto const form = form_of(scored_form);
  auto const result = recomputed(form, daily);
  ASSERT_NE(first_answer(form, result.answers, "total"), nullptr);
  EXPECT_EQ(first_text(form, result.answers, "total"), "3");
  EXPECT_EQ(first_answer(form, result.answers, "total")->origin, answer_origin::calculated);
  EXPECT_THAT(summaries(result.problems), IsEmpty());
}

TEST(Scoring, OverridesWhatAClientSent) {
  auto const form = form_of(scored_form);
  auto const sent = [](int total) {
    return std::string{daily} +
           R"(,{"linkId":"s","item":[{"linkId":"total","answer":[{"valueInteger":)" +
           std::to_string(total) + "}]}]}";
  };
  auto const wrong = recomputed(form, sent(27));
  EXPECT_EQ(first_text(form, wrong.answers, "total"), "3");
  EXPECT_THAT(summaries(wrong.problems),
              ElementsAre("recomputed @QuestionnaireResponse.item[1].item[0] s/total"));
  EXPECT_THAT(recomputed(form, sent(3)).problems, IsEmpty());
}

TEST(Scoring, TakesAwayWhatNothingSupports) {
  auto const form = form_of(scored_form);
  auto const result = recomputed(
      form, R"({"linkId":"s","item":[{"linkId":"total","answer":[{"valueInteger":5}]}]})");
  EXPECT_EQ(first_answer(form, result.answers, "total"), nullptr);
  EXPECT_EQ(result.problems.size(), 1U);
}

TEST(Ordinals, ComeFromOptionOrCoding) {
  auto const form = form_of(scored_form);
  auto const& question = *form.find("q1");
  EXPECT_EQ(ordinal_of(question, coding{"", "", "never", ""}), "0");
  EXPECT_EQ(ordinal_of(question, coding{"", "", "daily", "every day"}), "3");
  EXPECT_EQ(ordinal_of(question, coding{"", "", "other", ""}), "");
}

}  // namespace
}  // namespace intake::forms
