#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "forms/initial_values.hpp"
#include "forms/lint.hpp"
#include "forms/scoring.hpp"
#include "tests/forms/support.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

// Expressions where forms carry them: on our own tree of answers.
namespace intake::forms {
namespace {

using support::form_of;
using support::response_text;
using support::summaries;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view sdc =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";

std::string quoted(std::string_view text) {
  std::string result;
  for (char const c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string expression(std::string_view url, std::string_view text, std::string_view name = {}) {
  auto const named = name.empty() ? "" : fmt::format(R"("name":"{}",)", name);
  return fmt::format(
      R"({{"url":"{}","valueExpression":{{{}"language":"text/fhirpath","expression":"{}"}}}})", url,
      named, quoted(text));
}

std::string calculated(std::string_view text) {
  return expression(std::string{sdc} + "calculatedExpression", text);
}

std::string shown_when(std::string_view text) {
  return expression(std::string{sdc} + "enableWhenExpression", text);
}

std::string variable(std::string_view name, std::string_view text) {
  return expression("http://hl7.org/fhir/StructureDefinition/variable", text, name);
}

std::string constraint(std::string_view text) {
  return fmt::format(
      R"({{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-constraint","extension":[
        {{"url":"key","valueId":"k"}},{{"url":"severity","valueCode":"error"}},
        {{"url":"expression","valueString":"{}"}},{{"url":"human","valueString":"Wrong."}}]}})",
      quoted(text));
}

std::string item_text(std::string_view link_id, std::string_view type, std::string_view extensions,
                      std::string_view more = {}) {
  return fmt::format(R"({{"linkId":"{}","text":"T","type":"{}","extension":[{}]{}}})", link_id,
                     type, extensions, more);
}

expression_hooks hooks() {
  return fhirpath::hooks_for({"2026-11-28T09:00:00-05:00", {}});
}

response response_of(questionnaire const& form, std::string_view items) {
  auto const document = read_json(response_text(items));
  return read_response(form, document.value().root());
}

std::vector<std::string> problems(questionnaire const& form, std::string_view items) {
  auto const all = hooks();
  validation_context context{"2026-11-28", {}, {}};
  context.expressions = &all;
  return summaries(validate(form, response_of(form, items), context));
}

std::string computed(questionnaire const& form, std::string_view items, std::string_view link_id) {
  return first_text(form, recompute(form, response_of(form, items).answers, hooks()).answers,
                    link_id);
}

constexpr std::string_view two_visits = R"({"linkId":"v","item":[
    {"linkId":"x","answer":[{"valueInteger":1}]},{"linkId":"y","answer":[{"valueInteger":2}]}]},
  {"linkId":"v","item":[
    {"linkId":"x","answer":[{"valueInteger":10}]},{"linkId":"y","answer":[{"valueInteger":20}]}]})";

std::string visits(std::string_view group_extensions, std::string_view more) {
  return item_text("v", "group", group_extensions,
                   fmt::format(R"(,"repeats":true,"item":[{{"linkId":"x","text":"X",
    "type":"integer"}},{{"linkId":"y","text":"Y","type":"integer"}}{}{}])",
                               more.empty() ? "" : ",", more));
}

TEST(FhirpathVariables, AreThoseOfTheNearestScope) {
  auto const form = form_of(visits(
      variable("sum", "item.where(linkId='x').answer.value + item.where(linkId='y').answer.value"),
      item_text("s", "integer", variable("sum", "%sum * 2") + "," + calculated("%sum + 1"))));
  auto const all = recompute(form, response_of(form, two_visits).answers, hooks()).answers;
  std::vector<std::string> sums;
  for (auto const* one : answers_to(form, all, "s")) sums.push_back(plain_text(one->value));
  EXPECT_THAT(sums, ElementsAre("7", "61"));
}

