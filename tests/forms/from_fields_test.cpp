#include "forms/from_fields.hpp"

#include "forms/canonical.hpp"
#include "forms/enablement.hpp"
#include "forms/field_values.hpp"
#include "forms/validation.hpp"
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

constexpr std::string_view every_type =
    R"json({"linkId":"name","text":"N","type":"string"},
    {"linkId":"story","text":"S","type":"text"},
    {"linkId":"yes","text":"Y","type":"boolean"},
    {"linkId":"count","text":"C","type":"integer"},
    {"linkId":"dose","text":"D","type":"decimal"},
    {"linkId":"dob","text":"B","type":"date"},
    {"linkId":"since","text":"M","type":"date","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/entryFormat","valueString":"MM/YYYY"}]},
    {"linkId":"seen","text":"T","type":"dateTime"},
    {"linkId":"bed","text":"Z","type":"time"},
    {"linkId":"site","text":"U","type":"url"},
    {"linkId":"sex","text":"X","type":"choice","answerOption":[
        {"valueCoding":{"system":"s","code":"f","display":"Female"}},
        {"valueCoding":{"system":"s","code":"m","display":"Male"}}]},
    {"linkId":"words","text":"W","type":"open-choice","repeats":true,"answerOption":[
        {"valueCoding":{"code":"dull"}},{"valueCoding":{"code":"sharp"}}]},
    {"linkId":"height","text":"H","type":"quantity","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
        "valueCoding":{"system":"http://unitsofmeasure.org","code":"cm","display":"cm"}},
        {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
        "valueCoding":{"system":"http://unitsofmeasure.org","code":"[in_i]","display":"inches"}}]},
    {"linkId":"med","type":"group","repeats":true,"item":[
      {"linkId":"med/name","text":"M","type":"string","item":[{"linkId":"med:why",
          "text":"Y","type":"string"}]},
      {"linkId":"med[dose]","text":"D","type":"decimal"}]})json";

struct same_case {
  std::string_view name;
  std::vector<form_field> fields;
  std::string_view items;
};

class SameAsTheApi : public ::testing::TestWithParam<same_case> {};

TEST_P(SameAsTheApi, GivesTheSameCanonicalResponse) {
  auto const form = form_of(every_type);
  auto const page = from_fields(form, GetParam().fields);
  EXPECT_THAT(summaries(page.problems), IsEmpty());
  auto const document = read_json(response_text(GetParam().items));
  auto const api = read_response(form, document.value().root());
  EXPECT_THAT(summaries(api.problems), IsEmpty());
  EXPECT_EQ(write_canonical(form, page.answers, api.envelope),
            write_canonical(form, api.answers, api.envelope));
}

