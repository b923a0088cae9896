// A patient's packet, page by page: begun, kept, left, come back to, sent.
#include "forms/from_fields.hpp"
#include "forms/json_reader.hpp"
#include "service/housekeeping.hpp"
#include "service/patients/page_list.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/typical_patient.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using fields = page_fields;
using service::patients::page_items;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

void begin(clinic& c, std::string const& kind) {
  auto const answer = c.post_form("/visit", {{"kind", kind}});
  ASSERT_EQ(answer.status, 303) << body_of(answer);
  EXPECT_EQ(field_of(answer, "location"), "/visit?lang=en");
  c.keep_cookie_of(answer);
}

fields with_birth_date(std::string const& month, std::string const& year) {
  return {{"patient.birth/patient.birth-date:day", "2"},
          {"patient.birth/patient.birth-date:month", month},
          {"patient.birth/patient.birth-date:year", year},
          {"patient.birth/patient.sex", "http://hl7.org/fhir/administrative-gender|female"}};
}

constexpr auto birth_page = "/visit/registration/3";

std::string code_on(clinic& c) {
  auto const html = body_of(c.get("/visit"));
  std::string_view const mark = "intake-code\">";
  auto const at = html.find(mark);
  return at == std::string::npos ? "" : html.substr(at + mark.size(), 11);
}

fields resume_fields(std::string const& code, std::string const& year) {
  return {{"code", code}, {"day", "2"}, {"month", "March"}, {"year", year}};
}

TEST(Visit, BeginsWithTheReasonAndShowsItsForms) {
  clinic c;
  EXPECT_THAT(body_of(c.get("/?lang=ht")), HasSubstr("Poukisa w ap vini?"));
  EXPECT_EQ(c.post_form("/visit", {}).status, 422);
  EXPECT_EQ(c.post_form("/visit", {{"kind", "tourist"}}).status, 422);
  auto const answer = c.post_form("/visit", {{"kind", "new-patient"}});
  EXPECT_THAT(field_of(answer, "set-cookie"), StartsWith("__Host-intake-visit="));
  EXPECT_THAT(field_of(answer, "set-cookie"), HasSubstr("HttpOnly; SameSite=Lax"));
  c.keep_cookie_of(answer);
  auto const html = body_of(c.get("/visit"));
  EXPECT_THAT(html, HasSubstr("About you"));
  EXPECT_THAT(html, HasSubstr("minutes left"));
  EXPECT_THAT(html, Not(HasSubstr("Your car accident")));
  EXPECT_THAT(html, Not(HasSubstr("intake-code"))) << "without a birth date no code would work";
}

TEST(Visit, WithoutItsCookieThereIsNone) {
  clinic c;
  begin(c, "new-patient");
  c.sign_out();
  for (auto const* path :
       {"/visit", "/visit/registration/1", "/visit/check", "/visit/received", "/visit/copy.pdf"}) {
    auto const answer = c.get(path);
    EXPECT_EQ(answer.status, 303) << path;
    EXPECT_THAT(field_of(answer, "location"), StartsWith("/resume?")) << path;
  }
}

TEST(Visit, KeepsAPageSealedAndShowsItAgain) {
  clinic c;
  begin(c, "new-patient");
  auto const answer = c.post_form(birth_page, with_birth_date("March", "1961"));
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(field_of(answer, "location"), "/visit/registration/4?lang=en");
  EXPECT_THAT(body_of(c.get(birth_page)), HasSubstr("value=\"1961\""));
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("In progress"));
  EXPECT_EQ(
      c.rows().value("SELECT count(*) FROM draft WHERE position('1961'::bytea IN content) > 0 "
                     "OR position('new-patient'::bytea IN content) > 0"),
      "0");
}

TEST(Visit, SaysWhatIsWrongOnThePageItIsOn) {
  clinic c;
  begin(c, "new-patient");
  auto typed = with_birth_date("Marchember", "1961");
  auto const answer = c.post_form(birth_page, typed);
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("There is a problem"));
  EXPECT_THAT(body_of(answer), HasSubstr("value=\"Marchember\""));
  EXPECT_THAT(body_of(answer), Not(HasSubstr("Last name")));
  EXPECT_THAT(body_of(c.get(birth_page)), Not(HasSubstr("Marchember")));
}