TEST(FhirpathConstraints, HoldInEveryRepetition) {
  auto const form = form_of(visits(
      constraint("item.where(linkId='x').answer.value < item.where(linkId='y').answer.value"), ""));
  EXPECT_THAT(problems(form, two_visits), IsEmpty());
  EXPECT_THAT(problems(form, R"({"linkId":"v","item":[{"linkId":"x","answer":[{"valueInteger":1}]},
        {"linkId":"y","answer":[{"valueInteger":2}]}]},{"linkId":"v","item":[
        {"linkId":"x","answer":[{"valueInteger":5}]},{"linkId":"y","answer":[{"valueInteger":4}]}]})"),
              ElementsAre("constraint-broken @QuestionnaireResponse.item[1] v[1]"));
}

TEST(FhirpathConstraints, ThatFailAreUnchecked) {
  auto const form = form_of(item_text("a", "integer", constraint("%context.answer.value < 'b'")));
  EXPECT_THAT(problems(form, R"({"linkId":"a","answer":[{"valueInteger":1}]})"),
              ElementsAre("constraint-unchecked @QuestionnaireResponse.item[0] a"));
}

TEST(FhirpathEnablement, AsksTheAnswers) {
  auto const form = form_of(
      R"({"linkId":"a","text":"A","type":"boolean"},)" +
      item_text("b", "string", shown_when("%resource.item.where(linkId='a').answer.value = true"),
                R"(,"required":true)"));
  EXPECT_THAT(problems(form, R"({"linkId":"a","answer":[{"valueBoolean":true}]})"),
              ElementsAre("required-missing @QuestionnaireResponse b"));
  EXPECT_THAT(problems(form, R"({"linkId":"a","answer":[{"valueBoolean":false}]})"), IsEmpty());
  EXPECT_THAT(problems(form, R"({"linkId":"b","answer":[{"valueString":"x"}]})"),
              ElementsAre("not-enabled @QuestionnaireResponse.item[0] b"));
}

TEST(FhirpathEnablement, DropsWhatAskedForWhatWasDropped) {
  auto const asks = [](std::string_view of) {
    return shown_when(fmt::format("%resource.item.where(linkId='{}').answer.exists()", of));
  };
  auto const form =
      form_of(R"({"linkId":"a","text":"A","type":"boolean"},)" +
              item_text("b", "boolean", asks("a")) + "," + item_text("c", "boolean", asks("b")));
  auto const given = response_of(form, R"({"linkId":"b","answer":[{"valueBoolean":true}]},
                                   {"linkId":"c","answer":[{"valueBoolean":true}]})");
  auto const all = hooks();
  EXPECT_TRUE(without_disabled(form, given.answers, &all).items.empty());
}

TEST(FhirpathLimits, GiveMinimumAndMaximum) {
  auto const limit = R"({"url":"http://hl7.org/fhir/StructureDefinition/maxValue","_valueInteger":{
    "extension":[)" +
                     expression("http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue",
                                "%resource.item.where(linkId='a').answer.value * 2") +
                     "]}}";
  auto const form =
      form_of(R"({"linkId":"a","text":"A","type":"integer"},)" + item_text("b", "integer", limit));
  auto const given = [](int b) {
    return fmt::format(R"({{"linkId":"a","answer":[{{"valueInteger":3}}]}},
      {{"linkId":"b","answer":[{{"valueInteger":{}}}]}})",
                       b);
  };
  EXPECT_THAT(problems(form, given(6)), IsEmpty());
  EXPECT_THAT(problems(form, given(7)),
              ElementsAre("above-maximum @QuestionnaireResponse.item[1].answer[0] b"));
}

TEST(FhirpathChoices, ComeFromOtherAnswers) {
  auto const form = form_of(
      R"({"linkId":"a","text":"A","type":"open-choice","repeats":true,"answerOption":[
        {"valueCoding":{"code":"x"}},{"valueCoding":{"code":"y"}}]},)" +
      item_text("b", "choice",
                expression(std::string{sdc} + "answerExpression",
                           "%resource.item.where(linkId='a').answer.value")));
  auto const given = [](std::string_view code) {
    return fmt::format(R"({{"linkId":"a","answer":[{{"valueCoding":{{"code":"x"}}}}]}},
      {{"linkId":"b","answer":[{{"valueCoding":{{"code":"{}"}}}}]}})",
                       code);
  };
  EXPECT_THAT(problems(form, given("x")), IsEmpty());
  EXPECT_THAT(problems(form, given("y")),
              ElementsAre("not-an-option @QuestionnaireResponse.item[1].answer[0] b"));
}

