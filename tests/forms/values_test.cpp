#include "forms/base64.hpp"
#include "forms/calendar.hpp"
#include "forms/compare.hpp"
#include "forms/decimal.hpp"
#include "forms/units.hpp"
#include "forms/utf8.hpp"

#include <compare>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace intake::forms {
namespace {

decimal number(std::string_view text) {
  return decimal::read(text).value();
}

TEST(Decimal, RefusesOtherForms) {
  for (auto const* text : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "1e+-2", "0x1", "1 ", " 1",
                           "1e401", "NaN", "1.2.3", "--1"}) {
    EXPECT_FALSE(decimal::read(text)) << text;
  }
}

struct ordered_pair {
  std::string_view low;
  std::string_view high;
};

TEST(Decimal, OrdersWithoutRounding) {
  ordered_pair const pairs[] = {
      {"0.1", "0.10000000000000000000000000000000001"},
      {"-2", "-1.5"},
      {"-0.01", "0"},
      {"9.99", "1e1"},
      {"123456789012345678901234567890", "123456789012345678901234567891"},
      {"1e-300", "1e300"},
      {"-1e300", "-1e-300"}};
  for (auto const& [low, high] : pairs) {
    EXPECT_LT(number(low), number(high)) << low;
    EXPECT_GT(number(high), number(low)) << low;
  }
}

TEST(Decimal, IsEqualByValue) {
  EXPECT_EQ(number("1.50"), number("1.5"));
  EXPECT_EQ(number("100"), number("1e2"));
  EXPECT_EQ(number("-0"), number("0.000"));
  EXPECT_EQ(number("0.001e3"), number("1"));
}

TEST(Decimal, AddsAndMultipliesExactly) {
  EXPECT_EQ((number("0.1") + number("0.2")).to_text(), "0.3");
  EXPECT_EQ((number("-10.5") + number("0.75")).to_text(), "-9.75");
  EXPECT_EQ((number("5") + -number("5")).to_text(), "0");
  EXPECT_EQ((number("99999999999999999999") + number("1")).to_text(), "100000000000000000000");
  EXPECT_EQ((number("1.25") * number("-8")).to_text(), "-10");
  EXPECT_EQ((number("123456789") * number("987654321")).to_text(), "121932631112635269");
  EXPECT_EQ((number("0") * number("-7")).to_text(), "0");
}

TEST(Decimal, CountsPlaces) {
  EXPECT_EQ(decimal_places("1.50"), 2U);
  EXPECT_EQ(decimal_places("1.5e1"), 0U);
  EXPECT_EQ(decimal_places("15e-3"), 3U);
  EXPECT_EQ(decimal_places("7"), 0U);
}

TEST(Integer, IsExactlyThirtyTwoBits) {
  EXPECT_EQ(read_integer("2147483647"), INT32_MAX);
  EXPECT_EQ(read_integer("-2147483648"), INT32_MIN);
  for (auto const* text : {"2147483648", "-2147483649", "01", "1.0", "1e3", "+1", "", "-", " 1"}) {
    EXPECT_FALSE(read_integer(text)) << text;
  }
}

struct calendar_case {
  std::string_view text;
  calendar_fault fault;
};

TEST(Calendar, ReadsDates) {
  calendar_case const cases[] = {{"2024", calendar_fault::none},
                                 {"2024-02", calendar_fault::none},
                                 {"2024-02-29", calendar_fault::none},
                                 {"2023-02-29", calendar_fault::impossible},
                                 {"2024-13", calendar_fault::impossible},
                                 {"2024-00-10", calendar_fault::impossible},
                                 {"0000", calendar_fault::impossible},
                                 {"24-02-29", calendar_fault::malformed},
                                 {"2024-2-9", calendar_fault::malformed},
                                 {"2024-02-29T10:00:00Z", calendar_fault::malformed},
                                 {"2024-02-29 ", calendar_fault::malformed},
                                 {"", calendar_fault::malformed}};
  for (auto const& one : cases) EXPECT_EQ(read_date(one.text).fault, one.fault) << one.text;
}

