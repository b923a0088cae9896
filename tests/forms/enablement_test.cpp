#include "forms/enablement.hpp"

#include "forms/canonical.hpp"
#include "tests/forms/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

using support::form_of;
using support::problems_of;
using support::response_text;
using support::summaries;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

answers read(questionnaire const& form, std::string_view items) {
  auto const document = read_json(response_text(items));
  return read_response(form, document.value().root()).answers;
}

bool is_enabled(questionnaire const& form, std::string_view items, std::string_view link_id) {
  auto const given = read(form, items);
  enablement const evaluator{form, given};
  return evaluator.is_enabled(*form.find(link_id), {&given.items, nullptr, no_item});
}

std::string integer_form(std::string_view conditions) {
  return R"({"linkId":"a","text":"A","type":"integer","repeats":true},
            {"linkId":"b","text":"B","type":"string","enableBehavior":"all","enableWhen":[)" +
         std::string{conditions} + "]}";
}

struct operator_case {
  std::string_view name;
  std::string_view condition;
  std::string_view given;
  bool expected;
};

class EnableOperator : public ::testing::TestWithParam<operator_case> {};

TEST_P(EnableOperator, Decides) {
  auto const& one = GetParam();
  auto const form = form_of(integer_form(one.condition));
  EXPECT_EQ(is_enabled(form, one.given, "b"), one.expected);
}

constexpr std::string_view one_to_three =
    R"({"linkId":"a","answer":[{"valueInteger":1},{"valueInteger":3}]})";

operator_case const operator_cases[] = {
    {"EqualAny", R"({"question":"a","operator":"=","answerInteger":3})", one_to_three, true},
    {"EqualNone", R"({"question":"a","operator":"=","answerInteger":2})", one_to_three, false},
    {"EqualUnanswered", R"({"question":"a","operator":"=","answerInteger":2})", "", false},
    {"NotEqualWhenNoneIs", R"({"question":"a","operator":"!=","answerInteger":2})", one_to_three,
     true},
    {"NotEqualWhenOneIs", R"({"question":"a","operator":"!=","answerInteger":1})", one_to_three,
     false},
    {"NotEqualUnanswered", R"({"question":"a","operator":"!=","answerInteger":1})", "", true},
    {"Greater", R"({"question":"a","operator":">","answerInteger":2})", one_to_three, true},
    {"GreaterNone", R"({"question":"a","operator":">","answerInteger":3})", one_to_three, false},
    {"GreaterOrEqual", R"({"question":"a","operator":">=","answerInteger":3})", one_to_three, true},
    {"Less", R"({"question":"a","operator":"<","answerInteger":2})", one_to_three, true},
    {"LessNone", R"({"question":"a","operator":"<","answerInteger":1})", one_to_three, false},
    {"LessOrEqual", R"({"question":"a","operator":"<=","answerInteger":1})", one_to_three, true},
    {"LessUnanswered", R"({"question":"a","operator":"<","answerInteger":9})", "", false},
    {"Exists", R"({"question":"a","operator":"exists","answerBoolean":true})", one_to_three, true},
    {"ExistsNot", R"({"question":"a","operator":"exists","answerBoolean":true})", "", false},
    {"NotExists", R"({"question":"a","operator":"exists","answerBoolean":false})", "", true},
    {"AllOfTwo",
     R"({"question":"a","operator":"=","answerInteger":1},{"question":"a","operator":"=",
         "answerInteger":2})",
     one_to_three, false},
};
INSTANTIATE_TEST_SUITE_P(All, EnableOperator, ::testing::ValuesIn(operator_cases),
                         [](auto const& one) { return std::string{one.param.name}; });

constexpr std::string_view chained =
    R"({"linkId":"a","text":"A","type":"boolean"},
       {"linkId":"b","text":"B","type":"boolean","enableWhen":[{"question":"a",
           "operator":"=","answerBoolean":true}]},
       {"linkId":"c","text":"C","type":"boolean","enableWhen":[{"question":"b",
           "operator":"=","answerBoolean":true}]})";