same_case const same_cases[] = {
    {"Nothing", {{"csrf", "abc"}, {"name", "  "}, {"dob:day", ""}}, ""},
    {"TrimmedText",
     {{"name", "  Ana \t"}},
     R"({"linkId":"name","answer":[{"valueString":"Ana"}]})"},
    {"LineEnds",
     {{"story", "one\r\ntwo\r\n"}},
     R"({"linkId":"story","answer":[{"valueString":"one\ntwo"}]})"},
    {"AnyFieldOrder",
     {{"count", "4"}, {"name", "x"}},
     R"({"linkId":"name","answer":[{"valueString":"x"}]},{"linkId":"count","answer":[
         {"valueInteger":4}]})"},
    {"Boolean", {{"yes", "Yes"}}, R"({"linkId":"yes","answer":[{"valueBoolean":true}]})"},
    {"Integer", {{"count", "+007"}}, R"({"linkId":"count","answer":[{"valueInteger":7}]})"},
    {"DecimalKeepsZeros",
     {{"dose", "1.50"}},
     R"({"linkId":"dose","answer":[{"valueDecimal":1.50}]})"},
    {"DecimalComma", {{"dose", "2,5"}}, R"({"linkId":"dose","answer":[{"valueDecimal":2.5}]})"},
    {"BareFraction", {{"dose", "-.5"}}, R"({"linkId":"dose","answer":[{"valueDecimal":-0.5}]})"},
    {"ThreeFieldDate",
     {{"dob:month", "2"}, {"dob:day", "9"}, {"dob:year", "1965"}},
     R"({"linkId":"dob","answer":[{"valueDate":"1965-02-09"}]})"},
    {"OneFieldDate",
     {{"dob", "1965-02-09"}},
     R"({"linkId":"dob","answer":[{"valueDate":"1965-02-09"}]})"},
    {"MonthWhereAskedFor",
     {{"since:month", "6"}, {"since:year", "2019"}},
     R"({"linkId":"since","answer":[{"valueDate":"2019-06"}]})"},
    {"DateTime",
     {{"seen:year", "2026"},
      {"seen:month", "11"},
      {"seen:day", "23"},
      {"seen:time", "2:30 p.m."},
      {"seen:zone", "-05:00"}},
     R"({"linkId":"seen","answer":[{"valueDateTime":"2026-11-23T14:30:00-05:00"}]})"},
    {"Time", {{"bed", "22:15"}}, R"({"linkId":"bed","answer":[{"valueTime":"22:15:00"}]})"},
    {"Midnight", {{"bed", "12 am"}}, R"({"linkId":"bed","answer":[{"valueTime":"00:00:00"}]})"},
    {"Choice",
     {{"sex", "s|f"}},
     R"({"linkId":"sex","answer":[{"valueCoding":{"system":"s","code":"f","display":"Female"}}]})"},
    {"CheckBoxesAndOther",
     {{"words", "dull"}, {"words", "sharp"}, {"words", ":other"}, {"words:other", "buzzing"}},
     R"({"linkId":"words","answer":[{"valueCoding":{"code":"dull"}},
         {"valueCoding":{"code":"sharp"}},{"valueString":"buzzing"}]})"},
    {"OtherTextAlone",
     {{"words:other", "buzzing"}},
     R"({"linkId":"words","answer":[{"valueString":"buzzing"}]})"},
    {"LeftOverOtherText",
     {{"words", "dull"}, {"words:other", "buzzing"}},
     R"({"linkId":"words","answer":[{"valueCoding":{"code":"dull"}}]})"},
    {"Quantity",
     {{"height", "70"}, {"height:unit", "[in_i]"}},
     R"({"linkId":"height","answer":[{"valueQuantity":{"value":70,"unit":"inches",
         "system":"http://unitsofmeasure.org","code":"[in_i]"}}]})"},
    {"RepeatingGroup",
     {{"med[0]/med%2Fname", "A"},
      {"med[0]/med%5Bdose%5D", "5"},
      {"med[4]/med%2Fname", "B"},
      {"med[2]/med%2Fname", " "}},
     R"({"linkId":"med","item":[{"linkId":"med/name","answer":[{"valueString":"A"}]},
         {"linkId":"med[dose]","answer":[{"valueDecimal":5}]}]},
        {"linkId":"med","item":[{"linkId":"med/name","answer":[{"valueString":"B"}]}]})"},
    {"NestedBelowAnAnswer",
     {{"med[0]/med%2Fname/med%3Awhy", "pain"}, {"med[0]/med%2Fname", "A"}},
     R"({"linkId":"med","item":[{"linkId":"med/name","answer":[{"valueString":"A","item":[
         {"linkId":"med:why","answer":[{"valueString":"pain"}]}]}]}]})"},
    {"NestedBelowNoAnswer", {{"med[0]/med%2Fname/med%3Awhy", "pain"}}, ""},
};
INSTANTIATE_TEST_SUITE_P(All, SameAsTheApi, ::testing::ValuesIn(same_cases),
                         [](auto const& one) { return std::string{one.param.name}; });

struct wrong_case {
  std::string_view name;
  std::vector<form_field> fields;
  std::string_view expected;
};

class WrongField : public ::testing::TestWithParam<wrong_case> {};

TEST_P(WrongField, IsOneProblemAndCountsAsAnswered) {
  auto const form = form_of(every_type);
  auto const result = from_fields(form, GetParam().fields);
  EXPECT_THAT(summaries(result.problems), ElementsAre(std::string{GetParam().expected}));
  EXPECT_THAT(summaries(validate(form, result.answers, {"2026-11-23", {}, {}})), IsEmpty());
}