TEST(Calendar, ReadsDateTimes) {
  calendar_case const cases[] = {{"2024-02-29T23:59:60Z", calendar_fault::none},
                                 {"2024-02-29T10:00:00.123456789+14:00", calendar_fault::none},
                                 {"2024-02", calendar_fault::none},
                                 {"2024-02-29T10:00:00", calendar_fault::incomplete},
                                 {"2024-02-29T10:00Z", calendar_fault::incomplete},
                                 {"2024-02-29T24:00:00Z", calendar_fault::impossible},
                                 {"2024-02T10:00:00Z", calendar_fault::malformed},
                                 {"2024-02-29T10:00:00+15:00", calendar_fault::malformed},
                                 {"2024-02-29T10:00:00z", calendar_fault::malformed},
                                 {"2024-02-29T10:00:00.Z", calendar_fault::malformed}};
  for (auto const& one : cases) EXPECT_EQ(read_date_time(one.text).fault, one.fault) << one.text;
}

TEST(Calendar, ReadsTimes) {
  EXPECT_EQ(read_time("23:59:59.5").fault, calendar_fault::none);
  EXPECT_EQ(read_time("24:00:00").fault, calendar_fault::impossible);
  EXPECT_EQ(read_time("10:00").fault, calendar_fault::incomplete);
  EXPECT_EQ(read_time("10:00:00Z").fault, calendar_fault::malformed);
}

std::strong_ordering order(std::string_view a, std::string_view b) {
  return compare_overlapping(read_date_time(a).span, read_date_time(b).span);
}

TEST(Calendar, TakesOverlapForEqual) {
  EXPECT_EQ(order("2020", "2020-06-15"), std::strong_ordering::equal);
  EXPECT_EQ(order("2020-06", "2020-06-30"), std::strong_ordering::equal);
  EXPECT_EQ(order("2020-06", "2020-07"), std::strong_ordering::less);
  EXPECT_EQ(order("2021", "2020-12-31"), std::strong_ordering::greater);
  EXPECT_EQ(order("2020-01-01T00:00:00+02:00", "2019-12-31T22:00:00Z"),
            std::strong_ordering::equal);
  EXPECT_EQ(order("2020-01-01T00:00:00Z", "2020-01-01T00:00:01Z"), std::strong_ordering::less);
  // Without a zone the date may begin up to 14 hours earlier or later.
  EXPECT_EQ(order("2020-01-02", "2020-01-01T12:00:00Z"), std::strong_ordering::equal);
  EXPECT_EQ(order("2020-01-03", "2020-01-01T12:00:00Z"), std::strong_ordering::greater);
}

TEST(Calendar, OrdersForConditionsOnlyWhatIsCertain) {
  auto const certain = [](std::string_view a, std::string_view b) {
    return compare_certain(read_date_time(a).span, read_date_time(b).span);
  };
  EXPECT_EQ(certain("2020", "2020-06-15"), std::nullopt);
  EXPECT_EQ(certain("2020-06-15", "2020-06"), std::nullopt);
  EXPECT_EQ(certain("2020-06", "2020-06"), std::strong_ordering::equal);
  EXPECT_EQ(certain("2020-06", "2020-07-01"), std::strong_ordering::less);
  EXPECT_EQ(certain("2020-01-02", "2020-01-01T12:00:00Z"), std::nullopt);
  EXPECT_EQ(certain("2020-01-01T12:00:00Z", "2020-01-01T13:00:00.000+01:00"),
            std::strong_ordering::equal);
  EXPECT_EQ(certain("2020-01-01T12:00:00Z", "2020-01-01T12:00:00.5Z"), std::strong_ordering::less);
}

quantity amount(std::string value, std::string code) {
  quantity result;
  result.value = std::move(value);
  result.code = std::move(code);
  result.system = ucum_system;
  return result;
}

TEST(Units, ConvertsExactly) {
  struct equal_pair {
    quantity a;
    quantity b;
  };
  // UCUM tables: 1 lb = 453.59237 g, 1 in = 2.54 cm, 32 °F = 0 °C, 1 wk = 7 d.
  equal_pair const pairs[] = {{amount("1", "[lb_av]"), amount("0.45359237", "kg")},
                              {amount("16", "[oz_av]"), amount("1", "[lb_av]")},
                              {amount("72", "[in_i]"), amount("1.8288", "m")},
                              {amount("98.6", "[degF]"), amount("37", "Cel")},
                              {amount("310.15", "K"), amount("37", "Cel")},
                              {amount("1", "wk"), amount("168", "h")},
                              {amount("60", "{beats}/min"), amount("1", "/s")},
                              {amount("50", "%"), amount("0.5", "{score}")}};
  for (auto const& [a, b] : pairs) {
    EXPECT_EQ(compare_quantities(a, b), std::strong_ordering::equal) << a.code;
    EXPECT_EQ(compare_quantities(b, a), std::strong_ordering::equal) << a.code;
  }
  EXPECT_EQ(compare_quantities(amount("2.2", "[lb_av]"), amount("1", "kg")),
            std::strong_ordering::less);
}

