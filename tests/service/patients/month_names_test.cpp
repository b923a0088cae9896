#include "service/patients/month_names.hpp"

#include <gtest/gtest.h>

namespace intake::service::patients {
namespace {

struct month_case {
  char const* name;
  char const* typed;
  char const* number;
};

class MonthNames : public testing::TestWithParam<month_case> {};

TEST_P(MonthNames, AreNumbers) {
  EXPECT_EQ(month_number(GetParam().typed), GetParam().number);
}

constexpr month_case cases[] = {
    {"English", "March", "3"},
    {"short", "Sept.", "9"},
    {"capitals", "DECEMBER", "12"},
    {"Spanish", "enero", "1"},
    {"other_Spanish", "set", "9"},
    {"Haitian", "Jiyè", "7"},
    {"Haitian_short", "me", "5"},
    {"Haitian_accent", "oktòb", "10"},
    {"French_accent", "Févriye", "2"},
    {"number", "03", "03"},
    {"doubtful", "ju", "ju"},
    {"not_one", "Marchember", "Marchember"},
    {"empty", "", ""},
};
INSTANTIATE_TEST_SUITE_P(cases, MonthNames, testing::ValuesIn(cases),
                         [](auto const& each) { return std::string(each.param.name); });

TEST(MonthFields, StandOnlyInMonthFields) {
  auto const fields = with_month_numbers({{"a:month", "May"}, {"a:day", "May"}, {"b", "May"}});
  EXPECT_EQ(fields[0].value, "5");
  EXPECT_EQ(fields[1].value, "May");
  EXPECT_EQ(fields[2].value, "May");
}

}  // namespace
}  // namespace intake::service::patients
