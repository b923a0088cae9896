#include "forms/validation.hpp"

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
using ::testing::ElementsAreArray;

struct named_case {
  std::string_view name;
  std::string_view form;
  std::string_view response;
  std::vector<std::string> expected;
};

constexpr std::string_view bounded_numbers =
    R"({"linkId":"w","text":"W","type":"quantity","extension":[
         {"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueDecimal":0.5},
         {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":125}]},
       {"linkId":"i","text":"I","type":"integer","maxLength":3},
       {"linkId":"d","text":"D","type":"decimal","maxLength":3})";

constexpr std::string_view groups_that_ask_nothing =
    R"({"linkId":"b","text":"B","type":"boolean"},
       {"linkId":"g","type":"group","required":true,"item":[
         {"linkId":"d","text":"Read this","type":"display"}]},
       {"linkId":"h","type":"group","required":true,"item":[
         {"linkId":"i","type":"group","item":[{"linkId":"h1","text":"S","type":"string",
           "enableWhen":[{"question":"b","operator":"=","answerBoolean":true}]}]}]})";

class Validation : public ::testing::TestWithParam<named_case> {};

TEST_P(Validation, FindsExactly) {
  auto const& one = GetParam();
  auto const form = form_of(one.form);
  auto const found = problems_of(form, response_text(one.response));
  EXPECT_THAT(summaries(found), ElementsAreArray(one.expected)) << one.name;
}

std::string case_name(::testing::TestParamInfo<named_case> const& info) {
  return std::string{info.param.name};
}

constexpr std::string_view name_item =
    R"({"linkId":"n","text":"Name","type":"string","required":true})";
constexpr std::string_view two_items =
    R"({"linkId":"a","text":"A","type":"integer"},{"linkId":"b","text":"B","type":"integer"})";
constexpr std::string_view repeating_group =
    R"({"linkId":"g","type":"group","repeats":true,"item":[
        {"linkId":"q","text":"Q","type":"date","required":true}]})";
constexpr std::string_view nested_question =
    R"({"linkId":"q","text":"Q","type":"boolean","item":[
        {"linkId":"d","text":"D","type":"string","required":true}]})";
constexpr std::string_view colours =
    R"({"linkId":"c","text":"C","type":"choice","repeats":true,"answerOption":[
        {"valueCoding":{"system":"s","code":"r","display":"Red"}},
        {"valueCoding":{"system":"s","code":"g"}},
        {"extension":[{"url":
    "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive",
    "valueBoolean":true}],
         "valueCoding":{"system":"s","code":"none"}}]})";