wrong_case const wrong_cases[] = {
    {"Letters",
     {{"count", "four"}},
     "malformed-integer @QuestionnaireResponse.item[0].answer[0] count"},
    {"Thousands",
     {{"dose", "1,500"}},
     "malformed-decimal @QuestionnaireResponse.item[0].answer[0] dose"},
    {"NoSuchDay",
     {{"dob:month", "2"}, {"dob:day", "30"}, {"dob:year", "1965"}},
     "impossible-date @QuestionnaireResponse.item[0].answer[0] dob"},
    {"NoDay",
     {{"dob:month", "2"}, {"dob:year", "1965"}},
     "incomplete-date @QuestionnaireResponse.item[0].answer[0] dob"},
    {"ShortYear",
     {{"dob:month", "2"}, {"dob:day", "3"}, {"dob:year", "65"}},
     "malformed-date @QuestionnaireResponse.item[0].answer[0] dob"},
    {"NoOption", {{"sex", "s|x"}}, "not-an-option @QuestionnaireResponse.item[0].answer[0] sex"},
    {"Maybe", {{"yes", "maybe"}}, "malformed-boolean @QuestionnaireResponse.item[0].answer[0] yes"},
    {"NoTime", {{"bed", "25:00"}}, "malformed-time @QuestionnaireResponse.item[0].answer[0] bed"},
    {"NoZone",
     {{"seen", "2026-11-23"}, {"seen:time", "10:00"}},
     "zone-missing @QuestionnaireResponse.item[0].answer[0] seen"},
    {"InTheSecondGroup",
     {{"med[0]/med%2Fname", "A"}, {"med[1]/med%5Bdose%5D", "x"}},
     "malformed-decimal @QuestionnaireResponse.item[1].item[0].answer[0] med[1]/med%5Bdose%5D"},
};
INSTANTIATE_TEST_SUITE_P(All, WrongField, ::testing::ValuesIn(wrong_cases),
                         [](auto const& one) { return std::string{one.param.name}; });

TEST(Fields, ComeBackFromTheirAnswers) {
  auto const form = form_of(every_type);
  for (auto const& one : same_cases) {
    auto const first = from_fields(form, one.fields);
    auto const written = to_fields(form, first.answers);
    std::vector<form_field> again;
    for (auto const& field : written) again.push_back({field.name, field.value});
    auto const second = from_fields(form, again);
    EXPECT_EQ(write_canonical(form, second.answers, {}), write_canonical(form, first.answers, {}))
        << one.name;
  }
}

TEST(Fields, CarryAFile) {
  auto const form = form_of(R"({"linkId":"card","text":"C","type":"attachment"})");
  std::vector<form_field> const fields{
      {"card", std::string_view{"\x89PNG\r\n\x1A\n\0", 9}, "image/png", "card.png"}};
  auto const result = from_fields(form, fields);
  auto const* file = std::get_if<attachment>(&first_answer(form, result.answers, "card")->value);
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->content_type, "image/png");
  EXPECT_EQ(file->size_bytes, 9U);
  EXPECT_EQ(file->title, "card.png");
  EXPECT_EQ(file->data, "iVBORw0KGgoA");
  std::vector<form_field> const none{{"card", "", "application/octet-stream", ""}};
  EXPECT_THAT(from_fields(form, none).answers.items, IsEmpty());
}

TEST(Fields, IgnoreWhatTheFormDoesNotHave) {
  auto const form = form_of(every_type);
  std::vector<form_field> const fields{
      {"med", "x"},       {"name/none", "x"}, {"name[1]", "x"}, {"med[1000]/med%2Fname", "x"},
      {"name:nope", "x"}, {"", "x"},          {"%zz", "x"},     {"name", "\xFF"}};
  auto const result = from_fields(form, fields);
  EXPECT_THAT(result.answers.items, IsEmpty());
  EXPECT_THAT(result.problems, IsEmpty());
}