TEST(Visit, ChangesTheLanguageAndKeepsWhatWasTyped) {
  clinic c;
  begin(c, "new-patient");
  auto typed = with_birth_date("Marchember", "1961");
  typed.emplace_back("_switch", "es");
  auto const answer = c.post_form(birth_page, typed);
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(body_of(answer), HasSubstr("<html lang=\"es\""));
  EXPECT_THAT(body_of(answer), HasSubstr("Fecha de nacimiento"));
  EXPECT_THAT(body_of(answer), HasSubstr("value=\"Marchember\""));
  EXPECT_THAT(body_of(answer), HasSubstr("action=\"/visit/registration/3?lang=es\""));
}

TEST(Visit, SaysCall911AtOnceAndUntilItIsSent) {
  clinic c;
  begin(c, "new-patient");
  auto const safety = [&](std::string const& flag) {
    auto const no = "https://intake.example/fhir/CodeSystem/yes-no|no";
    return field_of(c.post_form("/visit/pain-history/2",
                                {{"pain.safety/pain.red-flags",
                                  "https://intake.example/fhir/CodeSystem/pain.red-flags|" + flag},
                                 {"pain.safety/pain.cancer", no},
                                 {"pain.safety/pain.blood-thinner", no}}),
                    "location");
  };
  EXPECT_THAT(body_of(c.get("/visit/pain-history/2")), HasSubstr(" hidden>Call 911 now"));
  ASSERT_EQ(safety("saddle-numbness"), "/visit/pain-history/3?lang=en");
  for (auto const* path : {"/visit/pain-history/3", "/visit", "/visit/registration/1"}) {
    EXPECT_THAT(body_of(c.get(path)), HasSubstr("Call 911 now")) << path;
  }
  ASSERT_EQ(safety("none"), "/visit/pain-history/3?lang=en");
  EXPECT_THAT(body_of(c.get("/visit")), Not(HasSubstr("911")));
}

TEST(Visit, ComesBackWithCodeAndBirthDateFromAnotherBrowser) {
  clinic c;
  begin(c, "new-patient");
  c.post_form(birth_page, with_birth_date("March", "1961"));
  auto const code = code_on(c);
  ASSERT_EQ(code.size(), 11U);
  c.sign_out();
  EXPECT_EQ(c.post_form("/resume", resume_fields(code, "1962")).status, 422);
  auto const answer = c.post_form("/resume", resume_fields(code, "1961"));
  ASSERT_EQ(answer.status, 303);
  c.keep_cookie_of(answer);
  EXPECT_THAT(body_of(c.get(birth_page)), HasSubstr("value=\"1961\""));
  EXPECT_EQ(c.rows().value("SELECT string_agg(outcome, ' ' ORDER BY number) FROM audit_event "
                           "WHERE action = 'draft-resumed'"),
            "refused done");
}

TEST(Visit, ACodeIsLockedAfterFiveWrongDatesAndSaysNothingElse) {
  clinic c;
  begin(c, "new-patient");
  c.post_form(birth_page, with_birth_date("March", "1961"));
  auto const code = code_on(c);
  c.sign_out();
  auto const unknown = body_of(c.post_form("/resume", resume_fields("00000-00000", "1962")));
  for (int i = 0; i < 5; ++i) {
    auto html = body_of(c.post_form("/resume", resume_fields(code, "1962")));
    html.replace(html.find(code), code.size(), "00000-00000");
    EXPECT_EQ(html, unknown);
  }
  EXPECT_EQ(c.post_form("/resume", resume_fields(code, "1961")).status, 422);
}

TEST(Visit, IsOverAfterThirtyDays) {
  clinic c;
  begin(c, "new-patient");
  c.post_form(birth_page, with_birth_date("March", "1961"));
  c.now += std::chrono::hours(24 * 30 - 1);
  EXPECT_EQ(c.get("/visit").status, 200);
  c.now += std::chrono::hours(1);
  EXPECT_EQ(c.get("/visit").status, 303);
  auto const typed = c.post_form(birth_page, with_birth_date("April", "1961"));
  EXPECT_EQ(typed.status, 422);
  EXPECT_THAT(body_of(typed), HasSubstr("value=\"April\"")) << "what was typed stays on the page";
  service::housekeeping(c.app()).once();
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM draft"), "0") << "it is deleted";
}

