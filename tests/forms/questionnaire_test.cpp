#include "forms/questionnaire.hpp"

#include "forms/form_reader.hpp"
#include "forms/problem_codes.hpp"
#include "tests/forms/support.hpp"

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

using support::form_of;
using ::testing::Contains;
using ::testing::ElementsAre;

std::string form_text(std::string_view items) {
  return fmt::format(
      R"({{"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[{}]}})", items);
}

struct rule_case {
  std::string_view name;
  std::string_view items;
  std::string_view code;
  finding_effect effect;
};

class FormRule : public ::testing::TestWithParam<rule_case> {};

TEST_P(FormRule, IsFoundAndDealtWith) {
  auto const& one = GetParam();
  auto const document = read_json(form_text(one.items), form_file_limits);
  ASSERT_TRUE(document.has_value());
  auto const reading = read_form(*document, document->root());
  std::vector<std::pair<std::string_view, finding_effect>> found;
  for (auto const& finding : reading.findings) found.emplace_back(finding.code, finding.effect);
  EXPECT_THAT(found, Contains(std::pair{one.code, one.effect}));
  EXPECT_EQ(reading.form.has_value(), one.effect != finding_effect::refused);
}

using enum finding_effect;
rule_case const rule_cases[] = {
    {"Que1Group", R"({"linkId":"a","type":"group"})", "que-1", repaired},
    {"Que1Display",
     R"({"linkId":"a","type":"display","item":[{"linkId":"b","type":"string","text":"x"}]})",
     "que-1", repaired},
    {"Que2",
     R"({"linkId":"a","type":"string","text":"x"},{"linkId":"a","type":"string","text":"x"})",
     "que-2", repaired},
    {"Que2Display",
     R"({"linkId":"a","type":"string","text":"x"},{"linkId":"a","type":"display","text":"x"})",
     "que-2", repaired},
    {"Que3", R"({"linkId":"a","type":"display","text":"x","code":[{"code":"c"}]})", "que-3",
     repaired},
    {"Que4",
     R"({"linkId":"a","type":"choice","text":"x","answerOption":[{"valueString":"s"}],
         "answerValueSet":"urn:v"})",
     "que-4", repaired},
    {"Que5", R"({"linkId":"a","type":"boolean","text":"x","answerValueSet":"urn:v"})", "que-5",
     repaired},
    {"Que6", R"({"linkId":"a","type":"display","text":"x","required":true})", "que-6", repaired},
    {"Que7",
     R"({"linkId":"a","type":"string","text":"x"},{"linkId":"b","type":"string",
         "text":"x","enableWhen":[{"question":"a","operator":"exists","answerString":"y"}]})",
     "que-7", refused},
    {"DecimalWithInteger",
     R"({"linkId":"a","type":"decimal","text":"x"},{"linkId":"b","type":"string","text":"x",
         "enableWhen":[{"question":"a","operator":"=","answerInteger":5}]})",
     "enable-when-type", none},
    {"UrlWithString",
     R"({"linkId":"a","type":"url","text":"x"},{"linkId":"b","type":"string","text":"x",
         "enableWhen":[{"question":"a","operator":"=","answerString":"urn:x"}]})",
     "enable-when-type", none},
    {"BooleanWithString",
     R"({"linkId":"a","type":"boolean","text":"x"},{"linkId":"b","type":"string","text":"x",
         "enableWhen":[{"question":"a","operator":"=","answerString":"true"}]})",
     "enable-when-type", repaired},
    {"GroupThatExists",
     R"({"linkId":"a","type":"group","item":[{"linkId":"c","type":"string","text":"x"}]},
        {"linkId":"b","type":"string","text":"x",
         "enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}]})",
     "enable-when-never", none},
    {"EnabledTwice",
     R"({"linkId":"a","type":"boolean","text":"x"},{"linkId":"b","type":"string","text":"x",
         "enableWhen":[{"question":"a","operator":"=","answerBoolean":true}],"extension":[
          {"url":
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
           "valueExpression":{"language":"text/fhirpath","expression":"false"}}]})",
     "enable-when-both", none},
    {"TextLimitOfANumber",
     R"({"linkId":"a","type":"integer","text":"x","extension":[
         {"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueString":"3"}]})",
     "limit-type", none},
    {"NumberLimitOfADate",
     R"({"linkId":"a","type":"date","text":"x","extension":[
         {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":3}]})",
     "limit-type", none},
    {"TwoValuesOfAnOption",
     R"({"linkId":"a","type":"choice","text":"x","answerOption":[
         {"valueCoding":{"system":"s","code":"a"},"valueString":"z"}]})",
     "several-values", repaired},
    {"TwoAnswersOfACondition",
     R"({"linkId":"a","type":"boolean","text":"x"},{"linkId":"b","type":"string","text":"x",
         "enableWhen":[{"question":"a","operator":"=","answerBoolean":true,"answerString":"z"}]})",
     "several-values", repaired},
    {"Que8", R"({"linkId":"a","type":"display","text":"x","initial":[{"valueString":"s"}]})",
     "que-8", repaired},
    {"Que9", R"({"linkId":"a","type":"display","text":"x","readOnly":true})", "que-9", repaired},
    {"Que10", R"({"linkId":"a","type":"date","text":"x","maxLength":3})", "que-10", repaired},
    {"Que11",
     R"({"linkId":"a","type":"choice","text":"x","answerOption":[{"valueString":"s"}],
         "initial":[{"valueString":"s"}]})",
     "que-11", repaired},
    {"Que12",
     R"({"linkId":"a","type":"string","text":"x"},{"linkId":"b","type":"string",
         "text":"x","enableWhen":[{"question":"a","operator":"=","answerString":"y"},
         {"question":"a","operator":"=","answerString":"z"}]})",
     "que-12", repaired},
    {"Que13",
     R"({"linkId":"a","type":"string","text":"x","initial":[{"valueString":"s"},
         {"valueString":"t"}]})",
     "que-13", repaired},
    {"NoLinkId", R"({"type":"string","text":"x"})", "link-id-missing", refused},
    {"NoLinkIdOnDisplay", R"({"type":"display","text":"x"})", "link-id-missing", repaired},
    {"NoType", R"({"linkId":"a","text":"x"})", "type-missing", refused},
    {"UnknownType", R"({"linkId":"a","type":"colour","text":"x"})", "type-unknown", refused},
    {"TypeOfR5", R"({"linkId":"a","type":"coding","text":"x"})", "type-of-r5", repaired},
    {"Modifier",
     R"({"linkId":"a","type":"string","text":"x","_text":{"extension":[{"url":"u",
         "modifierExtension":[{"url":"m"}]}]}})",
     "unknown-modifier", refused},
    {"WrongJsonType", R"({"linkId":"a","type":"string","text":"x","required":"true"})",
     "wrong-json-type", refused},
    {"UnknownQuestion",
     R"({"linkId":"a","type":"string","text":"x","enableWhen":[{"question":"z",
         "operator":"exists","answerBoolean":true}]})",
     "enable-when-question-unknown", repaired},
    {"SelfReference",
     R"({"linkId":"a","type":"string","text":"x","enableWhen":[{"question":"a",
         "operator":"exists","answerBoolean":true}]})",
     "enable-when-self", refused},
    {"Circle",
     R"({"linkId":"a","type":"string","text":"x","enableWhen":[{"question":"b",
         "operator":"exists","answerBoolean":true}]},{"linkId":"b","type":"string",
         "text":"x","enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}]})",
     "enable-when-cycle", refused},
    {"CircleThroughAGroup",
     R"({"linkId":"a","type":"string","text":"x","enableWhen":[{"question":"b",
         "operator":"exists","answerBoolean":true}]},{"linkId":"g","type":"group",
         "enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}],"item":[
         {"linkId":"b","type":"string","text":"x"}]})",
     "enable-when-cycle", refused},
    {"Later",
     R"({"linkId":"a","type":"string","text":"x","enableWhen":[{"question":"b",
         "operator":"exists","answerBoolean":true}]},{"linkId":"b","type":"string","text":"x"})",
     "enable-when-later", none},
    {"NeverEqual",
     R"({"linkId":"a","type":"choice","text":"x","answerOption":[
         {"valueCoding":{"code":"y"}}]},{"linkId":"b","type":"string","text":"x",
         "enableWhen":[{"question":"a","operator":"=","answerCoding":{"code":"z"}}]})",
     "enable-when-never", none},
    {"OtherType",
     R"({"linkId":"a","type":"boolean","text":"x"},{"linkId":"b","type":"string",
         "text":"x","enableWhen":[{"question":"a","operator":"=","answerString":"true"}]})",
     "enable-when-type", repaired},
    {"RequiredInOptionalGroup",
     R"({"linkId":"g","type":"group","item":[{"linkId":"a","type":"string","text":"x",
         "required":true}]})",
     "required-in-optional-group", none},
    {"HiddenRequired",
     R"({"linkId":"a","type":"string","text":"x","required":true,"extension":[
         {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
         "valueBoolean":true}]})",
     "hidden-required", none},
    {"Regex",
     R"({"linkId":"a","type":"string","text":"x","extension":[
         {"url":"http://hl7.org/fhir/StructureDefinition/regex","valueString":"(?=a)b"}]})",
     "regex-unsupported", none},
    {"UnresolvedValueSet",
     R"({"linkId":"a","type":"choice","text":"x","answerValueSet":"http://example.org/vs"})",
     "value-set-unresolved", none},
    {"Cql",
     R"({"linkId":"a","type":"string","text":"x","extension":[
         {"url":
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
    "valueExpression":{"language":"text/cql","expression":"x"}}]})",
     "expression-language", none},
};
INSTANTIATE_TEST_SUITE_P(All, FormRule, ::testing::ValuesIn(rule_cases),
                         [](auto const& one) { return std::string{one.param.name}; });