TEST(FhirpathPlaces, AreThoseOfTheDocument) {
  auto const form = form_of(R"({"linkId":"a","text":"A","type":"integer"},
    {"linkId":"b","text":"B","type":"integer"},)" +
                            item_text("s", "string", calculated("%resource.item[0].linkId")));
  EXPECT_EQ(computed(form, R"({"linkId":"b","answer":[{"valueInteger":1}]},
                              {"linkId":"a","answer":[{"valueInteger":1}]})",
                     "s"),
            "b");
}

TEST(FhirpathForms, AreSeenByTheirExpressions) {
  auto const form = form_of(
      R"({"linkId":"a","text":"How much?","type":"choice","answerOption":[
        {"valueCoding":{"code":"x","display":"Some"}}]},)" +
      item_text("s", "string",
                calculated("%questionnaire.repeat(item).where(linkId='a').text & ' ' & "
                           "%questionnaire.item.answerOption.value.display & ' ' & "
                           "%qitem.linkId")));
  EXPECT_EQ(computed(form, "", "s"), "How much? Some s");
}

struct value_case {
  std::string_view type;
  std::string_view expression;
  std::string_view wanted;
};

TEST(FhirpathResults, BecomeAnswersOfTheirQuestion) {
  constexpr value_case cases[] = {
      {"boolean", "1 = 1", "true"},
      {"integer", "6 / 2", "3"},
      {"integer", "7 / 2", ""},
      {"decimal", "7 / 2", "3.5"},
      {"decimal", "7", "7"},
      {"date", "today()", "2026-11-28"},
      {"date", "now()", "2026-11-28"},
      {"dateTime", "now()", "2026-11-28T09:00:00-05:00"},
      {"dateTime", "@2026-11-28T09:00:00", ""},
      {"time", "@T09:30:00", "09:30:00"},
      {"string", "'a' & 1.toString()", "a1"},
      {"string", "(1 | 2)", ""},
      {"integer", "'x'", ""},
  };
  for (auto const& one : cases) {
    auto const form = form_of(item_text("s", one.type, calculated(one.expression)));
    EXPECT_EQ(computed(form, "", "s"), one.wanted) << one.type << " " << one.expression;
  }
}

TEST(FhirpathInitialValues, PrefillWhatNobodyAnswered) {
  auto const initial = [](std::string_view text) {
    return expression(std::string{sdc} + "initialExpression", text);
  };
  auto const form = form_of(
      item_text("g", "group", "",
                R"(,"item":[)" + item_text("name", "string", initial("%patient.name.given")) + "," +
                    item_text("born", "date", initial("%patient.birthDate")) + "]") +
      "," + item_text("all", "string", initial("%patient.name.given"), R"(,"repeats":true)") + "," +
      item_text("next", "date", initial("today() + 7 days")));
  auto const patient = read_json(
      R"({"resourceType":"Patient","name":[{"given":["Ann","Bea"]}],"birthDate":"1965-06-15"})");
  auto const all = fhirpath::hooks_for({"2026-11-28", {{"patient", &patient.value().root()}}});
  auto const given =
      response_of(form, R"({"linkId":"next","answer":[{"valueDate":"2027-01-01"}]})");
  auto const filled = with_initial_expressions(form, given.answers, all);
  EXPECT_EQ(first_text(form, filled, "name"), "Ann");
  EXPECT_EQ(first_text(form, filled, "born"), "1965-06-15");
  EXPECT_EQ(answers_to(form, filled, "all").size(), 2U);
  EXPECT_EQ(first_text(form, filled, "next"), "2027-01-01");
  EXPECT_EQ(first_answer(form, filled, "born")->origin, answer_origin::prefilled);
}