named_case const tree_cases[] = {
    {"NumbersWithinTheirLimits",
     bounded_numbers,
     R"({"linkId":"w","answer":[{"valueQuantity":{"value":125,"unit":"years"}}]},
        {"linkId":"i","answer":[{"valueInteger":-12}]},
        {"linkId":"d","answer":[{"valueDecimal":1.5}]})",
     {}},
    {"NumbersBeyondTheirLimits",
     bounded_numbers,
     R"({"linkId":"w","answer":[{"valueQuantity":{"value":-7000,"unit":"years"}}]},
        {"linkId":"i","answer":[{"valueInteger":1234}]},
        {"linkId":"d","answer":[{"valueDecimal":1.50}]})",
     {"below-minimum @QuestionnaireResponse.item[0].answer[0] w",
      "too-long @QuestionnaireResponse.item[1].answer[0] i",
      "too-long @QuestionnaireResponse.item[2].answer[0] d"}},
    {"AmountAboveABareNumber",
     bounded_numbers,
     R"({"linkId":"w","answer":[{"valueQuantity":{"value":125.1}}]})",
     {"above-maximum @QuestionnaireResponse.item[0].answer[0] w"}},
    {"GroupsThatAskNothing", groups_that_ask_nothing, "", {}},
    {"GroupsThatAskNothingThere",
     groups_that_ask_nothing,
     R"({"linkId":"g"},{"linkId":"h","item":[{"linkId":"i"}]})",
     {}},
    {"GroupThatAsks",
     groups_that_ask_nothing,
     R"({"linkId":"b","answer":[{"valueBoolean":true}]})",
     {"required-missing @QuestionnaireResponse h"}},
    {"GroupThatAsksThere",
     groups_that_ask_nothing,
     R"({"linkId":"b","answer":[{"valueBoolean":true}]},{"linkId":"h","item":[{"linkId":"i"}]})",
     {"required-missing @QuestionnaireResponse.item[1] h"}},
    {"Valid", name_item, R"({"linkId":"n","answer":[{"valueString":"x"}]})", {}},
    {"RequiredMissing", name_item, "", {"required-missing @QuestionnaireResponse n"}},
    {"RequiredWithoutAnswers",
     name_item,
     R"({"linkId":"n"})",
     {"required-missing @QuestionnaireResponse.item[0] n"}},
    {"RequiredInGroup",
     repeating_group,
     R"({"linkId":"g","item":[{"linkId":"q","answer":[{"valueDate":"2020"}]}]},{"linkId":"g"})",
     {"required-missing @QuestionnaireResponse.item[1] g[1]/q"}},
    {"UnknownItem",
     name_item,
     R"({"linkId":"n","answer":[{"valueString":"x"}]},{"linkId":"zz"})",
     {"unknown-item @QuestionnaireResponse.item[1] "}},
    {"MisplacedItem",
     repeating_group,
     R"({"linkId":"q","answer":[{"valueDate":"2020"}]})",
     {"misplaced-item @QuestionnaireResponse.item[0] "}},
    {"NoLinkId",
     name_item,
     R"({"linkId":"n","answer":[{"valueString":"x"}]},{"text":"?"})",
     {"link-id-missing @QuestionnaireResponse.item[1] "}},
    {"OutOfOrder",
     two_items,
     R"({"linkId":"b","answer":[{"valueInteger":1}]},{"linkId":"a","answer":[{"valueInteger":1}]})",
     {"out-of-order-item @QuestionnaireResponse.item[1] a"}},
    {"NotRepeating",
     two_items,
     R"({"linkId":"a","answer":[{"valueInteger":1},{"valueInteger":2}]})",
     {"not-repeating @QuestionnaireResponse.item[0] a"}},
    {"QuestionRepeatedAsItems",
     two_items,
     R"({"linkId":"a","answer":[{"valueInteger":1}]},{"linkId":"a","answer":[{"valueInteger":2}]})",
     {"question-repeated-as-items @QuestionnaireResponse.item[1] a",
      "not-repeating @QuestionnaireResponse.item[0] a"}},
    {"GroupWithAnswers",
     repeating_group,
     R"({"linkId":"g","answer":[{"valueString":"x"}]})",
     {"group-with-answers @QuestionnaireResponse.item[0].answer g[0]",
      "required-missing @QuestionnaireResponse.item[0] g[0]/q"}},
    {"QuestionWithItems",
     nested_question,
     R"({"linkId":"q","item":[{"linkId":"d","answer":[{"valueString":"x"}]}]})",
     {"question-with-items @QuestionnaireResponse.item[0] q"}},
    {"NestedRequired",
     nested_question,
     R"({"linkId":"q","answer":[{"valueBoolean":true}]})",
     {"required-missing @QuestionnaireResponse.item[0].answer[0] q/d"}},
    {"NestedNotAskedWithoutAnswer", nested_question, "", {}},
    {"DisplayWithAnswer",
     R"({"linkId":"d","type":"display","text":"T"})",
     R"({"linkId":"d","answer":[{"valueString":"x"}]})",
     {"display-with-answers @QuestionnaireResponse.item[0].answer d"}},
    {"RequiredGroupNeedsAnAnswer",
     R"({"linkId":"g","type":"group","required":true,"item":[{"linkId":"a","text":"A",
         "type":"string"}]})",
     R"({"linkId":"g","item":[{"linkId":"a"}]})",
     {"required-missing @QuestionnaireResponse.item[0] g"}},
    {"AbsentOptionalGroupAsksNothing", repeating_group, "", {}},
};
INSTANTIATE_TEST_SUITE_P(Tree, Validation, ::testing::ValuesIn(tree_cases), case_name);