TEST(Visit, TwoWindowsKeepEachOthersPages) {
  clinic c;
  begin(c, "new-patient");
  c.get("/visit/registration/2");
  c.post_form(birth_page, with_birth_date("March", "1961"));
  c.post_form("/visit/registration/2", {{"patient.name/patient.name.given", "Zoë"},
                                        {"patient.name/patient.name.family", "Example"}});
  EXPECT_THAT(body_of(c.get(birth_page)), HasSubstr("value=\"1961\""));
  EXPECT_THAT(body_of(c.get("/visit/registration/2")), HasSubstr("value=\"Zoë\""));
}

TEST(Visit, SendsTheWholeFirstVisitAndGivesReceiptAndCopy) {
  clinic c;
  begin(c, "new-patient");
  typical_patient const who(c, "new-patient");
  for (auto const& id : who.order()) EXPECT_EQ(fill_form(c, who, id), "/visit?lang=en") << id;
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("All needed forms are filled in."));
  auto const check = body_of(c.get("/visit/check"));
  EXPECT_THAT(check, HasSubstr("Check your answers"));
  EXPECT_THAT(check, HasSubstr("/visit/registration/3?lang=en&amp;from=check"));
  auto const sent = c.post_form("/visit/send", {});
  ASSERT_EQ(field_of(sent, "location"), "/visit/received?lang=en") << body_of(sent);
  auto const receipt = c.rows().value("SELECT receipt FROM submission");
  auto const page = body_of(c.get("/visit/received"));
  EXPECT_THAT(page, HasSubstr(receipt.substr(0, 5) + "-" + receipt.substr(5)));
  EXPECT_THAT(page, HasSubstr("Your insurance"));
  EXPECT_EQ(c.rows().value("SELECT array_length(forms, 1) FROM submission_version"),
            std::to_string(who.order().size()));

  // Pressed twice, or gone back to: the same receipt, one submission, nothing to change any more.
  EXPECT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  EXPECT_EQ(c.get(birth_page).status, 303);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "1");

  EXPECT_THAT(body_of(c.get("/visit/copy.pdf")), StartsWith("%PDF-"));
  c.now += std::chrono::hours(1);
  EXPECT_EQ(c.get("/visit/copy.pdf").status, 303) << "the copy is there for an hour";
}

TEST(Visit, SendsWhatIsDoneAndSaysWhatIsNot) {
  clinic c;
  begin(c, "new-patient");
  typical_patient const who(c, "new-patient");
  EXPECT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit?lang=en");
  EXPECT_EQ(fill_form(c, who, "registration"), "/visit?lang=en");
  auto const check = body_of(c.get("/visit/check"));
  EXPECT_THAT(check, HasSubstr("will not be sent"));
  EXPECT_THAT(check, HasSubstr("Send what I have"));
  EXPECT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  EXPECT_EQ(c.rows().value("SELECT array_to_string(forms, ' ') FROM submission_version"),
            "https://intake.example/fhir/Questionnaire/registration|1.0.0");
}

// Forms without a name would reach the desk as nobody's.
TEST(Visit, SendsNothingBeforeItIsKnownWhoItIs) {
  clinic c;
  begin(c, "new-patient");
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "goals");
  EXPECT_THAT(body_of(c.get("/visit")), Not(HasSubstr("/visit/check")));
  EXPECT_EQ(field_of(c.get("/visit/check"), "location"), "/visit?lang=en");
  EXPECT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit?lang=en");
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
}

TEST(Visit, AsksWhoItIsWhateverTheReason) {
  clinic c;
  begin(c, "follow-up");
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("About you"));
}

TEST(Visit, ChangingAnAnswerFromTheCheckPageLeadsBackToIt) {
  clinic c;
  begin(c, "follow-up");
  typical_patient const who(c, "follow-up");
  fill_form(c, who, "follow-up");
  auto const pages = service::patients::pages_of(who.form("follow-up"));
  auto const answer =
      c.post_form("/visit/follow-up/" + std::to_string(pages.size()) + "?from=check",
                  who.of_page("follow-up", pages.back()));
  EXPECT_EQ(field_of(answer, "location"), "/visit/check?lang=en");
}

