#include "forms/scoring.hpp"

#include "forms/decimal.hpp"
#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"
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

// A score of questions that are not asked: computed before anybody decides what applies, dropped
// with it, and no mistake of the patient.
TEST(Scoring, OfWhatIsDisabledIsNobodysMistake) {
  auto const form = form_of(
      R"json({"linkId":"ask","type":"boolean"},
       {"linkId":"more","type":"group","enableWhen":[
           {"question":"ask","operator":"=","answerBoolean":true}],"item":[
         {"linkId":"a","type":"integer"},
         {"linkId":"total","type":"integer","readOnly":true,"extension":[{"url":
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
          "valueExpression":{"language":"text/fhirpath","expression":"1 + 1"}}]}]})json");
  auto const hooks = fhirpath::hooks_for({"2026-11-28", {}});
  auto const check = [&](std::string_view items) {
    auto const sent = read_response(form, read_json(response_text(items)).value().root());
    auto const computed = recompute(form, sent.answers, hooks);
    auto const kept = without_disabled(form, computed.answers, &hooks);
    return std::pair{
        summaries(validate(form, computed.answers, {.today = {}, .expressions = &hooks})),
        answers_to(form, kept, "total").size()};
  };
  auto const no = R"({"linkId":"ask","answer":[{"valueBoolean":false}]})";
  EXPECT_THAT(check(no).first, IsEmpty());
  EXPECT_EQ(check(no).second, 0U);
  EXPECT_EQ(check(R"({"linkId":"ask","answer":[{"valueBoolean":true}]})").second, 1U);
  // What a person answered there is a mistake all the same.
  auto const typed = std::string(no) +
                     R"(,{"linkId":"more","item":[{"linkId":"a","answer":[{"valueInteger":1}]}]})";
  EXPECT_EQ(check(typed).first.size(), 1U);
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