TEST(Enablement, ADisabledQuestionCountsAsUnanswered) {
  auto const form = form_of(chained);
  constexpr std::string_view items =
      R"({"linkId":"a","answer":[{"valueBoolean":false}]},{"linkId":"b","answer":[
          {"valueBoolean":true}]},
         {"linkId":"c","answer":[{"valueBoolean":true}]})";
  EXPECT_FALSE(is_enabled(form, items, "c"));
  EXPECT_THAT(summaries(problems_of(form, response_text(items))),
              ElementsAre("not-enabled @QuestionnaireResponse.item[1] b",
                          "not-enabled @QuestionnaireResponse.item[2] c"));
}

TEST(Enablement, DropsAnswersOfDisabledItems) {
  auto const form = form_of(chained);
  auto const kept = without_disabled(
      form, read(form,
                 R"({"linkId":"a","answer":[{"valueBoolean":false}]},{"linkId":"b","answer":[
              {"valueBoolean":true}]})"));
  EXPECT_EQ(answers_to(form, kept, "a").size(), 1U);
  EXPECT_THAT(answers_to(form, kept, "b"), IsEmpty());
}

// What stays keeps its order, its values and what is nested in it, whatever goes around it.
TEST(Enablement, DropsFromTheMiddleAndKeepsTheRest) {
  auto const form = form_of(
      R"({"linkId":"a","text":"A","type":"boolean"},
         {"linkId":"g","type":"group","repeats":true,"item":[
           {"linkId":"ask","text":"Ask","type":"boolean"},
           {"linkId":"off","text":"Off","type":"string","enableWhen":[{"question":"ask",
               "operator":"=","answerBoolean":true}]},
           {"linkId":"on","text":"On","type":"string","item":[
             {"linkId":"below","text":"Below","type":"string"}]}]})");
  constexpr std::string_view no_off =
      R"({"linkId":"a","answer":[{"valueBoolean":false}]},
         {"linkId":"g","item":[{"linkId":"ask","answer":[{"valueBoolean":true}]},
           {"linkId":"off","answer":[{"valueString":"kept"}]}]},
         {"linkId":"g","item":[{"linkId":"ask","answer":[{"valueBoolean":false}]},
           {"linkId":"off","answer":[{"valueString":"goes"}]},
           {"linkId":"on","answer":[{"valueString":"stays","item":[
             {"linkId":"below","answer":[{"valueString":"too"}]}]}]}]})";
  auto const kept = without_disabled(form, read(form, no_off));
  auto const texts = [&](std::string_view link_id) {
    std::vector<std::string> all;
    for (auto const* one : answers_to(form, kept, link_id)) all.push_back(plain_text(one->value));
    return all;
  };
  EXPECT_THAT(texts("off"), ElementsAre("kept"));
  EXPECT_THAT(texts("on"), ElementsAre("stays"));
  EXPECT_THAT(texts("below"), ElementsAre("too"));
  EXPECT_THAT(texts("ask"), ElementsAre("true", "false"));
}

