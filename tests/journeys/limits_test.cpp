// Abuse: who sends too much is told to wait and loses nothing; nobody else notices.
#include "forms/base64.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/typical_patient.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using service::counted;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Ne;
using testing::Not;

constexpr auto flood_address = "192.0.2.66";
constexpr auto name_page = "/visit/registration/2";

/// Nothing more may come from there, of that kind, until time has passed.
void use_up(clinic& c, counted kind, std::string const& who) {
  while (!c.app().limits.refuse(kind, who, c.now)) {
  }
}

void begin(clinic& c) {
  auto const answer = c.post_form("/visit", {{"kind", "new-patient"}});
  ASSERT_EQ(answer.status, 303) << body_of(answer);
  c.keep_cookie_of(answer);
}

page_fields typed_name() {
  return {{"patient.name/patient.name.given", "Zoë"}, {"patient.name/patient.name.family", "E"}};
}

TEST(Limits, APatientFromAFullWaitingRoomGoesThroughAWholeForm) {
  clinic c;
  // 199 others began within the hour, and the address is asked for everything that they need.
  for (int patient = 0; patient < 199; ++patient) {
    c.now += std::chrono::seconds(18);
    ASSERT_FALSE(c.app().limits.refuse(counted::address, "192.0.2.7", c.now));
    for (int each = 0; each < 315; ++each) {
      ASSERT_FALSE(c.app().limits.refuse(counted::address_pages, "192.0.2.7", c.now));
    }
  }
  begin(c);
  typical_patient const who(c, "new-patient");
  EXPECT_EQ(fill_form(c, who, "registration"), "/visit?lang=en");
}

TEST(Limits, AFloodOfOneVisitIsHeldByItsOwnTokenAndKeepsWhatWasTyped) {
  clinic c;
  begin(c);
  auto const cookie = c.cookie();
  use_up(c, counted::visit, cookie.substr(cookie.find('=') + 1));
  auto const answer = c.post_form(name_page, typed_name());
  EXPECT_EQ(answer.status, 429);
  EXPECT_GT(std::stoi(field_of(answer, "retry-after")), 0);
  EXPECT_THAT(body_of(answer), HasSubstr("value=\"Zoë\""));
  EXPECT_THAT(body_of(answer), HasSubstr("action=\"/visit/registration/2?lang=en\""))
      << "it can be sent again from there";
  // Another patient behind the same address notices nothing.
  begin(c);
  EXPECT_EQ(c.post_form(name_page, typed_name()).status, 303);
  // And the first one goes on a little later.
  c.use_cookie(cookie);
  c.now += std::chrono::seconds(std::stoi(field_of(answer, "retry-after")));
  EXPECT_EQ(c.post_form(name_page, typed_name()).status, 303);
}

TEST(Limits, AFloodOfOneAddressIsToldToWaitAndAnotherAddressIsNot) {
  clinic c;
  use_up(c, counted::address, flood_address);
  use_up(c, counted::address_pages, flood_address);
  for (auto const* address : {flood_address, "192.0.2.67"}) {
    c.use_address(address);
    int const expected = address == flood_address ? 429 : 200;
    for (auto const* path :
         {"/", "/forms", "/forms/peg", "/resume", "/insurance", "/visit/check"}) {
      auto const answer = c.get(path);
      bool const passes = answer.status == 200 || answer.status == 303;
      EXPECT_EQ(passes, expected == 200) << address << path << answer.status;
    }
  }
  EXPECT_EQ(c.get("/healthz").status, 200);
  c.use_address(flood_address);
  EXPECT_EQ(c.get("/healthz").status, 200) << "a balancer asks from one address all day";
}

TEST(Limits, WhatWasTypedStaysOnEveryPageThatIsToldToWait) {
  struct row {
    char const* name;
    char const* path;
    page_fields typed;
    std::vector<std::string> kept;
  };
  row const rows[] = {
      {"a reason", "/visit", {{"kind", "follow-up"}}, {"value=\"follow-up\" checked"}},
      {"a code and a birth date",
       "/resume",
       {{"code", "7KD2M-9QX3C"}, {"day", "2"}, {"month", "March"}, {"year", "1961"}},
       {"value=\"7KD2M-9QX3C\"", "value=\"March\"", "value=\"1961\""}},
      {"a receipt",
       "/arrived",
       {{"code", "7KD2M-9QX3C"}, {"day", "2"}, {"month", "March"}, {"year", "1961"}},
       {"value=\"7KD2M-9QX3C\"", "value=\"March\""}},
      {"a link's birth date",
       "/invited/no-such-link",
       {{"day", "2"}, {"month", "March"}, {"year", "1961"}},
       {"value=\"March\"", "value=\"1961\""}},
      {"a tablet's code", "/device", {{"code", "7KD2M-9QX3C"}}, {"value=\"7KD2M-9QX3C\""}},
      {"a plan", "/insurance", {{"plan_name", "Blue Care"}}, {"value=\"Blue Care\""}},
      {"a page without its visit", name_page, typed_name(), {"value=\"Zoë\""}},
      {"a form without its token",
       "/forms/goals",
       {{"goals/goals.most", "to sleep"}, {"_token", "made up"}},
       {}},
  };
  clinic c;
  use_up(c, counted::address, flood_address);
  c.use_address(flood_address);
  for (auto const& each : rows) {
    SCOPED_TRACE(each.name);
    auto const answer = c.post_form(each.path, each.typed);
    EXPECT_EQ(answer.status, 429);
    EXPECT_GT(std::atoi(field_of(answer, "retry-after").c_str()), 0);
    EXPECT_THAT(body_of(answer), HasSubstr("in a short time"));
    for (auto const& value : each.kept) EXPECT_THAT(body_of(answer), HasSubstr(value));
  }
}