TEST(Questionnaire, KnowsTheTree) {
  auto const form = form_of(
      R"({"linkId":"a","type":"group","extension":[{"url":"urn:intake:audience",
          "valueCode":"coverage"}],"item":[
           {"linkId":"b","text":"B","type":"string"},
           {"linkId":"c","type":"group","item":[{"linkId":"d","text":"D","type":"string"}]}]},
         {"linkId":"e","text":"E","type":"string"})");
  EXPECT_THAT(form.children_of(no_item), ElementsAre(0U, 4U));
  EXPECT_THAT(form.children_of(0), ElementsAre(1U, 2U));
  EXPECT_EQ(form.find("d")->depth, 2U);
  EXPECT_EQ(form.parent_of(*form.find("d"))->link_id, "c");
  EXPECT_TRUE(form.contains(0, 3));
  EXPECT_FALSE(form.contains(0, 4));
  EXPECT_EQ(form.find("zz"), nullptr);
  EXPECT_EQ(form.find("d")->audience, form_audience::coverage);
  EXPECT_EQ(form.find("e")->audience, form_audience::clinical);
}

TEST(Questionnaire, SpeaksTheLanguageThatIsAskedFor) {
  auto const form = form_of(
      R"({"linkId":"a","text":"Name","_text":{"extension":[
          {"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[
           {"url":"lang","valueCode":"es"},{"url":"content","valueString":"Nombre"},
           {"url":"urn:intake:reviewed-by","valueString":"R. Reviewer"}]}]},"type":"string"})");
  auto const& one = *form.find("a");
  EXPECT_EQ(text_in(one, "es-MX"), "Nombre");
  EXPECT_EQ(text_in(one, "ht"), "Name");
  EXPECT_EQ(one.text.translation_in("es")->reviewed_by, "R. Reviewer");
}

