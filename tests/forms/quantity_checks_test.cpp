#include "forms/compare.hpp"
#include "tests/forms/support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

using support::form_of;
using support::problems_of;
using support::response_text;

constexpr std::string_view unit_kg =
    R"({"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
        "valueCoding":{"system":"http://unitsofmeasure.org","code":"kg","display":"kg"}})";
constexpr std::string_view option_kilograms =
    R"({"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
        "valueCoding":{"system":"http://unitsofmeasure.org","code":"kg","display":"kilograms"}})";
constexpr std::string_view five_to_300_kg =
    R"({"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueQuantity":
        {"value":5,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}},
       {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueQuantity":
        {"value":300,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}})";
constexpr std::string_view five_to_300 =
    R"({"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":5},
       {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":300})";
constexpr std::string_view at_least_90_mmhg =
    R"({"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueQuantity":
        {"value":90,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}})";

std::string coded(std::string_view value, std::string_view code, std::string_view comparator = "") {
  auto const before =
      comparator.empty() ? std::string{} : fmt::format(R"("comparator":"{}",)", comparator);
  return fmt::format(R"({}"value":{},"system":"http://unitsofmeasure.org","code":"{}")", before,
                     value, code);
}

struct amount_case {
  std::string_view name;
  std::string_view extensions;
  std::string amount;
  std::vector<std::string> problems;
};

class AmountCheck : public ::testing::TestWithParam<amount_case> {};

TEST_P(AmountCheck, FindsExactly) {
  auto const& one = GetParam();
  auto const form = form_of(fmt::format(
      R"({{"linkId":"w","text":"W","type":"quantity","extension":[{}]}})", one.extensions));
  auto const found = problems_of(
      form, response_text(fmt::format(R"({{"linkId":"w","answer":[{{"valueQuantity":{{{}}}}}]}})",
                                      one.amount)));
  std::vector<std::string> codes;
  for (auto const& each : found) codes.emplace_back(row_of(each.code).name);
  EXPECT_EQ(codes, one.problems);
}

amount_case const amount_cases[] = {
    {"the_unit", unit_kg, coded("80", "kg"), {}},
    {"a_unit_that_converts_to_it", unit_kg, coded("180", "[lb_av]"), {}},
    {"a_unit_of_another_kind", unit_kg, coded("180", "cm"), {"unit-unknown"}},
    {"a_unit_nobody_knows", unit_kg, coded("180", "furlong"), {"unit-unknown"}},
    {"a_list_is_closed", option_kilograms, coded("180", "[lb_av]"), {"unit-unknown"}},
    {"words_of_an_option", option_kilograms, R"("value":80,"unit":"kilograms")", {}},
    {"below", five_to_300_kg, coded("4", "kg"), {"below-minimum"}},
    {"less_than_the_least", five_to_300_kg, coded("5", "kg", "<"), {"below-minimum"}},
    {"perhaps_the_least", five_to_300_kg, coded("5", "kg", "<="), {"comparator-open"}},
    {"perhaps_too_little", five_to_300_kg, coded("6", "kg", "<"), {"comparator-open"}},
    {"more_than_the_most", five_to_300_kg, coded("300", "kg", ">"), {"above-maximum"}},
    {"perhaps_too_much", five_to_300_kg, coded("299", "kg", ">"), {"comparator-open"}},
    {"less_in_another_unit", five_to_300_kg, coded("5000", "g", "<"), {"below-minimum"}},
    {"less_than_a_bare_number", five_to_300, coded("5", "kg", "<"), {"below-minimum"}},
    {"within_a_bare_number", five_to_300, coded("5", "kg"), {}},
    {"the_limits_words", five_to_300_kg, R"("value":70,"unit":"kg")", {}},
    {"too_much_in_the_limits_words",
     five_to_300_kg,
     R"("value":301,"unit":"kg")",
     {"above-maximum"}},
    {"words_that_are_no_code", at_least_90_mmhg, R"("value":120,"unit":"mmHg")", {}},
    {"too_little_in_words_that_are_no_code",
     at_least_90_mmhg,
     R"("value":80,"unit":"mmHg")",
     {"below-minimum"}},
    {"no_unit", five_to_300_kg, R"("value":70)", {"unit-missing"}},
    {"other_words", five_to_300_kg, R"("value":70,"unit":"stones")", {"units-not-comparable"}},
};
INSTANTIATE_TEST_SUITE_P(Amounts, AmountCheck, ::testing::ValuesIn(amount_cases),
                         [](auto const& tested) { return std::string{tested.param.name}; });