TEST(Visit, MoodIsPutToAProxyOnlyWhereTheClinicSaysSo) {
  clinic c;
  begin(c, "new-patient");
  typical_patient const who(c, "/deploy/sample-day/02-minor-with-guardian.json");
  fill_form(c, who, "registration");
  EXPECT_THAT(body_of(c.get("/visit")), Not(HasSubstr("/visit/phq/")));
  c.ask_everybody();
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("/visit/phq/"));
}

TEST(Visit, AGuardianSaysWhoTheyAreOnceForSeveralChildren) {
  clinic c;
  begin(c, "new-patient");
  typical_patient const who(c, "/deploy/sample-day/02-minor-with-guardian.json");
  for (auto const& id : who.order()) fill_form(c, who, id);
  auto const number = say_another_child(c, who);
  auto const pages = service::patients::pages_of(who.form("representative"));
  ASSERT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  EXPECT_THAT(body_of(c.get("/visit/received")), HasSubstr("Fill in for another child"));
  auto const next = c.post_form("/visit/another", {});
  ASSERT_EQ(field_of(next, "location"), "/visit?lang=en");
  c.keep_cookie_of(next);
  fill_form(c, who, "registration");
  auto const name = who.of_page("representative", pages.front()).front().second;
  EXPECT_THAT(body_of(c.get("/visit/representative/1")), HasSubstr(name));
  EXPECT_THAT(body_of(c.get("/visit/representative/" + number)), Not(HasSubstr("checked")));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "1");
}

TEST(Visit, WhatWasFinishedIsSentInWhateverLanguage) {
  struct language_case {
    char const* finished_in;
    char const* sent_in;
    char const* patient;
    char const* finished;
    char const* instead;
  };
  language_case const cases[] = {
      {"en", "es", "new-patient", "peg", "daily-life"},
      {"es", "en", "/deploy/sample-day/01-medicare-supplement-kreyol.json", "daily-life", "peg"}};
  for (auto const& each : cases) {
    clinic c;
    begin(c, "new-patient");
    typical_patient const who(c, each.patient);
    fill_form(c, who, "registration", each.finished_in);
    fill_form(c, who, each.finished, each.finished_in);
    auto const lang = "?lang=" + std::string(each.sent_in);
    auto const list = body_of(c.get("/visit" + lang));
    EXPECT_THAT(list, HasSubstr(std::string("/visit/") + each.finished + "/")) << each.finished;
    EXPECT_THAT(list, Not(HasSubstr(std::string("/visit/") + each.instead + "/")));
    ASSERT_EQ(field_of(c.post_form("/visit/send" + lang, {}), "location"),
              "/visit/received" + lang);
    EXPECT_THAT(c.rows().value("SELECT array_to_string(forms, ' ') FROM submission_version"),
                HasSubstr(std::string("/") + each.finished + "|"))
        << each.finished;
  }
}

TEST(Visit, FillsInWhatAnEarlierFormWasTold) {
  clinic c;
  begin(c, "procedure-referral");
  auto const& library = c.parts().forms().library;
  auto const page_with = [&](std::string const& form, std::string_view link_id) {
    auto const* found = library.find_by_id(form);
    auto const pages = service::patients::pages_of(*found);
    for (std::size_t i = 0; i < pages.size(); ++i) {
      for (auto const top : pages[i].items) {
        if (found->contains(top, found->find(link_id)->index)) return i + 1;
      }
    }
    return std::size_t{0};
  };
  typical_patient const who(c, "procedure-referral");
  fill_form(c, who, "pain-history");
  auto const page =
      body_of(c.get("/visit/procedure-check/" +
                    std::to_string(page_with("procedure-check", "pain.blood-thinner"))));
  auto const at = page.find("pain.blood-thinner");
  ASSERT_NE(at, std::string::npos);
  EXPECT_THAT(page.substr(at), HasSubstr(" checked"));
}