TEST(Questionnaire, RefusesMoreThan32Levels) {
  auto const nest = [](int levels) {
    std::string items = R"({"linkId":"q","text":"Q","type":"string"})";
    for (int i = 1; i < levels; ++i) {
      items = fmt::format(R"({{"linkId":"g{}","type":"group","item":[{}]}})", i, items);
    }
    return read_questionnaire(form_text(items));
  };
  EXPECT_TRUE(nest(32).has_value());
  EXPECT_EQ(nest(33).error().code, "too-deep");
}

TEST(Questionnaire, ReadsTheLargestFileInWholeBytes) {
  struct size_case {
    std::string_view written;
    std::optional<std::uint64_t> bytes;
  };
  size_case const cases[] = {
      {"1500000", 1'500'000},   {"1.5e6", 1'500'000}, {"5e6", 5'000'000},
      {"1048576.0", 1'048'576}, {"10.9", 10},         {"0.9", 0},
      {"5e10", 50'000'000'000}, {"-1", std::nullopt}, {"1e30", std::nullopt}};
  for (auto const& one : cases) {
    auto const form = form_of(fmt::format(
        R"({{"linkId":"a","type":"attachment","text":"x","extension":[
            {{"url":"http://hl7.org/fhir/StructureDefinition/maxSize","valueDecimal":{}}}]}})",
        one.written));
    EXPECT_EQ(form.at(0).limits.bytes_max, one.bytes) << one.written;
  }
}

