// What a page's script sends while the patient still types, and what it drew.
#include "tests/journeys/clinic.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using fields = std::vector<std::pair<std::string, std::string>>;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto name_page = "/visit/registration/2";
constexpr auto given_name = "patient.name/patient.name.given";

void begin(clinic& c) {
  auto const answer = c.post_form("/visit", {{"kind", "new-patient"}});
  ASSERT_EQ(answer.status, 303) << body_of(answer);
  c.keep_cookie_of(answer);
}

std::string revision_on(clinic& c, std::string const& page) {
  return attribute_after(body_of(c.get(page)), "id=\"answers\"", "data-revision");
}

service::response save(clinic& c, std::string const& page, std::string const& revision,
                       fields typed) {
  typed.emplace_back("_autosave", revision);
  return c.post_form(page, typed);
}

TEST(Autosave, KeepsWhatIsTypedWithoutJudgingIt) {
  clinic c;
  begin(c);
  auto const answer = save(c, name_page, revision_on(c, name_page), {{given_name, "Zoë"}});
  EXPECT_EQ(answer.status, 200) << body_of(answer);
  EXPECT_EQ(body_of(answer), "Saved {time}");
  auto const again = body_of(c.get(name_page));
  EXPECT_THAT(again, HasSubstr("value=\"Zoë\""));
  EXPECT_EQ(field_of(answer, "intake-draft"), revision_on(c, name_page));
  EXPECT_THAT(body_of(c.get("/visit")), Not(HasSubstr("Done"))) << "half a page is not done";
}

TEST(Autosave, SaysWhenAnAnswerCouldNotBeKept) {
  clinic c;
  begin(c);
  auto const page = "/visit/registration/3";
  auto const answer = save(c, page, revision_on(c, page),
                           {{"patient.birth/patient.birth-date:day", "31"},
                            {"patient.birth/patient.birth-date:month", "February"},
                            {"patient.birth/patient.birth-date:year", "1950"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(body_of(answer), HasSubstr("can't read yet"));
}

TEST(Autosave, ThatComesLateUndoesNothing) {
  clinic c;
  begin(c);
  auto const old = revision_on(c, name_page);
  auto const sent = c.post_form(
      name_page, {{given_name, "Ana"}, {"patient.name/patient.name.family", "Example"}});
  ASSERT_EQ(sent.status, 303);
  auto const late = save(c, name_page, old, {{given_name, "An"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(body_of(c.get(name_page)), HasSubstr("value=\"Ana\""));
  // A page that is still open saves on top of what it is told.
  EXPECT_EQ(save(c, name_page, field_of(late, "intake-draft"), {{given_name, "Anna"}}).status, 200);
  EXPECT_THAT(body_of(c.get(name_page)), HasSubstr("value=\"Anna\""));
}

TEST(Autosave, WithoutAVisitSaysThatThePageIsToStayOpen) {
  clinic c;
  auto const answer = save(c, name_page, "1", {{given_name, "Ana"}});
  EXPECT_EQ(answer.status, 410);
  EXPECT_THAT(field_of(answer, "content-type"), StartsWith("text/plain"));
  EXPECT_THAT(body_of(answer), HasSubstr("still on this page"));
}

constexpr auto consent_page = "/visit/consent/2";
constexpr auto choice = "consent.treatment/consent.treatment.choice";
constexpr auto signature = "consent.treatment/consent.treatment.signature";
constexpr auto draw = "https://intake.example/fhir/CodeSystem/signing-choice|draw";

TEST(DrawnSignature, IsKeptAndShownAgain) {
  clinic c;
  begin(c);
  // {"width":300,"height":200,"strokes":[[[1,2],[30,40]]]}
  auto const drawn =
      "data:application/json;base64,"
      "eyJ3aWR0aCI6MzAwLCJoZWlnaHQiOjIwMCwic3Ryb2tlcyI6W1tbMSwyXSxbMzAsNDBdXV19";
  EXPECT_EQ(c.post_form(consent_page, {{choice, draw}, {signature, drawn}}).status, 303);
  EXPECT_THAT(body_of(c.get(consent_page)), HasSubstr(std::string("value=\"") + drawn));
}

TEST(DrawnSignature, IsRefusedWhereNothingWasDrawn) {
  clinic c;
  begin(c);
  auto const none = c.post_form(consent_page, {{choice, draw}});
  EXPECT_EQ(none.status, 422);
  // {"width":300,"height":200,"strokes":[]}
  auto const empty = c.post_form(
      consent_page,
      {{choice, draw},
       {signature,
        "data:application/json;base64,eyJ3aWR0aCI6MzAwLCJoZWlnaHQiOjIwMCwic3Ryb2tlcyI6W119"}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_THAT(body_of(empty), HasSubstr("Nothing was drawn"));
}

TEST(BodyMap, SaysHowStrongOnTheSamePage) {
  clinic c;
  begin(c);
  std::string const where = "pain.where/pain.regions";
  std::string const region = "https://intake.example/fhir/CodeSystem/body-region|";
  auto const answer =
      c.post_form("/visit/pain-history/3", {{where + "[0]", region + "chest-left"},
                                            {where + "[1]", region + "knee-front-right"},
                                            {where + "[1]/pain.regions.intensity", "7"},
                                            {"_with_below", "1"}});
  ASSERT_EQ(answer.status, 303) << body_of(answer);
  EXPECT_THAT(field_of(answer, "location"), StartsWith("/visit/pain-history/4"));
  auto const page = body_of(c.get("/visit/pain-history/3"));
  EXPECT_THAT(page, HasSubstr("knee-front-right&quot;:&quot;7&quot;"));
}

TEST(SingleForm, MayLieInTheBrowserSoThatBackLeadsToIt) {
  clinic c;
  EXPECT_EQ(field_of(c.get("/forms/peg"), "cache-control"), "private, no-cache");
}

}  // namespace
}  // namespace intake::tests
