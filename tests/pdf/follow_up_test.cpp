#include "forms/fhirpath/hooks.hpp"
#include "forms/json_reader.hpp"
#include "forms/response.hpp"
#include "forms/scoring.hpp"
#include "pdf/form_copy.hpp"
#include "pdf/render.hpp"
#include "tests/pdf/document_text.hpp"
#include "tests/pdf/sample.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A copy of these items' answers, after what is computed has been.
document copy_of(std::string_view items, std::string_view answered, copy_facts about = {}) {
  auto const form = *forms::read_questionnaire(fmt::format(
      R"({{"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[{}]}})", items));
  auto const json = *forms::read_json(
      fmt::format(R"({{"resourceType":"QuestionnaireResponse","status":"completed",
                       "questionnaire":"urn:f","item":[{}]}})",
                  answered));
  auto const hooks = forms::fhirpath::hooks_for({"2026-11-29", {}});
  auto const response = forms::read_response(form, json.root());
  auto const given = forms::recompute(form, response.answers, hooks).answers;
  filled_form const filled[] = {{&form, &given}};
  return form_copy(filled, about);
}

template <typename T>
std::vector<T> kinds_of(document const& from) {
  std::vector<T> out;
  for (auto const& each : from.sections.front().blocks) {
    if (auto const* found = std::get_if<T>(&each)) out.push_back(*found);
  }
  return out;
}

/// "Latex: What happened? = Rash" for every row.
std::vector<std::string> rows_of(document const& copy) {
  std::vector<std::string> out;
  for (auto const& each : kinds_of<answer>(copy)) out.push_back(each.question + " = " + each.value);
  return out;
}

std::string allergies(std::string_view below) {
  return fmt::format(R"({{"linkId":"all","type":"choice","text":"Which?","repeats":true,
      "answerOption":[{{"valueCoding":{{"code":"pen","display":"Penicillin"}}}},
                      {{"valueCoding":{{"code":"nut","display":"Nuts","_display":{{"extension":[
        {{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[
          {{"url":"lang","valueCode":"es"}},{{"url":"content","valueString":"Nueces"}}]}}]}}}}}}],
      "item":[{}]}})",
                     below);
}

constexpr std::string_view what = R"({"linkId":"what","type":"text","text":"What happened?",
    "_text":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation",
      "extension":[{"url":"lang","valueCode":"es"},
                   {"url":"content","valueString":"¿Qué pasó?"}]}]}})";

constexpr std::string_view two_answers =
    R"({"linkId":"all","answer":[
        {"valueCoding":{"code":"pen"},"item":[
          {"linkId":"what","answer":[{"valueString":"A rash"}]}]},
        {"valueCoding":{"code":"nut"},"item":[
          {"linkId":"what","answer":[{"valueString":"Throat closed"}]}]}]})";

TEST(FollowUp, NamesTheAnswerItIsAbout) {
  auto const copy = copy_of(allergies(what), two_answers);
  EXPECT_THAT(rows_of(copy), testing::ElementsAre("Which? = Penicillin\nNuts",
                                                  "Penicillin: What happened? = A rash",
                                                  "Nuts: What happened? = Throat closed"));
  EXPECT_THAT(render(copy, sample::plain_faces()).defects, IsEmpty());
}

TEST(FollowUp, NamesItInThePatientsWordsToo) {
  copy_facts about;
  about.patient_language = "es";
  auto const rows = kinds_of<answer>(copy_of(allergies(what), two_answers, about));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[2].question_own_words, "Nueces: ¿Qué pasó?");
  EXPECT_EQ(rows[1].question_own_words, "Penicillin: ¿Qué pasó?");
}

TEST(FollowUp, NeedsNoNameBelowOneAnswer) {
  auto const copy = copy_of(allergies(what), R"({"linkId":"all","answer":[
      {"valueCoding":{"code":"nut"},"item":[{"linkId":"what","answer":[{"valueString":"x"}]}]}]})");
  EXPECT_THAT(rows_of(copy), testing::ElementsAre("Which? = Nuts", "What happened? = x"));
}

struct nested_case {
  char const* name;
  std::string_view below;
  std::string_view answered;  ///< below each answer
  std::string_view says;
};

class NestedFollowUp : public testing::TestWithParam<nested_case> {};

TEST_P(NestedFollowUp, NamesTheAnswer) {
  auto const& one = GetParam();
  auto const copy = copy_of(allergies(one.below), fmt::format(R"({{"linkId":"all","answer":[
                  {{"valueCoding":{{"code":"pen"}},"item":[{0}]}},
                  {{"valueCoding":{{"code":"nut"}},"item":[{0}]}}]}})",
                                                              one.answered));
  auto const text = sample::document_text(copy);
  EXPECT_THAT(text, HasSubstr(fmt::format("Penicillin: {}", one.says)));
  EXPECT_THAT(text, HasSubstr(fmt::format("Nuts: {}", one.says)));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, NestedFollowUp,
    testing::Values(
        nested_case{"display",
                    R"({"linkId":"d","type":"display","prefix":"1.","text":"Think back."},
                       {"linkId":"s","type":"string","text":"Since?"})",
                    R"({"linkId":"s","answer":[{"valueString":"May"}]})", "1. Think back."},
        nested_case{"group",
                    R"({"linkId":"g","type":"group","text":"The last time","item":[
                        {"linkId":"s","type":"string","text":"Since?"}]})",
                    R"({"linkId":"g","item":[{"linkId":"s","answer":[{"valueString":"May"}]}]})",
                    "The last time"},
        nested_case{"nested_question",
                    R"({"linkId":"s","type":"boolean","text":"Treated?","item":[
                        {"linkId":"t","type":"string","text":"By whom?"}]})",
                    R"({"linkId":"s","answer":[{"valueBoolean":true,"item":[
                        {"linkId":"t","answer":[{"valueString":"Dr. A"}]}]}]})",
                    "By whom?"},
        nested_case{"many_columns",
                    R"({"linkId":"a","type":"string","text":"A?"},
                       {"linkId":"b","type":"string","text":"B?"},
                       {"linkId":"c","type":"string","text":"C?"},
                       {"linkId":"d","type":"string","text":"D?"},
                       {"linkId":"e","type":"string","text":"E?"})",
                    R"({"linkId":"e","answer":[{"valueString":"x"}]})", "E?"}),
    [](auto const& tested) { return std::string(tested.param.name); });