// R4 Questionnaire.item.enableWhen: the nearest occurrence, so each repetition decides for itself.
TEST(Enablement, StaysInsideTheRepetition) {
  auto const form = form_of(
      R"({"linkId":"g","type":"group","repeats":true,"item":[
           {"linkId":"a","text":"A","type":"boolean"},
           {"linkId":"in","type":"group","item":[
             {"linkId":"b","text":"B","type":"string","required":true,
              "enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]}]}]})");
  auto const found = problems_of(
      form, response_text(
                R"({"linkId":"g","item":[{"linkId":"a","answer":[{"valueBoolean":true}]},
              {"linkId":"in"}]},
         {"linkId":"g","item":[{"linkId":"a","answer":[{"valueBoolean":false}]},
            {"linkId":"in","item":[{"linkId":"b","answer":[{"valueString":"x"}]}]}]},
         {"linkId":"g","item":[{"linkId":"in"}]})"));
  EXPECT_THAT(summaries(found),
              ElementsAre("required-missing @QuestionnaireResponse.item[0].item[1] g[0]/in/b",
                          "not-enabled @QuestionnaireResponse.item[1].item[1].item[0] g[1]/in/b"));
}

TEST(Enablement, SeesEveryOccurrenceFromOutside) {
  auto const form = form_of(
      R"({"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"a","text":"A",
          "type":"boolean"}]},
         {"linkId":"b","text":"B","type":"string","enableWhen":[{"question":"a",
             "operator":"=","answerBoolean":true}]})");
  EXPECT_TRUE(
      is_enabled(form,
                 R"({"linkId":"g","item":[{"linkId":"a","answer":[{"valueBoolean":false}]}]},
                            {"linkId":"g","item":[{"linkId":"a","answer":[
                                {"valueBoolean":true}]}]})",
                 "b"));
  EXPECT_FALSE(is_enabled(
      form, R"({"linkId":"g","item":[{"linkId":"a","answer":[{"valueBoolean":false}]}]})", "b"));
}

TEST(Enablement, ADisabledGroupHidesItsQuestions) {
  auto const form = form_of(
      R"({"linkId":"s","text":"S","type":"boolean"},
         {"linkId":"g","type":"group","enableWhen":[{"question":"s","operator":"=",
             "answerBoolean":true}],
          "item":[{"linkId":"a","text":"A","type":"boolean"}]},
         {"linkId":"b","text":"B","type":"string","enableWhen":[{"question":"a",
             "operator":"exists","answerBoolean":true}]})");
  constexpr std::string_view group =
      R"(,{"linkId":"g","item":[{"linkId":"a","answer":[{"valueBoolean":true}]}]})";
  EXPECT_FALSE(is_enabled(
      form, R"({"linkId":"s","answer":[{"valueBoolean":false}]})" + std::string{group}, "b"));
  EXPECT_TRUE(is_enabled(
      form, R"({"linkId":"s","answer":[{"valueBoolean":true}]})" + std::string{group}, "b"));
}

TEST(Enablement, WhatIsNestedSeesItsOwnAnswer) {
  auto const form = form_of(
      R"({"linkId":"q","text":"Q","type":"integer","repeats":true,"item":[
           {"linkId":"d","text":"D","type":"string","required":true,
            "enableWhen":[{"question":"q","operator":">","answerInteger":5}]}]})");
  auto const found = problems_of(
      form, response_text(R"({"linkId":"q","answer":[{"valueInteger":1},{"valueInteger":9}]})"));
  EXPECT_THAT(summaries(found),
              ElementsAre("required-missing @QuestionnaireResponse.item[0].answer[1] q[1]/d"));
}

// Without remembering what was decided this would take 2^40 steps.
TEST(Enablement, DecidesADoubleChainOnce) {
  std::string items =
      R"({"linkId":"0","text":"T","type":"integer"},{"linkId":"1","text":"T","type":"integer"})";
  std::string given =
      R"({"linkId":"0","answer":[{"valueInteger":1}]},{"linkId":"1","answer":[
          {"valueInteger":1}]})";
  for (int i = 2; i < 42; ++i) {
    auto const id = std::to_string(i);
    auto const condition = [&](int of) {
      return R"({"question":")" + std::to_string(of) + R"(","operator":"=","answerInteger":2})";
    };
    items += R"(,{"linkId":")" + id +
             R"(","text":"T","type":"integer","enableBehavior":"any","enableWhen":[)" +
             condition(i - 1) + "," + condition(i - 2) + "]}";
    given += R"(,{"linkId":")" + id + R"(","answer":[{"valueInteger":2}]})";
  }
  auto const form = form_of(items);
  EXPECT_FALSE(is_enabled(form, given, "41"));
}

}  // namespace
}  // namespace intake::forms