named_case const form_cases[] = {
    {"WrongType",
     two_items,
     R"({"linkId":"a","answer":[{"valueString":"1"}]})",
     {"wrong-value-type @QuestionnaireResponse.item[0].answer[0] a"}},
    {"WrongTypeIsNotMissing",
     name_item,
     R"({"linkId":"n","answer":[{"valueInteger":1}]})",
     {"wrong-value-type @QuestionnaireResponse.item[0].answer[0] n"}},
    {"WrongJsonType",
     two_items,
     R"({"linkId":"a","answer":[{"valueInteger":"1"}]})",
     {"wrong-json-type @QuestionnaireResponse.item[0].answer[0] a"}},
    {"IntegerWithFraction",
     two_items,
     R"({"linkId":"a","answer":[{"valueInteger":1.0}]})",
     {"malformed-integer @QuestionnaireResponse.item[0].answer[0] a"}},
    {"IntegerTooLarge",
     two_items,
     R"({"linkId":"a","answer":[{"valueInteger":2147483648}]})",
     {"integer-out-of-range @QuestionnaireResponse.item[0].answer[0] a"}},
    {"TwoValues",
     two_items,
     R"({"linkId":"a","answer":[{"valueInteger":1,"valueString":"x"}]})",
     {"several-values @QuestionnaireResponse.item[0].answer[0] a"}},
    {"EmptyAnswer",
     two_items,
     R"({"linkId":"a","answer":[{}]})",
     {"empty-answer @QuestionnaireResponse.item[0].answer[0] a"}},
    {"AnswerNotAnObject",
     two_items,
     R"({"linkId":"a","answer":[3]})",
     {"wrong-json-type @QuestionnaireResponse.item[0].answer[0] a"}},
    {"AnswersNotAnArray",
     two_items,
     R"({"linkId":"a","answer":{"valueInteger":3}})",
     {"wrong-json-type @QuestionnaireResponse.item[0].answer a"}},
    {"BlankText",
     name_item,
     R"({"linkId":"n","answer":[{"valueString":" \n"}]})",
     {"empty-text @QuestionnaireResponse.item[0].answer[0] n"}},
    {"ControlCharacter",
     name_item,
     R"({"linkId":"n","answer":[{"valueString":"a\u0007"}]})",
     {"malformed-text @QuestionnaireResponse.item[0].answer[0] n"}},
    {"ImpossibleDate",
     repeating_group,
     R"({"linkId":"g","item":[{"linkId":"q","answer":[{"valueDate":"2023-02-29"}]}]})",
     {"impossible-date @QuestionnaireResponse.item[0].item[0].answer[0] g[0]/q"}},
    {"UnknownMember",
     two_items,
     R"({"linkId":"a","reviewed":true,"answer":[{"valueInteger":1}]})",
     {"unknown-member @QuestionnaireResponse.item[0] a"}},
    {"Modifier",
     two_items,
     R"({"linkId":"a","modifierExtension":[{"url":"x"}],"answer":[{"valueInteger":1}]})",
     {"unknown-modifier @QuestionnaireResponse.item[0].modifierExtension a"}},
    {"DateTimeWithoutZone",
     R"({"linkId":"t","text":"T","type":"dateTime"})",
     R"({"linkId":"t","answer":[{"valueDateTime":"2020-01-01T10:00:00"}]})",
     {"zone-missing @QuestionnaireResponse.item[0].answer[0] t"}},
    {"TimeWithoutSeconds",
     R"({"linkId":"t","text":"T","type":"time"})",
     R"({"linkId":"t","answer":[{"valueTime":"14:30"}]})",
     {"seconds-missing @QuestionnaireResponse.item[0].answer[0] t"}},
};
INSTANTIATE_TEST_SUITE_P(Form, Validation, ::testing::ValuesIn(form_cases), case_name);

constexpr std::string_view ranged =
    R"({"linkId":"a","text":"A","type":"integer","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":0},
        {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":10}]})";
constexpr std::string_view precise =
    R"({"linkId":"a","text":"A","type":"decimal","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces","valueInteger":2}]})";
constexpr std::string_view zip =
    R"({"linkId":"a","text":"A","type":"string","maxLength":6,"extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/minLength","valueInteger":5},
        {"url":"http://hl7.org/fhir/StructureDefinition/regex","valueString":"[0-9\u00e9]*"}]})";
