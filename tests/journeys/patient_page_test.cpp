#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using fields = std::vector<std::pair<std::string, std::string>>;
using testing::HasSubstr;
using testing::Not;

std::string page_token(clinic& c, std::string const& form) {
  return attribute_after(body_of(c.get("/forms/" + form)), "name=\"_token\"", "value");
}

/// Enough of the form "peg" to be complete.
fields whole_peg(std::string const& token) {
  return {{"_token", token},
          {"peg/peg.pain", "7"},
          {"peg/peg.enjoyment", "5"},
          {"peg/peg.activity", "6"}};
}

TEST(PatientPage, ListsTheFormsInEachLanguage) {
  clinic c;
  EXPECT_THAT(body_of(c.get("/?lang=en")), HasSubstr("Patient forms"));
  EXPECT_THAT(body_of(c.get("/?lang=es")), HasSubstr("Formularios para pacientes"));
  auto const haitian = body_of(c.get("/?lang=ht"));
  EXPECT_THAT(haitian, HasSubstr("<html lang=\"ht\""));
  EXPECT_THAT(haitian, HasSubstr("Evalyasyon: pa pou vrè pasyan"));
}

TEST(PatientPage, EveryFormOfThePacketShows) {
  clinic c;
  for (auto const& form : c.parts().forms().library.forms()) {
    auto const answer = c.get("/forms/" + form->header().id + "?lang=ht");
    EXPECT_EQ(answer.status, 200) << form->header().id;
  }
  EXPECT_EQ(c.get("/forms/none").status, 404);
}

TEST(PatientPage, SaysCall911OnlyToThoseWhoseAnswersAskForIt) {
  clinic c;
  // For the page's script to show; a browser without one shows nothing that is hidden.
  EXPECT_THAT(body_of(c.get("/forms/pain-history")), HasSubstr(" hidden>Call 911 now"));
  auto const answer =
      c.post_form("/forms/pain-history",
                  {{"_token", page_token(c, "pain-history")},
                   {"pain.safety/pain.red-flags",
                    "https://intake.example/fhir/CodeSystem/pain.red-flags|saddle-numbness"}});
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("Call 911 now"));
  EXPECT_THAT(body_of(answer), Not(HasSubstr(" hidden>Call 911 now")));
}

TEST(PatientPage, SendsAFormAndShowsItsReceipt) {
  clinic c;
  auto const answer = c.post_form("/forms/peg", whole_peg(page_token(c, "peg")));
  EXPECT_EQ(answer.status, 200) << body_of(answer);
  EXPECT_THAT(body_of(answer), HasSubstr("We have your form"));
  EXPECT_THAT(body_of(answer),
              HasSubstr(c.rows().value("SELECT receipt FROM submission").substr(0, 5)));
}

TEST(PatientPage, ADoubleClickIsOneSubmission) {
  clinic c;
  auto const typed = whole_peg(page_token(c, "peg"));
  auto const first = c.post_form("/forms/peg", typed);
  auto const second = c.post_form("/forms/peg", typed);
  EXPECT_EQ(body_of(first), body_of(second));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "1");
}

TEST(PatientPage, TheBackButtonWithOtherAnswersSaysToCall) {
  clinic c;
  auto typed = whole_peg(page_token(c, "peg"));
  EXPECT_EQ(c.post_form("/forms/peg", typed).status, 200);
  typed[1].second = "2";
  auto const answer = c.post_form("/forms/peg", typed);
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(body_of(answer), HasSubstr("already sent with other answers"));
}