TEST(Limits, OneAddressCantFillTheListOfWhoAsksForHelp) {
  clinic c;
  c.use_address(flood_address);
  int asked = 0;
  for (int visit = 0; visit < 80; ++visit) {
    c.sign_out();
    begin(c);
    auto const answer = c.post_form("/visit/help", {{"phone", "305-555-0199"}});
    if (answer.status == 303) {
      ++asked;
      continue;
    }
    EXPECT_EQ(answer.status, 429);
    EXPECT_GT(std::atoi(field_of(answer, "retry-after").c_str()), 0);
    EXPECT_THAT(body_of(answer), HasSubstr("value=\"305-555-0199\""));
  }
  EXPECT_EQ(asked, 60);
  c.use_address("192.0.2.67");
  EXPECT_EQ(c.post_form("/visit/help", {{"phone", "305-555-0199"}}).status, 303);
}

TEST(Limits, AReceiptThatIsNoneCountsForNobodyElse) {
  clinic c;
  for (int browser = 0; browser < 8; ++browser) {
    c.use_address("192.0.2." + std::to_string(100 + browser));
    auto const answer = c.post_form(
        "/arrived", {{"code", "ABC"}, {"day", "2"}, {"month", "March"}, {"year", "1961"}});
    EXPECT_EQ(answer.status, 422) << browser;
  }
}

TEST(Limits, CredentialsOnAPageForEverybodySpareNobodyTheCount) {
  clinic c;
  auto const good = c.add_client("biller", {"read:coverage"});
  use_up(c, counted::address_pages, flood_address);
  c.use_address(flood_address);
  for (auto const& each : {good, std::string("Basic bWFkZTp1cA=="), std::string("x")}) {
    for (auto const* path : {"/", "/forms", "/paper/new-patient", "/insurance"}) {
      EXPECT_EQ(c.get(path, {{"authorization", each}}).status, 429) << path << each;
    }
  }
  auto const asked = "/fhir/Patient?identifier=7KD2M9QX3C";
  EXPECT_NE(c.get(asked, {{"authorization", good}}).status, 429);
}

std::string basic(std::string const& name, std::string const& secret) {
  return "Basic " + forms::encode_base64(name + ":" + secret);
}

TEST(Limits, InventedClientsAreHeldByTheirAddressAndAGoodOneGoesOn) {
  struct row {
    char const* name;
    bool posts;
    char const* path;
  };
  row const rows[] = {{"one who reads", false, "/fhir/Patient?identifier=7KD2M9QX3C"},
                      {"one who sends", true, "/fhir/QuestionnaireResponse"}};
  for (auto const& each : rows) {
    SCOPED_TRACE(each.name);
    clinic c;
    auto const good = c.add_client("biller", {"read:coverage", "submit"});
    auto const ask = [&](std::string const& who) {
      return each.posts ? c.post_to(each.path, "{}", who).status
                        : c.get(each.path, {{"authorization", who}}).status;
    };
    c.use_address(flood_address);
    EXPECT_NE(ask(good), 401);
    int looked_up = 0;
    for (int i = 0; i < 100; ++i) {
      auto const status = ask(basic("invented-" + std::to_string(i), "x"));
      looked_up += status == 401 ? 1 : 0;
      EXPECT_THAT(status, AnyOf(401, 429));
    }
    EXPECT_EQ(looked_up, 60);
    EXPECT_THAT(ask(good), AllOf(Ne(401), Ne(429)));
    EXPECT_EQ(ask(basic("biller", "x")), 401) << "who is known costs no look-up";
    c.use_address("192.0.2.67");
    EXPECT_EQ(ask(basic("invented-again", "x")), 401);
    c.use_address(flood_address);
    c.now += std::chrono::minutes(1);
    EXPECT_EQ(ask(basic("invented-later", "x")), 401);
  }
}