TEST(Units, RefusesToCompareWhatDiffers) {
  EXPECT_FALSE(compare_quantities(amount("1", "kg"), amount("1", "m")));
  EXPECT_FALSE(compare_quantities(amount("1", "mg/dL"), amount("1", "mmol/L")));
  EXPECT_FALSE(compare_quantities(amount("1", "kg"), amount("1", "furlong")));
  EXPECT_FALSE(compare_quantities(amount("1", "kg"), quantity{"1", "", "", "", ""}));
  EXPECT_TRUE(compare_quantities(amount("1", "furlong"), amount("2", "furlong")));
}

TEST(Base64, KnownAnswersFromRfc4648Section10) {
  std::pair<std::string_view, std::string_view> const vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (auto const& [plain, encoded] : vectors) {
    EXPECT_EQ(encode_base64(plain), encoded);
    EXPECT_EQ(decode_base64(encoded), plain);
  }
}

TEST(Base64, RefusesOtherTexts) {
  for (auto const* text : {"Zg", "Zg=", "Z===", "====", "Zm9v=", "Zg==Zg==", "Zm9-", "Zm9v!"}) {
    EXPECT_FALSE(decode_base64(text)) << text;
  }
  EXPECT_EQ(decode_base64("Zm9v\nYmFy"), "foobar");
}

TEST(Utf8, CountsCodePoints) {
  EXPECT_EQ(count_code_points("a\xC3\xA9\xE2\x80\x99\xF0\x9F\x98\x80"), 4U);
  EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF"));
  for (auto const* text : {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                           "\xF8\x88\x80\x80\x80", "\xE2\x82"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(PlainText, OfAReferenceIsWhatThereIsToReadOfIt) {
  EXPECT_EQ(plain_text(reference{"Practitioner/1", "", "urn:n", "7", "Dr. A"}), "Dr. A");
  EXPECT_EQ(plain_text(reference{"Practitioner/1", "", "urn:n", "7", ""}), "Practitioner/1");
  EXPECT_EQ(plain_text(reference{"", "Practitioner", "urn:n", "7", ""}), "7");
}

TEST(Compare, TellsReferencesWithoutATargetApart) {
  auto const of = [](std::string system, std::string value, std::string display) {
    return answer_value{reference{"", "", std::move(system), std::move(value), std::move(display)}};
  };
  EXPECT_TRUE(same_choice(of("s", "1", "A"), of("s", "1", "B")));
  EXPECT_FALSE(same_choice(of("s", "1", "A"), of("s", "2", "A")));
  EXPECT_FALSE(same_choice(of("s", "1", "A"), of("t", "1", "A")));
  EXPECT_FALSE(same_choice(of("s", "1", "A"), of("", "", "A")));
  EXPECT_TRUE(same_choice(of("", "", "A"), of("", "", "A")));
  EXPECT_FALSE(same_choice(of("", "", "A"), of("", "", "B")));
}

TEST(Compare, WantsACodingByCodeAndGivenSystem) {
  coding const given{"s", "", "c", "shown"};
  EXPECT_TRUE(equals_wanted(given, coding{"s", "", "c", ""}));
  EXPECT_TRUE(equals_wanted(given, coding{"", "", "c", "other words"}));
  EXPECT_FALSE(equals_wanted(given, coding{"t", "", "c", ""}));
  EXPECT_FALSE(equals_wanted(coding{"", "", "c", ""}, coding{"s", "", "c", ""}));
  EXPECT_FALSE(equals_wanted(std::string{"c"}, coding{"", "", "c", ""}));
  EXPECT_TRUE(equals_wanted(fhir_decimal{"1.50"}, fhir_decimal{"1.5"}));
  EXPECT_TRUE(equals_wanted(std::int32_t{2}, fhir_decimal{"2.0"}));
  EXPECT_FALSE(equals_wanted(unreadable_value{}, unreadable_value{}));
}

}  // namespace
}  // namespace intake::forms