constexpr std::string_view two_to_three =
    R"({"linkId":"a","text":"A","type":"integer","repeats":true,"extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs","valueInteger":2},
        {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs",
            "valueInteger":3}]})";
constexpr std::string_view born =
    R"json({"linkId":"a","text":"A","type":"date","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/minValue","_valueDate":{"extension":[
          {"url":"http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue",
           "valueExpression":{"language":"text/fhirpath","expression":"today() - 120 years"}}]}},
        {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","_valueDate":{"extension":[
          {"url":"http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue",
           "valueExpression":{"language":"text/fhirpath","expression":"today()"
}
}]
}
}]
})json";
constexpr std::string_view weight =
    R"({"linkId":"a","text":"A","type":"quantity","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
            "valueCoding":{"system":"http://unitsofmeasure.org","code":"kg"}},
        {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
            "valueCoding":{"system":"http://unitsofmeasure.org","code":"[lb_av]"}},
        {"url":
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity",
    "valueQuantity":{"value":100,"system":"http://unitsofmeasure.org","code":"kg"}}]})";

named_case const limit_cases[] = {
    {"InRange", ranged, R"({"linkId":"a","answer":[{"valueInteger":10}]})", {}},
    {"BelowRange",
     ranged,
     R"({"linkId":"a","answer":[{"valueInteger":-1}]})",
     {"below-minimum @QuestionnaireResponse.item[0].answer[0] a"}},
    {"AboveRange",
     ranged,
     R"({"linkId":"a","answer":[{"valueInteger":11}]})",
     {"above-maximum @QuestionnaireResponse.item[0].answer[0] a"}},
    {"TwoPlaces", precise, R"({"linkId":"a","answer":[{"valueDecimal":1.50}]})", {}},
    {"ThreePlaces",
     precise,
     R"({"linkId":"a","answer":[{"valueDecimal":1.500}]})",
     {"too-many-decimals @QuestionnaireResponse.item[0].answer[0] a"}},
    {"CodePointsNotBytes", zip, R"({"linkId":"a","answer":[{"valueString":"12345\u00e9"}]})", {}},
    {"TooLong",
     zip,
     R"({"linkId":"a","answer":[{"valueString":"1234567"}]})",
     {"too-long @QuestionnaireResponse.item[0].answer[0] a"}},
    {"TooShort",
     zip,
     R"({"linkId":"a","answer":[{"valueString":"1234"}]})",
     {"too-short @QuestionnaireResponse.item[0].answer[0] a"}},
    {"WholeMatch",
     zip,
     R"({"linkId":"a","answer":[{"valueString":"12345x"}]})",
     {"pattern-mismatch @QuestionnaireResponse.item[0].answer[0] a"}},
    {"ThreeOfThree",
     two_to_three,
     R"({"linkId":"a","answer":[{"valueInteger":1},{"valueInteger":2},{"valueInteger":3}]})",
     {}},
    {"FourOfThree",
     two_to_three,
     R"({"linkId":"a","answer":[{"valueInteger":1},{"valueInteger":2},{"valueInteger":3},
         {"valueInteger":4}]})",
     {"too-many-answers @QuestionnaireResponse.item[0] a"}},
    {"OneOfTwo",
     two_to_three,
     R"({"linkId":"a","answer":[{"valueInteger":1}]})",
     {"too-few-answers @QuestionnaireResponse.item[0] a"}},
    {"BornToday", born, R"({"linkId":"a","answer":[{"valueDate":"2026-11-23"}]})", {}},
    {"BornThisMonth", born, R"({"linkId":"a","answer":[{"valueDate":"2026-11"}]})", {}},
    {"BornTomorrow",
     born,
     R"({"linkId":"a","answer":[{"valueDate":"2026-11-24"}]})",
     {"above-maximum @QuestionnaireResponse.item[0].answer[0] a"}},
    {"BornTooLongAgo",
     born,
     R"({"linkId":"a","answer":[{"valueDate":"1906-11-22"}]})",
     {"below-minimum @QuestionnaireResponse.item[0].answer[0] a"}},
    {"OtherUnit",
     weight,
     R"({"linkId":"a","answer":[{"valueQuantity":{"value":220,
         "system":"http://unitsofmeasure.org","code":"[lb_av]"}}]})",
     {}},
    {"OtherUnitTooMuch",
     weight,
     R"({"linkId":"a","answer":[{"valueQuantity":{"value":221,
         "system":"http://unitsofmeasure.org","code":"[lb_av]"}}]})",
     {"above-maximum @QuestionnaireResponse.item[0].answer[0] a"}},
    {"UnitMissing",
     weight,
     R"({"linkId":"a","answer":[{"valueQuantity":{"value":22}}]})",
     {"unit-missing @QuestionnaireResponse.item[0].answer[0] a"}},
    {"UnitUnknown",
     weight,
     R"({"linkId":"a","answer":[{"valueQuantity":{"value":22,
         "system":"http://unitsofmeasure.org","code":"g"}}]})",
     {"unit-unknown @QuestionnaireResponse.item[0].answer[0] a"}},
    {"Option",
     colours,
     R"({"linkId":"c","answer":[{"valueCoding":{"system":"s","code":"r","display":"rouge"}}]})",
     {}},
    {"NoOption",
     colours,
     R"({"linkId":"c","answer":[{"valueCoding":{"system":"s","code":"b"}}]})",
     {"not-an-option @QuestionnaireResponse.item[0].answer[0] c"}},
    {"OtherSystem",
     colours,
     R"({"linkId":"c","answer":[{"valueCoding":{"system":"t","code":"r"}}]})",
     {"not-an-option @QuestionnaireResponse.item[0].answer[0] c"}},
    {"Exclusive",
     colours,
     R"({"linkId":"c","answer":[{"valueCoding":{"system":"s","code":"r"}},
         {"valueCoding":{"system":"s","code":"none"}}]})",
     {"exclusive-option @QuestionnaireResponse.item[0].answer[1] c[1]"}},
};
INSTANTIATE_TEST_SUITE_P(Limits, Validation, ::testing::ValuesIn(limit_cases), case_name);