TEST(FollowUp, TellsAnswersThatAreAlikeApart) {
  auto const copy = copy_of(
      fmt::format(R"({{"linkId":"s","type":"string","text":"Which?","repeats":true,"item":[{}]}})",
                  what),
      fmt::format(R"({{"linkId":"s","answer":[
          {{"valueString":"Pills","item":[{{"linkId":"what","answer":[{{"valueString":"x"}}]}}]}},
          {{"valueString":"Pills"}},{{"valueString":"{}"}}]}})",
                  std::string(80, 'y')));
  EXPECT_THAT(rows_of(copy),
              testing::IsSupersetOf({std::string{"Pills (1): What happened? = x"},
                                     std::string{"Pills (2): What happened? = "},
                                     std::string(60, 'y') + "…: What happened? = "}));
}

constexpr std::string_view scored_children =
    R"json({"linkId":"kid","type":"group","text":"Children","repeats":true,"item":[
         {"linkId":"n","type":"string","text":"Child"},
         {"linkId":"a","type":"integer","text":"Points"},
         {"linkId":"tot","type":"integer","text":"Total","extension":[
           {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
            "valueBoolean":true},
           {"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
            "valueExpression":{"language":"text/fhirpath",
             "expression":"%resource.item.where(linkId='kid').item.where(linkId='a').answer.value.sum()"}}]}]})json";
constexpr std::string_view two_children =
    R"({"linkId":"kid","item":[{"linkId":"n","answer":[{"valueString":"Ann"}]},
                               {"linkId":"a","answer":[{"valueInteger":20}]}]},
       {"linkId":"kid","item":[{"linkId":"n","answer":[{"valueString":"Ben"}]},
                               {"linkId":"a","answer":[{"valueInteger":22}]}]})";

TEST(ScoresInTables, AreColumns) {
  auto const tables = kinds_of<table>(copy_of(scored_children, two_children));
  ASSERT_FALSE(tables.empty());
  ASSERT_EQ(tables[0].columns.size(), 3U);
  EXPECT_EQ(tables[0].columns[2].title, "Total");
  EXPECT_EQ(tables[0].rows[1][2].text, "42");
}

TEST(ScoresInTables, AreNotForThePatient) {
  copy_facts about;
  about.profile = copy_profile::patient;
  auto const copy = copy_of(scored_children, two_children, about);
  EXPECT_THAT(sample::document_text(copy), Not(HasSubstr("Total")));
}

TEST(ScoresInTables, NeedNoColumnWhereThereIsNone) {
  auto const tables =
      kinds_of<table>(copy_of(scored_children, R"({"linkId":"kid","item":[{"linkId":"n","answer":[
                               {"valueString":"Ann"}]}]})"));
  ASSERT_FALSE(tables.empty());
  EXPECT_GE(tables[0].columns.size(), 2U);
}

TEST(FormCopyOfOddAnswers, PrintsAQuestionThatWasSentTwiceTwice) {
  auto const copy = copy_of(R"({"linkId":"a","type":"string","text":"A?"},
      {"linkId":"g","type":"group","text":"G","repeats":true,"item":[
        {"linkId":"b","type":"string","text":"B?"}]})",
                            R"({"linkId":"a","answer":[{"valueString":"first"}]},
      {"linkId":"a","answer":[{"valueString":"second"}]},
      {"linkId":"g","item":[{"linkId":"b","answer":[{"valueString":"third"}]},
                            {"linkId":"b","answer":[{"valueString":"fourth"}]}]})");
  auto const text = sample::document_text(copy);
  for (auto const* each : {"first", "second", "third", "fourth"}) {
    EXPECT_THAT(text, HasSubstr(each));
  }
}

TEST(OptionsThatAreDates, ArePrintedWithTheMonthsName) {
  auto const copy = copy_of(R"({"linkId":"d","type":"choice","text":"When?","answerOption":[
      {"valueDate":"2026-12-01"},{"valueDate":"2026-12-02"}]},
      {"linkId":"t","type":"choice","text":"At?","answerOption":[{"valueTime":"14:30:00"}]})",
                            R"({"linkId":"d","answer":[{"valueDate":"2026-12-01"}]},
      {"linkId":"t","answer":[{"valueTime":"14:30:00"}]})");
  EXPECT_THAT(rows_of(copy), testing::ElementsAre("When? = December 1, 2026", "At? = 2:30 PM"));
}

}  // namespace
}  // namespace intake::pdf
