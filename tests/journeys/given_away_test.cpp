// A number of the schedule that is for another person now: nothing of the one before stays with it.
#include "certs/base64.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/fhir_client.hpp"
#include "tests/support/multipart_writer.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

class GivenAway : public testing::Test {
 protected:
  GivenAway() {
    c.sign_in("front", account_role::front_desk);
    EXPECT_THAT(take_over("Oldperson,Olga,1944-04-04"), HasSubstr("1 added"));
    id = c.rows().value("SELECT id FROM appointment");
  }

  std::string list_of(std::string const& row) {
    auto const date = c.now + std::chrono::hours(1);
    return "number,date,time,family,given,birth_date\nS1," + c.app().clock.fhir_date(date) +
           ",14:00," + row + "\n";
  }
  std::string take_over(std::string const& row) {
    auto const list = list_of(row);
    return body_of(
        c.post_form("/desk/day-list", {{"csrf", c.csrf()},
                                       {"act", "import"},
                                       {"text", certs::base64url_encode(certs::as_bytes(list))}}));
  }

  std::string press(std::string const& act) {
    return body_of(c.post_form("/desk/appointments/" + id + "/" + act, {{"csrf", c.csrf()}}));
  }

  service::response enter(std::string const& code) {
    auto const begun = c.post_form("/device", {{"code", code}});
    if (begun.status == 303) c.keep_cookie_of(begun);
    return begun;
  }

  static std::string code_on(std::string const& sheet) {
    return sheet.substr(sheet.find("intake-code\">") + 13, 11);
  }

  clinic c;
  std::string id;
};

TEST_F(GivenAway, TheNextPersonsTabletBeginsAnew) {
  auto const staff = c.cookie();
  ASSERT_EQ(enter(code_on(press("device"))).status, 303);
  EXPECT_THAT(body_of(c.get("/visit/registration/2")), HasSubstr("Olga"));
  auto const olgas = c.cookie();
  c.use_cookie(staff);
  auto const waiting = code_on(press("device"));
  auto const done = take_over("Newman,Nora,1990-09-09");
  EXPECT_THAT(done, HasSubstr("0 added, 0 changed, 0 as they were, 1 for another person now"));
  EXPECT_EQ(enter(waiting).status, 422) << "the code was for Olga";
  c.use_cookie(staff);
  EXPECT_THAT(body_of(c.get("/desk/appointments/" + id)), HasSubstr("not sent"));
  ASSERT_EQ(enter(code_on(press("device"))).status, 303);
  auto const page = body_of(c.get("/visit/registration/2"));
  EXPECT_THAT(page, HasSubstr("Nora"));
  EXPECT_THAT(page, Not(HasSubstr("Olga")));
  c.use_cookie(olgas);
  EXPECT_THAT(body_of(c.get("/visit/registration/2")), HasSubstr("Olga")) << "hers goes on";
}

TEST_F(GivenAway, LinksEndAndFormsThatCameArePartedFromIt) {
  auto const sheet = press("invite");
  auto const link = sheet.substr(sheet.find("/invited/"), 200);
  auto const path = link.substr(0, link.find_first_of("\"<& "));
  auto const submission = submit_sample(c);
  ASSERT_EQ(c.post_form("/desk/appointments/" + id + "/match",
                        {{"csrf", c.csrf()}, {"submission", submission}, {"act", "match"}})
                .status,
            303);
  take_over("Newman,Nora,1990-09-09");
  EXPECT_THAT(body_of(c.get("/desk/appointments/" + id)), HasSubstr("nothing received"));
  EXPECT_EQ(c.post_form(path, {{"day", "4"}, {"month", "4"}, {"year", "1944"}}).status, 422);
  EXPECT_EQ(c.post_form(path, {{"day", "9"}, {"month", "9"}, {"year", "1990"}}).status, 422);
}

TEST_F(GivenAway, ACorrectedNameOrTelephoneIsTheSamePersons) {
  auto const staff = c.cookie();
  ASSERT_EQ(enter(code_on(press("device"))).status, 303);
  c.use_cookie(staff);
  for (auto const* row : {"Oldperson,Olga Maria,1944-04-04", "Newname,Olga Maria,1944-04-04"}) {
    EXPECT_THAT(take_over(row), HasSubstr("1 changed")) << row;
    EXPECT_EQ(c.rows().value("SELECT appointment_id FROM draft"), id) << row;
  }
  take_over("Newname,Olga Maria,1944-04-05");
  EXPECT_EQ(c.rows().value("SELECT count(appointment_id) FROM draft"), "0")
      << "whoever has another birth date";
}

TEST_F(GivenAway, ThePreviewSaysSo) {
  auto const body =
      write_multipart({{"csrf", {}, "text/plain", c.csrf()},
                       {"list", "day.csv", "text/csv", list_of("Newman,Nora,1990-09-09")}},
                      "xXx");
  auto const shown =
      body_of(c.post_body("/desk/day-list", "multipart/form-data; boundary=xXx", body));
  EXPECT_THAT(shown, HasSubstr("0 new, 0 changed, 0 as they were, 1 for another person now"));
  EXPECT_THAT(shown, HasSubstr("links and codes of the one before end"));
}

}  // namespace
}  // namespace intake::tests