/// The packet, and beside its consents a next version: the text about treatment is another from
/// 2036 on, all others are the same for longer.
class two_editions {
 public:
  two_editions() : folder_(certs::temporary_folder()) {
    namespace fs = std::filesystem;
    fs::copy(INTAKE_SOURCE "/forms/packet", where(), fs::copy_options::recursive);
    auto text = read_text_file(where() + "/consent.json");
    replace(text, "\"version\": \"1.0.0\"", "\"version\": \"2.0.0\"");
    replace(text, "2035-12-31", "2045-12-31");
    auto const at = text.find("treatment-2026-01");
    text.replace(at, 17, "treatment-2036-01");
    text.replace(text.find("2026-01-01", at), 10, "2036-01-01");
    std::ofstream(where() + "/consent-2.json") << text;
  }
  std::string where() const { return folder_ / "packet"; }

 private:
  static void replace(std::string& text, std::string_view old, std::string_view now) {
    for (auto at = text.find(old); at != text.npos; at = text.find(old, at + now.size())) {
      text.replace(at, old.size(), now);
    }
  }
  certs::temporary_folder folder_;
};

certs::utc_time noon_on(std::chrono::year_month_day day) {
  return std::chrono::sys_days{day} + std::chrono::hours(17);
}

TEST(Visit, OnlyTheTextThatEndedMeanwhileIsSignedAgain) {
  using namespace std::chrono_literals;
  two_editions const forms;
  clinic c(forms.where());
  c.now = noon_on(2035y / 12 / 31);
  begin(c, "new-patient");
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "registration");
  fill_form(c, who, "consent");
  auto const form = c.parts().forms().library.find_presentable("consent", "2036-01-01");
  ASSERT_EQ(form->header().version, "2.0.0");
  c.now = noon_on(2036y / 1 / 1);
  auto const pages = service::patients::pages_of(*form);
  std::size_t open = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (service::patients::name_of(*form, pages[i]) != "consent.treatment") continue;
    ++open;
    auto const page = body_of(c.get("/visit/consent/" + std::to_string(i + 1)));
    EXPECT_THAT(page, Not(HasSubstr("Pat Example"))) << "nobody signed the new text";
  }
  EXPECT_EQ(open, 1U);
  EXPECT_THAT(body_of(c.get("/visit/check")), Not(HasSubstr("Send my forms")));
  fill_form(c, who, "consent");
  EXPECT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  EXPECT_THAT(c.rows().value("SELECT array_to_string(forms, ' ') FROM submission_version"),
              HasSubstr("Questionnaire/consent|2.0.0"));
}

TEST(Visit, APageOfATextThatWasReplacedIsNoSignatureUnderTheNewOne) {
  using namespace std::chrono_literals;
  two_editions const forms;
  clinic c(forms.where());
  c.now = noon_on(2036y / 1 / 1);
  auto const token = attribute_after(body_of(c.get("/forms/consent")), "name=\"_token\"", "value");
  fields const typed{{"_token", token},
                     {"_form", "https://intake.example/fhir/Questionnaire/consent|1.0.0"},
                     {"consent.treatment/consent.treatment.choice",
                      "https://intake.example/fhir/CodeSystem/consent.choice|type"},
                     {"consent.treatment/consent.treatment.typed-name", "Pat Example"},
                     {"consent.signer/consent.signer.name", "Pat E. Signer"}};
  auto const answer = c.post_form("/forms/consent", typed);
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("has been replaced"));
  EXPECT_THAT(body_of(answer), Not(HasSubstr("Pat Example")));
  EXPECT_THAT(body_of(answer), HasSubstr("Pat E. Signer"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
}

TEST(Visit, AnotherSitesPageCanNeitherBeginNorSaveNorSend) {
  clinic c;
  begin(c, "follow-up");
  for (auto const* path : {"/visit", "/visit/peg/1", "/visit/send", "/visit/leave", "/resume"}) {
    service::request asked;
    asked.method = service::http_method::post;
    asked.path = path;
    asked.fields = {{"content-type", "application/x-www-form-urlencoded"},
                    {"sec-fetch-site", "cross-site"}};
    EXPECT_EQ(service::dispatch(c.app(), asked).status, 403) << path;
  }
}

}  // namespace
}  // namespace intake::tests
