#include "service/retention_classes.hpp"

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::year_month_day today = 2026y / 11 / 28;

struct class_case {
  char const* name;
  char const* birth_date;
  retention_class expected;
  std::chrono::sys_days last_contact{2019y / 11 / 1};
};

class RetentionClass : public testing::TestWithParam<class_case> {};

TEST_P(RetentionClass, IsThatOfTheAge) {
  summary read;
  read.birth_date = GetParam().birth_date;
  EXPECT_EQ(class_of(read, GetParam().last_contact, 25, today), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Ages, RetentionClass,
    testing::Values(class_case{"Grown", "1950-03-01", retention_class::adult},
                    class_case{"Child", "2015-06-30", retention_class::minor},
                    class_case{"TheBirthday", "2001-11-28", retention_class::adult},
                    class_case{"TheDayBefore", "2001-11-29", retention_class::minor},
                    class_case{"OnlyAYear", "2001", retention_class::minor},
                    class_case{"OnlyAMonthThatIsOver", "2001-10", retention_class::adult},
                    class_case{"OnlyAMonthThatIsNot", "2001-11", retention_class::minor},
                    class_case{"LeapDay", "2000-02-29", retention_class::adult},
                    class_case{"None", "", retention_class::minor},
                    class_case{"NoDate", "unknown", retention_class::minor},
                    class_case{"NoMonth", "2015-17-01", retention_class::minor},
                    class_case{"NoneAndOldEnoughWhoever", "", retention_class::adult,
                               2001y / 11 / 28},
                    class_case{"NoneAndADayTooYoung", "", retention_class::minor, 2001y / 11 / 29}),
    [](auto const& each) { return std::string(each.param.name); });

TEST(RetentionClass, ALeapDaysChildIsOfAgeOnTheMonthsLastDay) {
  EXPECT_EQ(day_of_age("2000-02-29", 25), 2025y / 2 / 28);
  EXPECT_EQ(day_of_age("2000-02-29", 24), 2024y / 2 / 29);
}

}  // namespace
}  // namespace intake::service