TEST(PatientPage, KeepsWhatWasTypedAndNamesEveryMistake) {
  clinic c;
  auto const answer =
      c.post_form("/forms/registration", {{"_token", page_token(c, "registration")},
                                          {"patient.name/patient.name.given", "Zoë \"Z\" <b>"},
                                          {"patient.birth/patient.birth-date:day", "31"},
                                          {"patient.birth/patient.birth-date:month", "2"},
                                          {"patient.birth/patient.birth-date:year", "1950"}});
  EXPECT_EQ(answer.status, 422);
  auto const& html = body_of(answer);
  EXPECT_THAT(html, HasSubstr("There is a problem"));
  EXPECT_THAT(html, HasSubstr("Last name: "));
  EXPECT_THAT(html, HasSubstr("Zoë &quot;Z&quot; &lt;b&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
  EXPECT_THAT(html, HasSubstr("value=\"1950\""));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
}

TEST(PatientPage, WhatCannotBeSeenIsNoName) {
  clinic c;
  for (std::string const unseen : {" ", "\u00a0", "\u200b", " \ufeff\u3000 "}) {
    auto const answer =
        c.post_form("/forms/registration", {{"_token", page_token(c, "registration")},
                                            {"patient.name/patient.name.given", "Zoë"},
                                            {"patient.name/patient.name.family", unseen}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(body_of(answer), HasSubstr("Last name: Answer this question.")) << unseen.size();
    EXPECT_THAT(body_of(answer), Not(HasSubstr("First name: Answer this question.")));
  }
}

TEST(PatientPage, TelephonesAreTakenAsPeopleWriteThem) {
  clinic c;
  auto const refuses = [&](std::string const& typed) {
    auto const answer = c.post_form(
        "/forms/registration",
        {{"_token", page_token(c, "registration")}, {"patient.contact/patient.phone", typed}});
    return body_of(answer).find("Phone number: ") != std::string::npos;
  };
  for (auto const* typed : {"305 555 0111", "305 555 0111 x4", "305-555-0111 ext. 12",
                            "305\u2013555\u20130111", "305/555-0111", "+1 (305) 555-0111"}) {
    EXPECT_FALSE(refuses(typed)) << typed;
  }
  for (auto const* typed : {"abc", "12", "305 555 0111 x", "305 555 0111 or 0112"}) {
    EXPECT_TRUE(refuses(typed)) << typed;
  }
}

TEST(PatientPage, DatesInMessagesAreWrittenAsTheLanguageWritesThem) {
  clinic c;
  struct message_case {
    char const* language;
    char const* says;
  };
  constexpr message_case cases[] = {{"en", "The answer must be January 1, 1900 or more."},
                                    {"es", "La respuesta debe ser 1 de enero de 1900 o más."},
                                    {"ht", "Repons lan dwe 1 janvye 1900 oswa plis."}};
  for (auto const& each : cases) {
    auto const answer = c.post_form(std::string("/forms/registration?lang=") + each.language,
                                    {{"_token", page_token(c, "registration")},
                                     {"patient.birth/patient.birth-date:day", "1"},
                                     {"patient.birth/patient.birth-date:month", "2"},
                                     {"patient.birth/patient.birth-date:year", "1850"}});
    EXPECT_THAT(body_of(answer), HasSubstr(each.says));
  }
}

TEST(PatientPage, APageOpenForTooLongCanStillBeSent) {
  clinic c;
  auto const old = page_token(c, "peg");
  c.now += std::chrono::hours(25);
  auto const answer = c.post_form("/forms/peg", whole_peg(old));
  EXPECT_EQ(answer.status, 422);
  auto const fresh = attribute_after(body_of(answer), "name=\"_token\"", "value");
  EXPECT_NE(fresh, old);
  EXPECT_EQ(c.post_form("/forms/peg", whole_peg(fresh)).status, 200);
}

TEST(PatientPage, AnotherSitesFormIsRefused) {
  clinic c;
  service::request asked;
  asked.method = service::http_method::post;
  asked.path = "/forms/peg";
  asked.fields = {{"content-type", "application/x-www-form-urlencoded"},
                  {"sec-fetch-site", "cross-site"}};
  EXPECT_EQ(service::dispatch(c.app(), asked).status, 403);
  asked.fields = {{"origin", "https://evil.example"}};
  EXPECT_EQ(service::dispatch(c.app(), asked).status, 403);
}

TEST(PatientPage, APageAndAnApiClientThatSendTheSameAgree) {
  clinic c;
  auto const token = page_token(c, "peg");
  EXPECT_EQ(c.post_form("/forms/peg", whole_peg(token)).status, 200);
  auto const id = c.rows().value("SELECT id FROM submission");
  auto const again = c.post_fhir(
      R"({"resourceType":"QuestionnaireResponse","language":"en","status":"completed",)"
      R"("questionnaire":"https://intake.example/fhir/Questionnaire/peg","item":[{"linkId":"peg","item":[)"
      R"({"linkId":"peg.pain","answer":[{"valueInteger":7}]},)"
      R"({"linkId":"peg.enjoyment","answer":[{"valueInteger":5}]},)"
      R"({"linkId":"peg.activity","answer":[{"valueInteger":6}]}]}]})",
      {{"if-none-exist", "identifier=urn:ietf:rfc:3986|urn:uuid:" + id}});
  EXPECT_EQ(again.status, 200) << body_of(again);
}

TEST(PatientPage, AFloodIsToldToWaitAndKeepsWhatWasTyped) {
  clinic c;
  auto const token = page_token(c, "pain-history");
  fields const typed{{"_token", token}, {"ask/ask.clinic", "Will it hurt?"}};
  auto answer = c.post_form("/forms/pain-history", typed);
  for (int i = 0; i < 200 && answer.status != 429; ++i) {
    answer = c.post_form("/forms/pain-history", typed);
  }
  EXPECT_EQ(answer.status, 429);
  EXPECT_THAT(body_of(answer), HasSubstr("wait a minute"));
  EXPECT_THAT(body_of(answer), HasSubstr("Will it hurt?"));
  EXPECT_THAT(body_of(answer), HasSubstr(token));
  EXPECT_GE(std::stoi(field_of(answer, "retry-after")), 1);
}

}  // namespace
}  // namespace intake::tests
