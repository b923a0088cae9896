// The schedule's list is taken over whole or not at all, and the trail has it first.
#include "certs/base64.hpp"
#include "service/appointment_book.hpp"
#include "tests/journeys/clinic.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::AnyOf;
using testing::HasSubstr;

std::string const appointments_now = "SELECT count(*) FROM appointment";
std::string const imports_now =
    "SELECT string_agg(outcome || ' ' || cardinality(shown), ', ' ORDER BY at, outcome) FROM "
    "audit_event WHERE action = 'appointments-imported'";

std::string list_of(int rows) {
  std::string text = "number,date,time,family,given,birth_date\n";
  for (int i = 1; i <= rows; ++i) {
    text += fmt::format("{},2026-12-01,9:{:02},Doe,Jo,1960-01-02\n", i, i % 60);
  }
  return text;
}

service::response take_over(clinic& c, std::string const& csrf, std::string const& list) {
  return c.post_form("/desk/day-list", {{"csrf", csrf},
                                        {"act", "import"},
                                        {"text", certs::base64url_encode(certs::as_bytes(list))}});
}

std::vector<service::appointment_entry> entries_of(clinic const& c,
                                                   std::vector<std::string> numbers) {
  std::vector<service::appointment_entry> list;
  for (auto& number : numbers) {
    list.push_back({.number = std::move(number),
                    .location = "main",
                    .starts_at = c.now,
                    .who = {.family = "Doe", .given = "Jo", .birth_date = "1960-01-02"}});
  }
  return list;
}

TEST(DayListImport, LeavesNothingOfAListThatBreaksOffOnItsWay) {
  clinic c;
  c.sign_in("front", account_role::front_desk);
  c.rows().sql(
      "CREATE SEQUENCE counted_rows; GRANT USAGE ON SEQUENCE counted_rows TO PUBLIC; "
      "ALTER TABLE appointment ADD CHECK (nextval('counted_rows') < 3)");
  EXPECT_EQ(take_over(c, c.csrf(), list_of(5)).status, 500);
  EXPECT_EQ(c.rows().value(appointments_now), "0");
  EXPECT_EQ(c.rows().value(imports_now), "");
}

TEST(DayListImport, IsNotStoredWhereTheTrailDoesNotHoldIt) {
  clinic c;
  auto& app = c.app();
  auto const list = entries_of(c, {"1", "2"});
  EXPECT_THROW((void)service::book_list(app.desk, {app.world, app.keks, app.keys}, list,
                                        [](service::booked_list const& stored) {
                                          EXPECT_EQ(stored.touched.size(), 2U);
                                          throw std::runtime_error("no trail");
                                        }),
               std::runtime_error);
  EXPECT_EQ(c.rows().value(appointments_now), "0");
}

TEST(DayListImport, WhoComesInBetweenTakesOverNothing) {
  clinic c;
  auto& app = c.app();
  service::book_keys const keys{app.world, app.keks, app.keys};
  auto const list = entries_of(c, {"1", "2"});
  auto const done = service::book_list(app.desk, keys, list, [&](service::booked_list const&) {
    EXPECT_FALSE(service::book_list(app.desk, keys, entries_of(c, {"2", "3"}), [](auto&) {}));
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(done->counts, (std::array{2, 0, 0, 0}));
  EXPECT_EQ(c.rows().value(appointments_now), "2");
}

TEST(DayListImport, OfTwoWhoTakeOverOneListAtOnceNobodySeesAnError) {
  clinic first;
  clinic second(first);
  auto const list = list_of(300);
  first.sign_in("front", account_role::front_desk);
  second.sign_in("other", account_role::front_desk);
  std::array<service::response, 2> answers;
  {
    std::jthread const one([&, csrf = first.csrf()] { answers[0] = take_over(first, csrf, list); });
    std::jthread const two(
        [&, csrf = second.csrf()] { answers[1] = take_over(second, csrf, list); });
  }
  for (auto const& each : answers) EXPECT_THAT(each.status, AnyOf(200, 409)) << body_of(each);
  EXPECT_TRUE(std::ranges::any_of(answers, [](auto const& each) { return each.status == 200; }));
  EXPECT_EQ(first.rows().value(appointments_now), "300");
  EXPECT_THAT(first.rows().value(imports_now), HasSubstr("done 300"));
}

}  // namespace
}  // namespace intake::tests