TEST(ValidationContext, LenientOrderIsAWarning) {
  auto const form = form_of(two_items);
  auto const found =
      problems_of(form,
                  response_text(
                      R"({"linkId":"b","answer":[{"valueInteger":1}]},{"linkId":"a","answer":[
              {"valueInteger":1}]})"),
                  item_order::lenient);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].severity, problem_severity::warning);
}

TEST(ValidationContext, ADraftAsksNothing) {
  auto const form = form_of(name_item);
  EXPECT_THAT(validate(form, answers{}, {"2026-11-23", response_status::in_progress, {}}),
              ::testing::IsEmpty());
  EXPECT_EQ(validate(form, answers{}, {"2026-11-23", response_status::amended, {}}).size(), 1U);
}

TEST(ValidationEnvelope, ComparesTheCanonical) {
  auto const form = form_of(name_item);
  auto const codes = [&](std::string_view canonical) {
    response_envelope envelope;
    envelope.questionnaire = canonical;
    std::vector<std::string_view> names;
    for (auto const& one : validate_envelope(form, envelope))
      names.push_back(row_of(one.code).name);
    return names;
  };
  EXPECT_THAT(codes("urn:test|1"), ElementsAre());
  EXPECT_THAT(codes("urn:test"), ElementsAre());
  EXPECT_THAT(codes("urn:test|2"), ElementsAre("questionnaire-other-version"));
  EXPECT_THAT(codes("urn:other"), ElementsAre("questionnaire-unknown"));
  EXPECT_THAT(codes(""), ElementsAre("questionnaire-missing"));
}

TEST(ValidationEnvelope, KnowsThatAFormMayHaveNoVersion) {
  form_header header;
  header.url = "urn:test";
  questionnaire const form{std::move(header), {}};
  response_envelope envelope;
  envelope.questionnaire = "urn:test|1";
  auto const found = validate_envelope(form, envelope);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(row_of(found[0].code).name, "questionnaire-without-version");
  EXPECT_THAT(sentence(found[0]), ::testing::HasSubstr("has none"));
}

struct sentence_case {
  std::string_view name;
  std::string_view form;
  std::string_view response;
  std::string_view says;
};