std::vector<std::string> findings(std::string_view items) {
  auto const report = lint_form(
      "f.json", fmt::format(R"({{"resourceType":"Questionnaire","url":"urn:f","status":"active",
        "item":[{}]}})",
                            items));
  std::vector<std::string> codes;
  for (auto const& one : report.findings) {
    codes.push_back(fmt::format("{} {} {}", one.code, one.path, one.message));
  }
  return codes;
}

std::string about(std::string_view link_id) {
  return fmt::format("%resource.descendants().where(linkId = '{}').answer.value", link_id);
}

TEST(FhirpathLint, RefusesCircles) {
  struct circle_case {
    std::string_view name;
    std::string items;
    bool turns;
  };
  circle_case const cases[] = {
      {"two totals",
       item_text("a", "integer", calculated(about("b"))) + "," +
           item_text("b", "integer", calculated(about("a"))),
       true},
      {"a total of itself", item_text("a", "integer", calculated(about("a") + " + 1")), true},
      {"shown by what it makes",
       item_text("a", "integer", calculated(about("b"))) + "," +
           item_text("b", "integer", shown_when(about("a") + " > 1")),
       true},
      {"a group shown by its own question",
       item_text("g", "group", shown_when(about("b") + ".exists()"),
                 R"(,"item":[{"linkId":"b","text":"B","type":"integer"}])"),
       true},
      {"through variables",
       item_text("a", "integer", variable("v", about("b")) + "," + calculated("%v")) + "," +
           item_text("b", "integer", calculated(about("a"))),
       true},
      {"variables of each other",
       item_text("a", "integer",
                 variable("v", "%w") + "," + variable("w", "%v") + "," + calculated("%v")),
       true},
      {"everything but itself",
       item_text("a", "integer",
                 calculated("%resource.item.where(linkId != 'a').answer.value.sum()")) +
           "," + item_text("b", "integer", calculated("1")),
       false},
      {"everything that is not itself",
       item_text("a", "integer",
                 calculated("%resource.item.where((linkId = 'a').not()).answer.value.sum()")),
       false},
      {"everything that is not something else",
       item_text("a", "integer",
                 calculated("%resource.item.where((linkId != 'a').not()).answer.value.sum()")),
       true},
      {"its own definition", item_text("a", "integer", shown_when("%qitem.linkId = 'a'")), false},
      {"its own line of the form",
       item_text("a", "integer",
                 calculated("%questionnaire.item.where(linkId = 'a').exists().toInteger()")),
       false},
      {"an answer asked for within the form",
       item_text("a", "integer",
                 calculated("%questionnaire.item.where(" + about("a") + " > 1).count()")),
       true},
      {"a chain",
       item_text("a", "integer", calculated("1")) + "," +
           item_text("b", "integer", calculated(about("a"))) + "," +
           item_text("c", "integer", shown_when(about("b") + " = 1")),
       false},
      {"the group it stands in",
       item_text("g", "group", "",
                 R"(,"item":[)" +
                     item_text("b", "integer",
                               calculated("%resource.item.where(linkId='g')"
                                          ".item.answer.value.count()")) +
                     "]"),
       false},
  };
  for (auto const& one : cases) {
    auto const found = findings(one.items);
    bool const turns = std::ranges::any_of(
        found, [](auto const& text) { return text.starts_with("expression-cycle"); });
    EXPECT_EQ(turns, one.turns) << one.name;
  }
}

TEST(FhirpathLint, NamesTheColumnOfWhatCannotBeParsed) {
  auto const found = findings(item_text("a", "integer", calculated("1 + + )")));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0], HasSubstr("expression-unparsable Questionnaire.item[0].extension[0]"));
  EXPECT_THAT(found[0], HasSubstr("column 7"));
}

TEST(FhirpathLint, LeavesOtherLanguagesAlone) {
  auto const cql = fmt::format(R"({{"url":"{}calculatedExpression","valueExpression":{{
    "language":"text/cql","expression":"(((" }}}})",
                               sdc);
  auto const form = form_of(item_text("a", "integer", cql));
  EXPECT_EQ(computed(form, R"({"linkId":"a","answer":[{"valueInteger":5}]})", "a"), "5");
}

}  // namespace
}  // namespace intake::forms
