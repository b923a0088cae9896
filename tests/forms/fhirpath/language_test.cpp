#include "forms/fhirpath/evaluator.hpp"
#include "tests/forms/fhirpath/support.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

// The language by families, a table each: what the official suite leaves out, and what forms use.
namespace intake::forms::fhirpath {
namespace {

using support::json_of;

constexpr std::string_view response = R"({"resourceType":"QuestionnaireResponse","item":[
  {"linkId":"a","answer":[{"valueInteger":4},{"valueInteger":7}]},
  {"linkId":"g","item":[{"linkId":"b","answer":[{"valueCoding":{"system":"s","code":"x",
    "display":"Ex","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "valueDecimal":2}]}}]}]},
  {"linkId":"d","answer":[{"valueDate":"1965-06"}]},
  {"linkId":"q","answer":[{"valueQuantity":{"value":1.50,"unit":"kg",
    "system":"http://unitsofmeasure.org","code":"kg"}}]}]})";

struct language_case {
  std::string_view name;
  std::string_view expression;
  std::string_view wanted;
};

void expect_all(std::span<language_case const> cases) {
  for (auto const& one : cases) {
    EXPECT_EQ(json_of(one.expression, response), one.wanted) << one.name << ": " << one.expression;
  }
}

TEST(FhirpathPaths, FindWhatFormsAskFor) {
  constexpr language_case cases[] = {
      {"by linkId", "%resource.descendants().where(linkId='a').answer.value", "[4,7]"},
      {"by repeat", "repeat(item).where(linkId='b').answer.value.code", "[\"x\"]"},
      {"with the type in the name", "item.answer.valueInteger", "[4,7]"},
      {"of one type only", "item.answer.value.ofType(Coding).display", "[]"},
      {"below a group", "item.item.answer.value.ofType(Coding).display", "[\"Ex\"]"},
      {"by the resource's own name", "QuestionnaireResponse.item.count()", "[4]"},
      {"an index", "item[1].item[0].linkId", "[\"b\"]"},
      {"an index beyond the end", "item[9]", "[]"},
      {"a weight of the Coding", "repeat(item).answer.value.ordinal()", "[2]"},
      {"a weight by its answer", "repeat(item).where(linkId='b').answer.weight()", "[2]"},
      {"a keyword as a name", "item.where(linkId='a').answer.value.contains", "[]"},
      {"%context", "%context.item.first().linkId", "[\"a\"]"},
      {"children with their values", "item.where(linkId='q').answer.value.children()",
       "[1.50,\"kg\",\"http://unitsofmeasure.org\",\"kg\"]"},
  };
  expect_all(cases);
}

TEST(FhirpathLogic, HasThreeValues) {
  constexpr language_case cases[] = {
      {"and with nothing", "true and {}", "[]"},
      {"false settles and", "{} and false", "[false]"},
      {"true settles or", "{} or true", "[true]"},
      {"implies from false", "false implies {}", "[true]"},
      {"the right side is not asked", "false and (1 | 2).single() = 1", "[false]"},
      {"a single value is true", "'x' and true", "[true]"},
      {"not of nothing", "{}.not()", "[]"},
      {"equal to nothing", "1 = {}", "[]"},
      {"equivalent to nothing", "1 ~ {}", "[false]"},
      {"in nothing", "1 in {}", "[false]"},
      {"nothing in", "{} in (1 | 2)", "[]"},
  };
  expect_all(cases);
}

TEST(FhirpathNumbers, AreExact) {
  constexpr language_case cases[] = {
      {"no binary fraction", "0.1 + 0.2 = 0.3", "[true]"},
      {"places stay", "1.50 + 1", "[2.50]"},
      {"a third", "(10 / 3).round(2)", "[3.33]"},
      {"long division", "1 / 3", "[0.3333333333333333333333333333333333333333]"},
      {"half up", "2.5.round()", "[3]"},
      {"half up below zero", "(-2.5).round()", "[-3]"},
      {"an overflow is nothing", "2147483647 + 1", "[]"},
      {"no division by zero", "1 / 0 | 1 div 0 | 1 mod 0", "[]"},
      {"whole division truncates", "-7 div 2 | -7 mod 2", "[-3,-1]"},
      {"exact powers", "1.1.power(10)", "[2.5937424601]"},
      {"a negative power", "2.power(-2)", "[0.25]"},
      {"body mass index", "(92 / 1.75.power(2)).round(1)", "[30.0]"},
      {"natural logarithm", "10.ln().round(6)", "[2.302585]"},
      {"e", "1.exp().round(6)", "[2.718282]"},
      {"root of what has none", "(-1).sqrt()", "[]"},
      {"sum", "(1 | 2 | 3.5).sum()", "[6.5]"},
      {"sum of nothing", "{}.sum()", "[]"},
      {"mean", "(1 | 2 | 6).avg()", "[3]"},
      {"least and greatest", "(3 | 1 | 2).min() | (3 | 1 | 2).max()", "[1,3]"},
      {"a sum by folding", "(1 | 2 | 3).aggregate($this + $total, 0)", "[6]"},
  };
  expect_all(cases);
}

TEST(FhirpathDates, MayBePartial) {
  constexpr language_case cases[] = {
      {"a month in a year", "@1965-06 < @1966", "[true]"},
      {"a month and its own day", "@1965-06 < @1965-06-15", "[]"},
      {"a month and another's day", "@1965-06 = @1965-07-15", "[false]"},
      {"an answer's month", "item.answer.value.ofType(date) < today()", "[true]"},
      {"the last day of a month", "@2023-01-31 + 1 month", "[\"2023-02-28\"]"},
      {"a leap day", "@2024-02-29 + 1 year", "[\"2025-02-28\"]"},
      {"days to a month", "@2023-01 + 40 days", "[\"2023-02\"]"},
      {"months to a year", "@2023 + 24 months", "[\"2025\"]"},
      {"an age", "today() - 18 years", "[\"2008-11-28\"]"},
      {"quoted words", "today() - 13 'years'", "[\"2013-11-28\"]"},
      {"over midnight", "@2026-11-28T23:30:00Z + 45 minutes", "[\"2026-11-29T00:15:00Z\"]"},
      {"a time goes round", "@T23:30:00 + 45 minutes", "[\"00:15:00\"]"},
      {"beyond the calendar", "@9999-12-31 + 1 day", "[]"},
      {"two zones", "@2026-11-28T12:00:00Z = @2026-11-28T07:00:00-05:00", "[true]"},
      {"no zone and far away", "@2026-11-28T12:00:00 < @2026-12-01T00:00:00Z", "[true]"},
      {"no zone and near", "@2026-11-28T12:00:00 < @2026-11-28T13:00:00Z", "[]"},
      {"today and now", "today() | timeOfDay()", "[\"2026-11-28\",\"09:00:00\"]"},
      {"a year as a number", "today().toString().substring(0, 4).toInteger()", "[2026]"},
  };
  expect_all(cases);
}

TEST(FhirpathQuantities, CompareAcrossUnits) {
  constexpr language_case cases[] = {
      {"kilogram and gram", "item.answer.value.ofType(Quantity) = 1500 'g'", "[true]"},
      {"pound and kilogram", "1 '[lb_av]' < 0.5 'kg'", "[true]"},
      {"temperatures", "98.6 '[degF]' = 37 'Cel'", "[true]"},
      {"other kinds", "1 'kg' = 1 'm'", "[]"},
      {"a month is not 30 days", "1 month = 30 days", "[]"},
      {"a year is twelve months", "1 year = 12 months", "[true]"},
      {"sums in the first unit", "1 'kg' + 500 'g'", "[{\"value\":1.5,\"unit\":\"kg\"}]"},
      {"a ratio has no unit", "(1 'kg' / 500 'g').toString()", "[\"2 '1'\"]"},
  };
  expect_all(cases);
}

TEST(FhirpathTexts, CountCodePoints) {
  constexpr language_case cases[] = {
      {"length", "'año'.length()", "[3]"},
      {"substring", "'señora'.substring(2, 2)", "[\"ño\"]"},
      {"index", "'señora'.indexOf('o')", "[3]"},
      {"upper", "'señora'.upper()", "[\"SEÑORA\"]"},
      {"split and join", "'a,b,,c'.split(',').join('|')", "[\"a|b||c\"]"},
      {"a regex's part", "'555-0123'.matches('\\\\d{4}')", "[true]"},
      {"a regex's whole", "'555-0123'.matchesFull('\\\\d{4}')", "[false]"},
      {"groups", "'Ann Bee'.replaceMatches('(\\\\w+) (\\\\w+)', '$2, $1')", "[\"Bee, Ann\"]"},
      {"double quotes", R"("Dose: " + 'x')", "[\"Dose: x\"]"},
      {"nothing joins to nothing", "'a' & {}", "[\"a\"]"},
      {"nothing adds to nothing", "'a' + {}", "[]"},
      {"equivalent without case and space", "'A  b' ~ 'a B'", "[true]"},
  };
  expect_all(cases);
}

TEST(FhirpathCollections, FollowTheSpecification) {
  constexpr language_case cases[] = {
      {"union drops what is twice", "1 | 2 | 1", "[1,2]"},
      {"combine keeps it", "(1 | 2).combine(1)", "[1,2,1]"},
      {"intersect", "(1 | 2 | 3).intersect(3 | 2)", "[2,3]"},
      {"exclude", "(1 | 2 | 3).exclude(2)", "[1,3]"},
      {"tail, skip, take", "(1 | 2 | 3).tail() | (1 | 2).skip(5) | (7 | 8).take(1)", "[2,3,7]"},
      {"$index", "('a' | 'b').select($index)", "[0,1]"},
      {"sort down", "(2 | 3 | 1).sort(-$this)", "[3,2,1]"},
      {"iif without otherwise", "iif(false, 1)", "[]"},
      {"iif asks one side only", "iif(true, 1, (1 | 2).single())", "[1]"},
      {"all of nothing", "{}.all($this > 1)", "[true]"},
      {"trace changes nothing", "(1 | 2).trace('x', $this + 1)", "[1,2]"},
      {"repeat ends", "1.repeat($this)", "[1]"},
      {"1 and 1.0 are one", "(1 | 1.0).count()", "[1]"},
  };
  expect_all(cases);
}

TEST(FhirpathFaults, NameTheColumn) {
  constexpr language_case cases[] = {
      {"unfinished", "1 + ", "column 5: Something is missing at the end."},
      {"unknown function", "item.sun()", "column 6: There is no function sun()."},
      {"too few arguments", "item.where()", "column 6: where() takes 1 arguments."},
      {"unknown variable", "1 + %dose", "column 5: There is no variable %dose."},
      {"no order", "1 < 'a'", "column 3: Integer and String have no order."},
      {"several values", "item.linkId & 'x'", "column 13: One text is wanted here, not 4."},
      {"a bad escape", "'\\d'",
       "column 2: This escape is not known; a backslash is written as two."},
      {"no such day", "@2023-02-30", "column 1: There is no such date or time."},
      {"a second line", "1 +\n+ * 2", "line 2, column 3: A value is missing before '*'."},
      {"columns are letters", "'ñ' + %x", "column 7: There is no variable %x."},
      {"look-around", "'a'.matches('(?=a)')",
       "column 5: The regex is not supported: no look-around, no back-references."},
  };
  expect_all(cases);
}

std::string repeated(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

TEST(FhirpathLimits, AreFaultsAndNoCrashes) {
  auto const has = [](std::string const& expression, std::string_view sentence) {
    auto const found = json_of(expression, response);
    EXPECT_NE(found.find(sentence), std::string::npos) << found.substr(0, 200);
  };
  has(repeated("(", 10'000), "nests too deeply");
  has(repeated("-", 10'000) + "1", "nests too deeply");
  has("1" + repeated("+1", 5'000), "nests too deeply");
  has("a" + repeated(".a", 5'000), "nests too deeply");
  has(repeated("iif(true,", 500) + "1" + repeated(")", 500), "nests too deeply");
  has(repeated(" ", expression_bytes_max + 1), "longer than");
  auto const doubled = "'" + repeated("a", 1000) + "'" + repeated(".replace('', 'aaaaaaaaa')", 40);
  has(doubled, "too long");
  auto const numbers = "(0" + repeated("|1", 90) + ").select($index)";
  auto const nested = numbers + ".select(" + numbers + ").select(" + numbers + ")";
  has("descendants()" + repeated(".select(%resource.descendants())", 5) + ".count()", "steps");
  has(nested, "[");
}

}  // namespace
}  // namespace intake::forms::fhirpath