TEST(LinkPath, WritesWhatItReads) {
  auto const form = form_of(every_type);
  for (auto const* text : {"name", "med[0]/med%2Fname", "med[7]/med%2Fname/med%3Awhy",
                           "med[3]/med%5Bdose%5D", "words[2]"}) {
    auto const path = read_link_path(form, text);
    ASSERT_TRUE(path) << text;
    EXPECT_EQ(write_link_path(form, *path), text);
  }
}

attachment photo_of_card() {
  attachment card;
  card.content_type = "image/jpeg";
  card.size_bytes = 9;
  card.hash = "q+/=";
  card.title = "card.jpg";
  return card;
}

TEST(FromFields, AFileThatIsHeldIsNamedByItsField) {
  auto const form = form_of(R"({"linkId":"card","text":"C","type":"attachment"})");
  auto const card = photo_of_card();
  attachment const held[] = {card};
  auto const value = held_field(card);
  form_field const fields[] = {{.name = "card", .value = value}};
  auto const result = from_fields(form, fields, held);
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(first_answer(form, result.answers, "card")->value, answer_value{card});
  EXPECT_EQ(to_fields(form, result.answers), (std::vector<named_value>{{"card", value}}));
  EXPECT_FALSE(from_fields(form, fields).problems.empty()) << "nothing is held";
}

TEST(FromFields, WhatIsHeldIsWholeForWhoHoldsItAndMissingForAllOthers) {
  auto const form = form_of(R"({"linkId":"card","text":"C","type":"attachment"})");
  answers given;
  auto& card = add_occurrence(given.items, form.find("card")->index).answers.emplace_back();
  card.value = photo_of_card();
  EXPECT_TRUE(any_error(validate(form, given, {.today = "2026-11-28"})));
  EXPECT_TRUE(
      validate(form, given, {.today = "2026-11-28", .held = held_attachments::taken}).empty());
}

TEST(FromFields, WhatCameOverTheApiIsTheSameAfterItsPage) {
  auto const form = form_of(
      R"({"linkId":"t","text":"T","type":"time"},{"linkId":"q","text":"Q","type":"quantity"})");
  answers given;
  auto const answer_to = [&](std::string_view link_id, answer_value value) {
    add_occurrence(given.items, form.find(link_id)->index).answers.emplace_back().value =
        std::move(value);
  };
  answer_to("t", fhir_time{"10:00:00.000"});
  answer_to("q", quantity{"5", "<=", "kg", "", ""});
  auto const written = to_fields(form, given);
  std::vector<form_field> fields;
  for (auto const& [name, value] : written) fields.push_back({.name = name, .value = value});
  auto const back = from_fields(form, fields);
  EXPECT_TRUE(back.problems.empty());
  for (auto const* id : {"t", "q"}) {
    EXPECT_EQ(first_answer(form, back.answers, id)->value, first_answer(form, given, id)->value);
  }
}

TEST(FromFields, AnAmountMayHaveOneSignOfComparison) {
  auto const form = form_of(R"({"linkId":"q","text":"Q","type":"quantity"})");
  for (auto const* typed : {"<>5", "=5", "<<5", "<", "5<"}) {
    form_field const fields[] = {{.name = "q", .value = typed}};
    EXPECT_FALSE(from_fields(form, fields).problems.empty()) << typed;
  }
}

TEST(PlainTime, TakesPointsOfAmAndPmOnly) {
  std::pair<std::string_view, std::string_view> const cases[] = {{"2:30 p.m.", "14:30:00"},
                                                                 {"2:30 p.m", "14:30:00"},
                                                                 {"2:30 P.M.", "14:30:00"},
                                                                 {"2 a.m.", "02:00:00"},
                                                                 {"2:30pm", "14:30:00"},
                                                                 {"10:00:00.250", "10:00:00.250"},
                                                                 {"10.30", ""},
                                                                 {"10:00.5", ""},
                                                                 {"m.", ""}};
  for (auto const& [typed, plain] : cases) EXPECT_EQ(plain_time(typed), plain) << typed;
}

}  // namespace
}  // namespace intake::forms