TEST(Limits, ACookieThatWasMadeUpCountsForItsAddress) {
  clinic c;
  use_up(c, counted::address_pages, flood_address);
  c.use_address(flood_address);
  for (auto const* made_up :
       {"x", "x.y", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA"}) {
    c.use_cookie(std::string("__Host-intake-visit=") + made_up);
    EXPECT_EQ(c.get("/visit").status, 429) << made_up;
  }
}

TEST(Limits, SavingWhileTypingIsToldToWaitInItsOwnWay) {
  clinic c;
  begin(c);
  auto const cookie = c.cookie();
  use_up(c, counted::visit, cookie.substr(cookie.find('=') + 1));
  auto typed = typed_name();
  typed.emplace_back("_autosave", "1");
  auto const answer = c.post_form(name_page, typed);
  EXPECT_EQ(answer.status, 429);
  EXPECT_THAT(field_of(answer, "content-type"), HasSubstr("text/plain"));
  EXPECT_NE(field_of(answer, "retry-after"), "");
  EXPECT_THAT(body_of(answer), Not(HasSubstr("Zo")));
}

/// What a browser sends with a page, before anybody has looked at it.
service::request page_sent(std::string path, std::string query, std::string body) {
  service::request asked;
  asked.method = service::http_method::post;
  asked.path = std::move(path);
  asked.query = std::move(query);
  asked.fields = {{"content-type", "application/x-www-form-urlencoded"},
                  {"sec-fetch-site", "same-origin"}};
  asked.body = std::move(body);
  return asked;
}

TEST(Limits, APageThatNobodyCouldTakeGoesBackWithAllThatItHeld) {
  clinic c;
  auto const asked = page_sent("/visit/goals/1", "lang=es",
                               "goals.most=to+%22sleep%22+%3Cwell%3E&goals.most=b&_form=f%7C1");
  auto const answer = service::refuse(c.app(), 503, "Every worker is busy", &asked);
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(field_of(answer, "retry-after"), "");
  auto const& page = body_of(answer);
  EXPECT_THAT(page, HasSubstr("action=\"/visit/goals/1?lang=es\""));
  EXPECT_THAT(page, HasSubstr("name=\"goals.most\" value=\"to &quot;sleep&quot; &lt;well&gt;\""));
  EXPECT_THAT(page, HasSubstr("name=\"goals.most\" value=\"b\""));
  EXPECT_THAT(page, HasSubstr("name=\"_form\" value=\"f|1\""));
  EXPECT_THAT(page, HasSubstr("Enviar otra vez"));
}

TEST(Limits, LinesOfAPageThatNobodyCouldTakeStayLines) {
  clinic c;
  auto const asked =
      page_sent("/visit/correction", "", "operations=2011+knee%0A2015+%22hip%22%0Aend");
  auto const answer = service::refuse(c.app(), 503, "Every worker is busy", &asked);
  EXPECT_THAT(body_of(answer),
              HasSubstr("name=\"operations\" value=\"2011 knee\n2015 &quot;hip&quot;\nend\""));
}

TEST(Limits, APhotoOnAPageThatNobodyCouldTakeIsToBeChosenAgain) {
  clinic c;
  auto asked = page_sent("/visit/registration/2", "",
                         "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nZo\xC3\xAB\r\n"
                         "--b\r\nContent-Disposition: form-data; name=\"card\"; "
                         "filename=\"card.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\xFF\xD8\xFF\r\n"
                         "--b--\r\n");
  asked.fields.front().value = "multipart/form-data; boundary=b";
  auto const page = body_of(service::refuse(c.app(), 503, "Every worker is busy", &asked));
  EXPECT_THAT(page, HasSubstr("name=\"a\" value=\"Zoë\""));
  EXPECT_THAT(page, HasSubstr("must be chosen once more"));
  EXPECT_THAT(page, Not(HasSubstr("\xFF\xD8")));
}

TEST(Limits, NobodyElsesPageBecomesOneOfOurs) {
  struct row {
    char const* name;
    char const* path;
    char const* site;
    int status;
  };
  row const rows[] = {{"another site's page", "/visit/goals/1", "cross-site", 503},
                      {"a password", "/desk/sign-in", "same-origin", 503},
                      {"what is wrong stays wrong", "/visit/goals/1", "same-origin", 400},
                      {"an address that takes nothing", "/healthz", "same-origin", 503}};
  clinic c;
  for (auto const& each : rows) {
    auto asked = page_sent(each.path, "", "goals.most=marked-word");
    asked.fields.back().value = each.site;
    auto const answer = service::refuse(c.app(), each.status, "Every worker is busy", &asked);
    EXPECT_EQ(answer.status, each.status) << each.name;
    EXPECT_THAT(body_of(answer), Not(HasSubstr("marked-word"))) << each.name;
  }
}

}  // namespace
}  // namespace intake::tests
