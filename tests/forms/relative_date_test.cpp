#include "forms/relative_date.hpp"

#include <string>

#include <gtest/gtest.h>

namespace intake::forms {
namespace {

struct relative_case {
  std::string_view expression;
  std::string_view date;  ///< empty: the compiled expression decides
};

TEST(RelativeDate, IsAnsweredOnlyWhereTheWholeExpressionIsOneShift) {
  relative_case const cases[] = {
      {"today()", "2026-11-23"},
      {"today() - 18 years", "2008-11-23"},
      {"today() + 1 month", "2026-12-23"},
      {"now() - 2 'weeks'", "2026-11-09"},
      {" today() + 10 days ", "2026-12-03"},
      {"today() - 18 years - 6 months", ""},
      {"today() - 18 'years' + 1 'day'", ""},
      {"today() - 18 yearly", ""},
      {"today() - 1 d", ""},
      {"today() - 3 mo", ""},
      {"today() - 3 minutes", ""},
      {"today() - 3 '", ""},
      {"today() > 3 days", ""},
  };
  for (auto const& one : cases) {
    form_expression written;
    written.text = one.expression;
    auto const limit = limit_value({}, written, "2026-11-23");
    auto const* date = std::get_if<fhir_date>(&limit);
    EXPECT_EQ(date == nullptr ? std::string{} : date->text, one.date) << one.expression;
  }
}

}  // namespace
}  // namespace intake::forms
