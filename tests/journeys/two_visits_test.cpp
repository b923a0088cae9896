// Two patients' forms in one browser, and what was received once.
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/typical_patient.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto name_page = "/visit/registration/2?lang=en";

void begin(clinic& c) {
  auto const answer = c.post_form("/visit", {{"kind", "new-patient"}});
  ASSERT_EQ(answer.status, 303) << body_of(answer);
  c.keep_cookie_of(answer);
}

std::string mark_on(std::string const& html) {
  return attribute_after(html, "name=\"_visit\"", "value");
}

page_fields named(std::string const& given, std::string const& mark) {
  return {{"patient.name/patient.name.given", given},
          {"patient.name/patient.name.family", "Example"},
          {"_visit", mark}};
}

TEST(TwoVisits, APageIsNotSavedIntoTheOtherPatients) {
  clinic c;
  begin(c);
  auto const annas = c.cookie();
  auto const mark = mark_on(body_of(c.get(name_page)));
  ASSERT_FALSE(mark.empty());
  begin(c);
  EXPECT_NE(mark_on(body_of(c.get(name_page))), mark);

  auto const refused = c.post_form(name_page, named("Anna", mark));
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(body_of(refused), HasSubstr("Other forms are open in this browser now"));
  EXPECT_THAT(body_of(refused), HasSubstr("value=\"Anna\"")) << "what was typed is kept";
  EXPECT_EQ(mark_on(body_of(refused)), mark);
  EXPECT_THAT(body_of(c.get(name_page)), Not(HasSubstr("Anna")));

  auto typing = named("Anna", mark);
  typing.emplace_back("_autosave", "1");
  auto const late = c.post_form(name_page, typing);
  EXPECT_EQ(late.status, 410) << "the page's script tries no more";
  EXPECT_THAT(field_of(late, "content-type"), HasSubstr("text/plain"));
  EXPECT_THAT(body_of(c.get(name_page)), Not(HasSubstr("Anna")));

  c.use_cookie(annas);
  EXPECT_EQ(c.post_form(name_page, named("Anna", mark)).status, 303) << "once hers is back";
  EXPECT_THAT(body_of(c.get(name_page)), HasSubstr("Anna"));
}

TEST(TwoVisits, OnesCheckPageDoesNotSendTheOthers) {
  clinic c;
  typical_patient const who(c, "new-patient");
  begin(c);
  fill_form(c, who, "registration");
  auto const mark = mark_on(body_of(c.get("/visit/check")));
  auto const help = mark_on(body_of(c.get("/visit/help")));
  EXPECT_EQ(help, mark);
  begin(c);
  fill_form(c, who, "registration");
  EXPECT_EQ(c.post_form("/visit/send", {{"_visit", mark}}).status, 409);
  EXPECT_EQ(c.post_form("/visit/help", {{"_visit", mark}, {"phone", "305-555-0111"}}).status, 409);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
  auto const own = mark_on(body_of(c.get("/visit/check")));
  EXPECT_EQ(c.post_form("/visit/send", {{"_visit", own}}).status, 303);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "1");
  EXPECT_EQ(c.post_form("/visit/another", {{"_visit", mark}}).status, 409);
}

// A clinician has read them and their alerts: they do not go because one page is changed.
TEST(TwoVisits, WhatWasReceivedStaysWhileItIsChanged) {
  clinic c;
  typical_patient const who(c, "new-patient");
  begin(c);
  fill_form(c, who, "registration");
  fill_form(c, who, "pain-history");
  ASSERT_EQ(c.post_form("/visit/send", {}).status, 303);
  auto const forms_of = [&](char const* version) {
    return c.rows().value(
        std::string("SELECT array_to_string(forms, ' ') FROM submission_version WHERE version = ") +
        version);
  };
  EXPECT_THAT(forms_of("1"), HasSubstr("/pain-history|"));
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("We have 2 of "));
  // Its first page is gone through again and lacks an answer that it needs now.
  fill_form(c, who, "medicines");
  auto const pages = service::patients::pages_of(who.form("pain-history"));
  std::string unfinished;
  for (std::size_t i = 0; i < pages.size() && unfinished.empty(); ++i) {
    auto typed = who.of_page("pain-history", pages[i]);
    auto const path = "/visit/pain-history/" + std::to_string(i + 1) + "?lang=en";
    auto const answer = c.post_form(path, typed);
    if (field_of(answer, "location").ends_with("&below=1")) unfinished = path;
  }
  ASSERT_FALSE(unfinished.empty()) << "a page with questions below an answer";
  EXPECT_THAT(body_of(c.get("/visit/check")), HasSubstr("will not be sent"));
  ASSERT_EQ(c.post_form("/visit/send", {}).status, 303);
  EXPECT_THAT(forms_of("2"), HasSubstr("/pain-history|"));
  EXPECT_THAT(forms_of("2"), HasSubstr("/medicines|"));
}

// Sending on would lose what can't be read: it waits until somebody has looked.
TEST(TwoVisits, NothingFollowsAVersionThatCantBeRead) {
  clinic c;
  typical_patient const who(c, "new-patient");
  begin(c);
  fill_form(c, who, "registration");
  ASSERT_EQ(c.post_form("/visit/send", {}).status, 303);
  c.rows().sql("UPDATE part SET sealed = sha256(sealed) WHERE name LIKE 'answers%'");
  fill_form(c, who, "medicines");
  auto const busy = c.post_form("/visit/send", {});
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(field_of(busy, "retry-after"), "60");
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission_version"), "1");
  EXPECT_THAT(body_of(c.get("/visit/medicines/1")), HasSubstr("checked")) << "the draft stays";
}

}  // namespace
}  // namespace intake::tests