TEST(Questionnaire, TellsLineAndPlaceOfTheRefusal) {
  auto const refused = read_questionnaire(std::string{
      "{\"resourceType\":\"Questionnaire\",\"status\":\"active\",\n\"item\":[\n{\"linkId\":\"a\","
      "\n\"type\":\"colour\"}]}"});
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().where, "Questionnaire.item[0].type");
  EXPECT_EQ(refused.error().line, 4U);
  EXPECT_FALSE(refused.error().hint.empty());
}

TEST(Tables, AreInTheOrderOfTheirEnumerations) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < problem_table().size(); ++i) {
    auto const& row = problem_table()[i];
    EXPECT_EQ(row.code, static_cast<problem_code>(i));
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.english.empty() || row.spanish.empty() || row.haitian_creole.empty());
  }
  for (std::size_t i = 0; i < form_rule_table().size(); ++i) {
    EXPECT_EQ(form_rule_table()[i].rule, static_cast<form_rule>(i));
    EXPECT_FALSE(form_rule_table()[i].hint.empty());
  }
}

TEST(Tables, UseTheSameArgumentsInEveryLanguage) {
  auto const arguments = [](std::string_view sentence) {
    std::multiset<std::string_view> found;
    for (auto at = sentence.find('{'); at != std::string_view::npos;
         at = sentence.find('{', at + 1)) {
      found.insert(sentence.substr(at, sentence.find('}', at) - at));
    }
    return found;
  };
  for (auto const& row : problem_table()) {
    EXPECT_EQ(arguments(row.english), arguments(row.spanish)) << row.name;
    EXPECT_EQ(arguments(row.english), arguments(row.haitian_creole)) << row.name;
  }
}

TEST(Sentence, FillsItsArguments) {
  problem one;
  one.code = problem_code::too_long;
  one.arguments = {{"max", "80"}};
  EXPECT_EQ(sentence(one), "Use 80 characters or fewer.");
  EXPECT_EQ(sentence(one, "es"), "Use 80 caracteres o menos.");
  EXPECT_EQ(sentence(one, "ht"), "Sèvi ak 80 karaktè oswa mwens.");
  EXPECT_EQ(sentence(one, "vi"), sentence(one, "en"));
}

}  // namespace
}  // namespace intake::forms