TEST(AmountCheck, SaysTheLimit) {
  auto const form = form_of(fmt::format(
      R"({{"linkId":"w","text":"W","type":"quantity","extension":[{}]}})", five_to_300_kg));
  auto const said = [&](std::string const& amount) {
    auto const found = problems_of(
        form, response_text(fmt::format(R"({{"linkId":"w","answer":[{{"valueQuantity":{{{}}}}}]}})",
                                        amount)));
    return found.empty() ? std::string{} : sentence(found[0]);
  };
  EXPECT_EQ(said(coded("4", "kg")), "The answer must be 5 kg or more.");
  EXPECT_EQ(said(coded("301", "kg")), "The answer must be 300 kg or less.");
  EXPECT_THAT(said(coded("6", "kg", "<")), ::testing::HasSubstr("either side of 5 kg"));
}

TEST(AmountCheck, ComparesWordsOfAnOptionWithALimitInItsCode) {
  auto const form = form_of(fmt::format(
      R"({{"linkId":"w","text":"W","type":"quantity","extension":[{},{}]}})", option_kilograms,
      R"({"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueQuantity":
          {"value":300,"system":"http://unitsofmeasure.org","code":"kg"}})"));
  auto const of = [&](int value) {
    return problems_of(form, response_text(fmt::format(
                                 R"({{"linkId":"w","answer":[{{"valueQuantity":
                                     {{"value":{},"unit":"kilograms"}}}}]}})",
                                 value)));
  };
  EXPECT_TRUE(of(300).empty());
  ASSERT_EQ(of(301).size(), 1U);
  EXPECT_EQ(of(301)[0].code, problem_code::above_maximum);
}

TEST(PossibleOrders, AreThoseThatComparatorsLeaveOpen) {
  struct order_case {
    std::string_view a;
    std::string_view value_a;
    std::string_view b;
    std::string_view value_b;
    std::string_view possible;  ///< of "<", "=" and ">"
  };
  order_case const cases[] = {
      {"", "5", "", "5", "="},      {"", "4", "", "5", "<"},    {"<", "5", "", "5", "<"},
      {"<=", "5", "", "5", "<="},   {">", "5", "", "5", ">"},   {">=", "5", "", "5", "=>"},
      {"<", "6", "", "5", "<=>"},   {"<", "4", "", "5", "<"},   {">", "4", "", "5", "<=>"},
      {"<", "5", "<", "5", "<=>"},  {"<", "5", ">", "5", "<"},  {"<=", "5", ">=", "5", "<="},
      {"<=", "5", ">", "5", "<"},   {">", "5", "<=", "5", ">"}, {"", "5", "<", "5", ">"},
      {"", "5", "<=", "5", "=>"},   {"", "4", "<", "5", "<=>"}, {">", "5", "<", "4", ">"},
      {"<", "5", "<=", "5", "<=>"},
  };
  for (auto const& one : cases) {
    quantity const a{std::string{one.value_a}, std::string{one.a}, {}, {}, {}};
    quantity const b{std::string{one.value_b}, std::string{one.b}, {}, {}, {}};
    auto const found = possible_orders_of(a, b);
    ASSERT_TRUE(found);
    auto const text = std::string{found->less ? "<" : ""} + (found->equal ? "=" : "") +
                      (found->greater ? ">" : "");
    EXPECT_EQ(text, one.possible) << one.a << one.value_a << " and " << one.b << one.value_b;
  }
}

TEST(PossibleOrders, AnAmountEqualsOneWithItsComparator) {
  auto const mg = [](std::string_view comparator) {
    return quantity{"5", std::string{comparator}, "mg", {}, {}};
  };
  EXPECT_TRUE(equals_wanted(mg("<"), mg("<")));
  EXPECT_FALSE(equals_wanted(mg("<"), mg("")));
  EXPECT_FALSE(equals_wanted(mg(""), mg("<=")));
}

}  // namespace
}  // namespace intake::forms