TEST(ValidationSentences, AreTrueOfWhatWasSent) {
  sentence_case const cases[] = {
      {"an hour that no day has", R"({"linkId":"t","text":"T","type":"time"})",
       R"({"linkId":"t","answer":[{"valueTime":"24:00:00"}]})", "There is no such time."},
      {"an hour that no day has, on a day", R"({"linkId":"t","text":"T","type":"dateTime"})",
       R"({"linkId":"t","answer":[{"valueDateTime":"2024-02-29T24:00:00Z"}]})",
       "There is no such time."},
      {"a day that no month has", R"({"linkId":"t","text":"T","type":"dateTime"})",
       R"({"linkId":"t","answer":[{"valueDateTime":"2024-02-30T10:00:00Z"}]})",
       "There is no such date."},
      {"options that are numbers",
       R"({"linkId":"c","text":"C","type":"choice","answerOption":[
           {"valueInteger":1},{"valueInteger":2}]})",
       R"({"linkId":"c","answer":[{"valueString":"one"}]})", "valueInteger"},
      {"a number below all others", R"({"linkId":"i","text":"I","type":"integer"})",
       R"({"linkId":"i","answer":[{"valueInteger":-2147483649}]})", "between -2147483648 and"},
  };
  for (auto const& one : cases) {
    auto const found = problems_of(form_of(one.form), response_text(one.response));
    ASSERT_EQ(found.size(), 1U) << one.name;
    EXPECT_THAT(sentence(found[0]), ::testing::HasSubstr(one.says)) << one.name;
  }
}

TEST(ValidationEnvelope, ReadsWhatItCarriesAlong) {
  struct envelope_case {
    std::string_view member;
    std::string_view code;
  };
  envelope_case const cases[] = {{R"("language":"es-MX")", ""},
                                 {R"("language":"x-clinic")", ""},
                                 {R"("language":"not a tag")", "language-malformed"},
                                 {R"("language":"e_s")", "language-malformed"},
                                 {R"("subject":"Patient/1")", "wrong-json-type"},
                                 {R"("subject":{"reference":"Patient/1"})", ""},
                                 {R"("contained":{"resourceType":"Patient"})", "wrong-json-type"},
                                 {R"("contained":["Patient"])", "wrong-json-type"},
                                 {R"("contained":[{"resourceType":"Patient"}])", ""},
                                 {R"("contained":[])", "empty-list"}};
  auto const form = form_of(name_item);
  for (auto const& one : cases) {
    auto text = response_text(R"({"linkId":"n","answer":[{"valueString":"x"}]})");
    text.insert(1, std::string{one.member} + ",");
    auto const found = problems_of(form, text);
    EXPECT_EQ(found.empty() ? "" : row_of(found[0].code).name, one.code) << one.member;
  }
}

named_case const shape_cases[] = {
    {"NoAnswerInAList",
     two_items,
     R"({"linkId":"a","answer":[]})",
     {"empty-list @QuestionnaireResponse.item[0].answer a"}},
    {"NoItemInAList",
     repeating_group,
     R"({"linkId":"g","item":[]})",
     {"empty-list @QuestionnaireResponse.item[0].item g[0]",
      "required-missing @QuestionnaireResponse.item[0] g[0]/q"}},
    {"ControlInADisplay",
     R"({"linkId":"c","text":"C","type":"open-choice"})",
     R"({"linkId":"c","answer":[{"valueCoding":{"system":"s","code":"r","display":"a\u0007"}}]})",
     {"malformed-text @QuestionnaireResponse.item[0].answer[0] c"}},
    {"ControlInAUnit",
     R"({"linkId":"q","text":"Q","type":"quantity"})",
     R"({"linkId":"q","answer":[{"valueQuantity":{"value":1,"unit":"k\u0001g"}}]})",
     {"malformed-text @QuestionnaireResponse.item[0].answer[0] q"}},
    {"ControlInAReference",
     R"({"linkId":"r","text":"R","type":"reference"})",
     R"({"linkId":"r","answer":[{"valueReference":{"display":"a\u0002b"}}]})",
     {"malformed-text @QuestionnaireResponse.item[0].answer[0] r"}},
    {"CreatedNever",
     R"({"linkId":"f","text":"F","type":"attachment"})",
     R"({"linkId":"f","answer":[{"valueAttachment":{"contentType":"image/png","data":"iVBORw==",
         "creation":"yesterday"}}]})",
     {"malformed-date-time @QuestionnaireResponse.item[0].answer[0] f"}},
};
INSTANTIATE_TEST_SUITE_P(Shapes, Validation, ::testing::ValuesIn(shape_cases), case_name);

TEST(Validation, ReportsEverythingInFormOrder) {
  auto const form = form_of(
      R"({"linkId":"a","text":"A","type":"string","required":true},
         {"linkId":"g","type":"group","repeats":true,"item":[
           {"linkId":"b","text":"B","type":"integer","required":true},
           {"linkId":"c","text":"C","type":"string","maxLength":1}]},
         {"linkId":"d","text":"D","type":"boolean","required":true})");
  auto const found = problems_of(
      form, response_text(R"({"linkId":"g","item":[{"linkId":"c","answer":[{"valueString":"xx"}]}]},
                             {"linkId":"g","item":[{"linkId":"b","answer":[
                                 {"valueString":"1"}]}]})"));
  EXPECT_THAT(
      summaries(found),
      ElementsAre("required-missing @QuestionnaireResponse a",
                  "required-missing @QuestionnaireResponse.item[0] g[0]/b",
                  "too-long @QuestionnaireResponse.item[0].item[0].answer[0] g[0]/c",
                  "wrong-value-type @QuestionnaireResponse.item[1].item[0].answer[0] g[1]/b",
                  "required-missing @QuestionnaireResponse d"));
}

TEST(Validation, StopsCountingAtFiveHundred) {
  auto const form = form_of(name_item);
  std::string items;
  for (int i = 0; i < 2000; ++i) items += R"({"linkId":"zz"},)";
  items.pop_back();
  auto const found = problems_of(form, response_text(items));
  EXPECT_LE(found.size(), 503U);
  EXPECT_TRUE(std::ranges::any_of(
      found, [](problem const& one) { return one.code == problem_code::too_many_problems; }));
}

constexpr std::string_view with_expressions =
    R"json({"linkId":"a","text":"A","type":"integer","extension":[
         {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-constraint","extension":[
           {"url":"key","valueId":"a-1"},{"url":"severity","valueCode":"error"},
           {"url":"expression","valueString":"odd"},
           {"url":"human","valueString":"Odd numbers only.","_valueString":{"extension":[
             {"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[
               {"url":"lang","valueCode":"es"},{"url":"content",
                   "valueString":"Solo impares."}]}]}}]}]},
       {"linkId":"b","text":"B","type":"string","required":true,"extension":[
         {"url":
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
          "valueExpression":{"language":"text/fhirpath","expression":"never"}}]})json";

TEST(ValidationHooks, EvaluateWhatTheFormWrote) {
  auto const form = form_of(with_expressions);
  auto const document = read_json(response_text(R"({"linkId":"a","answer":[{"valueInteger":4}]})"));
  auto const given = read_response(form, document.value().root());
  validation_context context{"2026-11-23", {}, {}};
  EXPECT_THAT(summaries(validate(form, given, context)),
              ElementsAre("required-missing @QuestionnaireResponse b"));

  expression_hooks hooks;
  hooks.enabled = [](expression_place const& at) {
    return at.owner->enable_when_expression.text != "never";
  };
  hooks.holds = [](form_constraint const& constraint, expression_place const& at) {
    EXPECT_EQ(constraint.expression.text, "odd");
    return std::get<std::int32_t>(at.occurrence->answers[0].value) % 2 == 1;
  };
  context.expressions = &hooks;
  auto const found = validate(form, given, context);
  ASSERT_THAT(summaries(found), ElementsAre("constraint-broken @QuestionnaireResponse.item[0] a"));
  EXPECT_THAT(sentence(found[0]), ::testing::EndsWith("Odd numbers only."));
  EXPECT_THAT(sentence(found[0], "es"), ::testing::EndsWith("Solo impares."));

  hooks.holds = [](form_constraint const&, expression_place const&) { return std::nullopt; };
  EXPECT_THAT(summaries(validate(form, given, context)),
              ElementsAre("constraint-unchecked @QuestionnaireResponse.item[0] a"));
}

}  // namespace
}  // namespace intake::forms
