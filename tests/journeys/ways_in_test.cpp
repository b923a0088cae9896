// The ways into a packet: a link, a tablet, a person of staff; and the questions afterwards.
#include "db/submissions.hpp"
#include "service/appointment_book.hpp"
#include "service/commands/commands.hpp"
#include "service/even_time.hpp"
#include "service/http/fields.hpp"
#include "service/record.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/typical_patient.hpp"

#include <chrono>
#include <cstdio>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A clinic at noon with one patient on its list, and the front desk's cookie.
class WaysIn : public testing::Test {
 protected:
  WaysIn() {
    certs::uuid id;
    service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                              {.number = "",
                               .location = "main",
                               .starts_at = c.now + std::chrono::minutes(30),
                               .who = {.family = "Example",
                                       .given = "Zoë",
                                       .birth_date = "1961-03-02",
                                       .phone = "305-555-0101",
                                       .visit_kind = "new-patient",
                                       .language = "es"}},
                              id);
    appointment = "/desk/appointments/" + certs::to_string(id);
    c.sign_in("front", account_role::front_desk);
    csrf = c.csrf();
    desk_cookie = c.cookie();
  }

  service::response press(std::string const& what, page_fields fields = {}) {
    c.use_cookie(desk_cookie);
    fields.emplace_back("csrf", csrf);
    return c.post_form(appointment + what, fields);
  }

  std::string today() {
    c.use_cookie(desk_cookie);
    return body_of(c.get("/desk/today"));
  }

  std::string page() {
    c.use_cookie(desk_cookie);
    return body_of(c.get(appointment));
  }

  /// The path of a fresh link.
  std::string link() {
    auto const sheet = body_of(press("/invite"));
    auto const at = sheet.find("/invited/");
    c.sign_out();
    return at == sheet.npos ? std::string("none") : sheet.substr(at, 9 + 43);
  }

  static page_fields born(std::string const& year) {
    return {{"day", "2"}, {"month", "March"}, {"year", year}};
  }

  clinic c;
  std::string appointment;
  std::string csrf;
  std::string desk_cookie;
};

TEST_F(WaysIn, ALinkAndTheBirthDateLeadToThePacket) {
  auto const sheet = body_of(press("/invite"));
  EXPECT_THAT(sheet, HasSubstr("<svg"));
  EXPECT_THAT(sheet, HasSubstr("Abra la cámara")) << "in the patient's language";
  auto const path = sheet.substr(sheet.find("/invited/"), 52);
  EXPECT_THAT(today(), HasSubstr("sent"));
  c.sign_out();
  EXPECT_THAT(body_of(c.get(path)), HasSubstr("date of birth"));
  EXPECT_EQ(c.post_form(path, born("1962")).status, 422);
  auto const in = c.post_form(path, born("1961"));
  ASSERT_EQ(field_of(in, "location"), "/visit?lang=en") << body_of(in);
  EXPECT_THAT(today(), HasSubstr("opened"));
  c.sign_out();
  c.keep_cookie_of(in);
  auto const name = body_of(c.get("/visit/registration/2"));
  EXPECT_THAT(name, HasSubstr("value=\"Zoë\"")) << "what the clinic knows is filled in";
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("intake-code"));
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "registration");
  EXPECT_THAT(today(), HasSubstr("started 1 of "));
  EXPECT_EQ(c.rows().value("SELECT string_agg(outcome, ' ' ORDER BY number) FROM audit_event "
                           "WHERE action = 'invitation-opened'"),
            "refused done");
}

TEST_F(WaysIn, TheLinkIsNotInTheDatabase) {
  auto const path = link();
  EXPECT_EQ(path.size(), 52U);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM invitation WHERE position('" + path.substr(20) +
                           "'::bytea IN content || verifier_hash || selector) > 0"),
            "0");
}

TEST_F(WaysIn, TheLinkAgainLeadsBackToWhatWasBegun) {
  auto const path = link();
  auto const first = c.post_form(path, born("1961"));
  c.keep_cookie_of(first);
  c.post_form("/visit/registration/3",
              {{"patient.birth/patient.birth-date:day", "2"},
               {"patient.birth/patient.birth-date:month", "3"},
               {"patient.birth/patient.birth-date:year", "1961"},
               {"patient.birth/patient.sex", "http://hl7.org/fhir/administrative-gender|female"}});
  c.sign_out();
  auto const second = c.post_form(path, born("1961"));
  c.keep_cookie_of(second);
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("In progress"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM draft"), "1");
}

TEST_F(WaysIn, WhateverIsWrongWithALinkTheAnswerIsTheSame) {
  std::string const unknown = "/invited/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  auto const path = link();
  auto const same = [&](std::string const& at, std::string const& year) {
    auto html = body_of(c.post_form(at, born(year)));
    for (auto found = html.find(at); found != html.npos; found = html.find(at)) {
      html.replace(found, at.size(), "/invited/x");
    }
    return html;
  };
  auto const wanted = same(unknown, "1962");
  EXPECT_THAT(wanted, HasSubstr("do not lead to any forms"));
  EXPECT_EQ(same(path, "1962"), wanted);
  EXPECT_EQ(same("/invited/nonsense", "1962"), wanted);
  auto other_verifier = path;
  other_verifier.replace(40, 3, "xyz");
  auto const html = body_of(c.post_form(other_verifier, born("1961")));
  EXPECT_THAT(html, HasSubstr("do not lead to any forms"));
  // Four more: with the first five wrong dates in all.
  for (int i = 0; i < 4; ++i) EXPECT_EQ(same(path, "1962"), wanted);
  EXPECT_EQ(c.post_form(path, born("1961")).status, 422) << "locked after five tries";
}

TEST_F(WaysIn, ANewLinkReplacesTheOldAndTimeEndsBoth) {
  auto const old = link();
  auto const path = link();
  EXPECT_EQ(c.post_form(old, born("1961")).status, 422);
  c.now += std::chrono::hours(24 * 14);
  EXPECT_EQ(c.post_form(path, born("1961")).status, 422);
}

TEST_F(WaysIn, AnUnknownLinkTakesAsLongAsAKnownOne) {
  auto const path = link();
  for (auto const& at : {path, std::string("/invited/nonsense")}) {
    auto const begin = std::chrono::steady_clock::now();
    c.post_form(at, born("1962"));
    EXPECT_GE(std::chrono::steady_clock::now() - begin, service::even_time::floor) << at;
  }
  for (auto const* at : {"/resume", "/arrived", "/device"}) {
    auto const begin = std::chrono::steady_clock::now();
    c.post_form(at, {{"code", "00000-00000"}, {"day", "2"}, {"month", "3"}, {"year", "1961"}});
    EXPECT_GE(std::chrono::steady_clock::now() - begin, service::even_time::floor) << at;
  }
}

TEST_F(WaysIn, WhatIsSentByALinkIsForItsAppointment) {
  auto const path = link();
  c.keep_cookie_of(c.post_form(path, born("1961")));
  typical_patient const who(c, "new-patient");
  for (auto const& id : who.order()) fill_form(c, who, id);
  ASSERT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  EXPECT_EQ(c.rows().value("SELECT how FROM appointment_match"), "visit");
  auto const html = today();
  EXPECT_THAT(html, HasSubstr("received"));
  EXPECT_THAT(html, Not(HasSubstr("forms: nothing received")));
  c.now += std::chrono::hours(2);
  c.sign_out();
  EXPECT_THAT(body_of(c.post_form(path, born("1961"))), HasSubstr("We have received your forms"));
}

TEST_F(WaysIn, AnInvitationForSomebodyWhoIsOnNoList) {
  c.use_cookie(desk_cookie);
  EXPECT_EQ(c.post_form("/desk/invitations", {{"csrf", csrf}, {"name", "Roe, Jo"}}).status, 422);
  auto const made = c.post_form("/desk/invitations", {{"csrf", csrf},
                                                      {"name", "Roe, Jo"},
                                                      {"born", "3/2/1961"},
                                                      {"visit", "follow-up"},
                                                      {"language", "ht"}});
  ASSERT_EQ(made.status, 200);
  EXPECT_THAT(body_of(made), HasSubstr("Louvri kamera"));
  auto const path = body_of(made).substr(body_of(made).find("/invited/"), 52);
  auto const list = body_of(c.get("/desk/invitations"));
  EXPECT_THAT(list, HasSubstr("Roe, Jo"));
  EXPECT_THAT(list, HasSubstr("<td class=\"govuk-table__cell\">made</td>"));
  c.sign_out();
  EXPECT_EQ(c.post_form(path, born("1961")).status, 303);
  c.use_cookie(desk_cookie);
  EXPECT_THAT(body_of(c.get("/desk/invitations")),
              HasSubstr("<td class=\"govuk-table__cell\">opened</td>"));
}

TEST_F(WaysIn, AnInvitationThatIsNotTakenComesBackAsItWasTyped) {
  c.use_cookie(desk_cookie);
  auto const answer = c.post_form("/desk/invitations", {{"csrf", csrf},
                                                        {"name", "Roe, \"Jo\""},
                                                        {"born", "31/12/1960"},
                                                        {"phone", "305-555-0142"},
                                                        {"mail", "jo@example.org"},
                                                        {"visit", "follow-up"},
                                                        {"language", "ht"}});
  EXPECT_EQ(answer.status, 422);
  for (auto const* part :
       {"value=\"Roe, &quot;Jo&quot;\"", "value=\"31/12/1960\"", "value=\"305-555-0142\"",
        "value=\"jo@example.org\"", "value=\"follow-up\" selected", "value=\"ht\" selected"}) {
    EXPECT_THAT(body_of(answer), HasSubstr(part));
  }
}

TEST_F(WaysIn, AnInvitationSaysBesideEachFieldWhatIsWrongWithIt) {
  struct wrong_case {
    std::string field;
    std::string typed;
    bool taken = false;
  };
  wrong_case const cases[] = {{"born", "1/1/2090"},
                              {"born", "yesterday"},
                              {"phone", "abc"},
                              {"phone", "12"},
                              {"phone", "305 555 0142 x4", true},
                              {"mail", "abc"},
                              {"mail", "jo@example.org", true},
                              {"visit", "none"},
                              {"language", "fr"},
                              {"name", "\u00a0"}};
  c.use_cookie(desk_cookie);
  for (auto const& each : cases) {
    std::map<std::string, std::string> fields{{"name", "Roe, Jo"},    {"born", "3/2/1961"},
                                              {"phone", ""},          {"mail", ""},
                                              {"visit", "follow-up"}, {"language", "en"}};
    fields[each.field] = each.typed;
    std::vector<std::pair<std::string, std::string>> typed(fields.begin(), fields.end());
    typed.emplace_back("csrf", csrf);
    auto const answer = c.post_form("/desk/invitations", typed);
    EXPECT_EQ(answer.status, each.taken ? 200 : 422) << each.field << each.typed;
    if (each.taken) continue;
    EXPECT_THAT(body_of(answer), HasSubstr("<li><a href=\"#" + each.field + "\">")) << each.typed;
    EXPECT_THAT(body_of(answer), HasSubstr("id=\"" + each.field + "-error\"")) << each.typed;
  }
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM invitation"), "2");
}

TEST_F(WaysIn, AFormOfTheDeskThatCannotBeReadIs400) {
  c.use_cookie(desk_cookie);
  constexpr auto const* type = "application/x-www-form-urlencoded";
  for (std::string const name : {"%00", "%FF", "%zz"}) {
    auto const body = "csrf=" + service::percent_encode(csrf) + "&name=" + name;
    EXPECT_EQ(c.post_body("/desk/invitations", type, body).status, 400) << name;
  }
  EXPECT_EQ(c.post_body("/desk/invitations", type, "csrf=forged&name=Roe").status, 403);
}

TEST_F(WaysIn, TheMessageOfALinkIsInThePatientsLanguageAndTellsNobodyElseAnything) {
  struct message_case {
    std::string_view language;
    std::string_view says;
  };
  message_case const cases[] = {{"en", "fill in your forms before your visit"},
                                {"es", "llene sus formularios antes de su visita"},
                                {"ht", "ranpli fòm ou yo anvan vizit ou a"}};
  c.use_cookie(desk_cookie);
  for (auto const& each : cases) {
    auto const html =
        body_of(c.post_form("/desk/invitations", {{"csrf", c.csrf()},
                                                  {"name", "Roe, Jo"},
                                                  {"born", "3/2/1961"},
                                                  {"visit", "follow-up"},
                                                  {"language", std::string(each.language)}}));
    auto const begins = html.find("id=\"message\"");
    ASSERT_NE(begins, html.npos);
    auto const message = html.substr(begins, html.find("</textarea>", begins) - begins);
    EXPECT_THAT(message, HasSubstr(std::string(each.says)));
    EXPECT_THAT(message, HasSubstr("/invited/"));
    EXPECT_THAT(message, HasSubstr(c.settings().clinic_phone));
    for (auto const* word : {"Pain", "pain", "Roe", "1961"}) {
      EXPECT_THAT(message, Not(HasSubstr(word))) << each.language;
    }
  }
}

TEST_F(WaysIn, ALinkFromTheCommandLineHasASheetToPrint) {
  certs::temporary_folder const folder;
  auto const sheet = (folder / "sheet.pdf").string();
  auto* const out = std::tmpfile();
  auto const code = service::commands::invitation_new(
      {.world = c.app().world, .out = out, .err = stderr, .assets = {}}, c.settings(),
      {.name = "Roe, Jo", .birth_date = "3/2/1961", .language = "ht", .output = sheet});
  EXPECT_EQ(code, service::exit_code::good);
  std::string printed(200, '\0');
  std::rewind(out);
  printed.resize(std::fread(printed.data(), 1, printed.size(), out));
  std::fclose(out);
  EXPECT_THAT(read_text_file(sheet), StartsWith("%PDF-"));
  ASSERT_THAT(printed, HasSubstr("/invited/"));
  c.sign_out();
  EXPECT_EQ(c.post_form(printed.substr(printed.find("/invited/"), 52), born("1961")).status, 303);
  EXPECT_THROW((void)service::commands::invitation_new(
                   {.world = c.app().world, .out = stderr, .err = stderr, .assets = {}},
                   c.settings(), {.name = "Roe, Jo", .birth_date = "soon"}),
               service::command_failed);
}

TEST_F(WaysIn, ATabletBeginsByACodeOnceAndForgetsEverything) {
  auto const sheet = body_of(press("/device"));
  std::string_view const mark = "intake-code\">";
  auto const code = sheet.substr(sheet.find(mark) + mark.size(), 11);
  c.sign_out();
  EXPECT_EQ(c.post_form("/device", {{"code", "00000-00000"}}).status, 422);
  auto const begun = c.post_form("/device", {{"code", code}});
  ASSERT_EQ(field_of(begun, "location"), "/visit?lang=es") << "in the patient's language";
  EXPECT_EQ(c.post_form("/device", {{"code", code}}).status, 422) << "a code works once";
  c.keep_cookie_of(begun);
  auto const list = c.get("/visit");
  EXPECT_THAT(body_of(list), HasSubstr("intake-note"));
  EXPECT_THAT(body_of(list), Not(HasSubstr("intake-code"))) << "the code is for a phone";
  EXPECT_THAT(field_of(list, "refresh"), HasSubstr("/device/still-there"));
  EXPECT_THAT(body_of(c.get("/visit/registration/2")), HasSubstr("value=\"Zoë\""));

  EXPECT_EQ(c.get("/visit/copy.pdf").status, 303) << "no file stays on the clinic's tablet";

  auto const ended = c.post_form("/visit/leave", {});
  EXPECT_EQ(field_of(ended, "location"), "/device?lang=en");
  EXPECT_THAT(field_of(ended, "clear-site-data"), HasSubstr("cache"));
  EXPECT_THAT(field_of(ended, "set-cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(c.get("/visit/registration/2").status, 303) << "back shows nothing";
  EXPECT_THAT(today(), HasSubstr("opened")) << "the draft stays for the day list";
}

TEST_F(WaysIn, LinkTabletAndStaffLeadToOnePacket) {
  auto const path = link();
  c.keep_cookie_of(c.post_form(path, born("1961")));
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "goals");
  auto const sheet = body_of(press("/device"));
  auto const code = sheet.substr(sheet.find("intake-code\">") + 13, 11);
  c.sign_out();
  c.keep_cookie_of(c.post_form("/device", {{"code", code}}));
  EXPECT_THAT(body_of(c.get("/visit?lang=en")), HasSubstr("govuk-tag--green"));
  c.add_cookie_of(press("/fill-in"));
  EXPECT_THAT(body_of(c.get("/visit?lang=en")), HasSubstr("govuk-tag--green"));
  c.sign_out();
  c.keep_cookie_of(c.post_form(path, born("1961")));
  EXPECT_THAT(body_of(c.get("/visit?lang=en")), HasSubstr("govuk-tag--green"));
  EXPECT_THAT(body_of(c.get("/visit?lang=en")), Not(HasSubstr("intake-note")))
      << "on the patient's own phone";
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM draft"), "1");
}

TEST_F(WaysIn, AnIdleTabletForgetsAndATouchedOneDoesNot) {
  auto const sheet = body_of(press("/device"));
  auto const code = sheet.substr(sheet.find("intake-code\">") + 13, 11);
  c.sign_out();
  c.keep_cookie_of(c.post_form("/device", {{"code", code}}));
  c.now += std::chrono::minutes(4);
  EXPECT_EQ(c.get("/visit").status, 200);
  c.now += std::chrono::minutes(4);
  EXPECT_EQ(c.get("/visit").status, 200);
  c.now += std::chrono::minutes(5);
  EXPECT_EQ(c.get("/visit").status, 303);
}

TEST_F(WaysIn, ACodeForATabletIsOverAfterTenMinutes) {
  auto const sheet = body_of(press("/device"));
  auto const code = sheet.substr(sheet.find("intake-code\">") + 13, 11);
  c.sign_out();
  c.now += std::chrono::minutes(10);
  EXPECT_EQ(c.post_form("/device", {{"code", code}}).status, 422);
}

TEST_F(WaysIn, ThePageThatEndsATabletLeavesAPhoneAlone) {
  c.sign_out();
  c.keep_cookie_of(c.post_form("/visit", {{"kind", "new-patient"}}));
  EXPECT_EQ(field_of(c.get("/device/end"), "set-cookie"), "");
  EXPECT_EQ(c.get("/visit").status, 200);
}

TEST_F(WaysIn, TheDayListCountsThePlainQuestionsOfThePatientsLanguage) {
  c.keep_cookie_of(c.post_form(link(), born("1961")));
  typical_patient const who(c, "/deploy/sample-day/01-medicare-supplement-kreyol.json");
  fill_form(c, who, "registration", "es");
  EXPECT_EQ(c.rows().value("SELECT forms_done FROM draft"), "1");
  fill_form(c, who, "daily-life", "es");
  EXPECT_EQ(c.rows().value("SELECT forms_done FROM draft"), "2");
}

TEST_F(WaysIn, AnotherChildsFormsAreWhereTheFirstOnesWere) {
  typical_patient const who(c, "/deploy/sample-day/02-minor-with-guardian.json");
  auto const first_child = [&] {
    for (auto const& id : who.order()) fill_form(c, who, id);
    say_another_child(c, who);
    c.post_form("/visit/send", {});
    return c.post_form("/visit/another", {});
  };
  auto const sheet = body_of(press("/device"));
  c.sign_out();
  c.keep_cookie_of(
      c.post_form("/device", {{"code", sheet.substr(sheet.find("intake-code\">") + 13, 11)}}));
  c.keep_cookie_of(first_child());
  auto const list = c.get("/visit");
  EXPECT_THAT(body_of(list), HasSubstr("This is a tablet of the clinic"));
  EXPECT_THAT(field_of(list, "refresh"), HasSubstr("/device/still-there"));
  EXPECT_THAT(field_of(c.get("/device/end"), "set-cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(c.get("/visit/representative/1").status, 303) << "the guardian's answers are gone";

  c.use_cookie(desk_cookie);
  auto const begun = press("/fill-in");
  c.add_cookie_of(begun);
  auto const next = first_child();
  c.use_cookie(desk_cookie);
  c.add_cookie_of(next);
  EXPECT_THAT(body_of(c.get("/visit?lang=en")), HasSubstr("front is filling this in together"));
}

TEST_F(WaysIn, AnotherChildsIdleTabletForgetsToo) {
  typical_patient const who(c, "/deploy/sample-day/02-minor-with-guardian.json");
  auto const sheet = body_of(press("/device"));
  c.sign_out();
  c.keep_cookie_of(
      c.post_form("/device", {{"code", sheet.substr(sheet.find("intake-code\">") + 13, 11)}}));
  for (auto const& id : who.order()) fill_form(c, who, id);
  say_another_child(c, who);
  c.post_form("/visit/send", {});
  c.keep_cookie_of(c.post_form("/visit/another", {}));
  EXPECT_EQ(c.get("/visit").status, 200);
  c.now += std::chrono::minutes(5);
  EXPECT_EQ(c.get("/visit").status, 303);
}

TEST_F(WaysIn, WhatStaffTypeIsMarkedSoInTheRecord) {
  auto const begun = press("/fill-in", {{"interpreter", "Ana Interpreter, by telephone"}});
  ASSERT_EQ(field_of(begun, "location"), "/visit?lang=es");
  c.add_cookie_of(begun);
  EXPECT_THAT(body_of(c.get("/visit?lang=en")), HasSubstr("front is filling this in together"));
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "registration");
  ASSERT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  EXPECT_EQ(c.rows().value("SELECT who FROM audit_event WHERE action = 'submission-received'"),
            "staff");
  auto const id = certs::parse_uuid(c.rows().value("SELECT id FROM submission"));
  auto const stored = db::open_submission(c.app().desk, *id);
  auto const reading = service::open_record(c.app().keks, c.app().forms, *stored);
  ASSERT_TRUE(reading.record) << reading.fault;
  EXPECT_EQ(reading.record->entry.by, "staff");
  EXPECT_EQ(reading.record->entry.name, "front");
  EXPECT_EQ(reading.record->entry.interpreter, "Ana Interpreter, by telephone");
  EXPECT_EQ(reading.record->head.filled_in, "staff");
  auto const& form = reading.record->forms.front();
  auto const* zip = forms::first_answer(*form.form, form.response.answers, "patient.address.zip");
  ASSERT_NE(zip, nullptr);
  EXPECT_EQ(zip->origin, forms::answer_origin::staff);
  EXPECT_THAT(page(), HasSubstr("Filled in by staff"));
}

TEST_F(WaysIn, WhatIsDoneArrivesAndTheRestFollowsAsTheNextVersion) {
  auto const path = link();
  c.keep_cookie_of(c.post_form(path, born("1961")));
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "registration");
  ASSERT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  auto const receipt = c.rows().value("SELECT receipt FROM submission");
  auto const spoken = receipt.substr(0, 5) + "-" + receipt.substr(5);
  EXPECT_THAT(body_of(c.get("/visit/received")), HasSubstr(spoken));
  EXPECT_THAT(body_of(c.get("/visit/received")), HasSubstr("Go on with the other forms"));
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("We have 1 of"));
  auto const visit_cookie = c.cookie();
  EXPECT_THAT(today(), HasSubstr("received 1 of "));
  EXPECT_THAT(today(), HasSubstr("form: "));

  // Pressed again without a change: nothing new.
  c.use_cookie(visit_cookie);
  c.post_form("/visit/send", {});
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission_version"), "1");

  for (auto const& id : who.order()) {
    if (id != "registration") fill_form(c, who, id);
  }
  auto const rest = c.post_form("/visit/send", {});
  ASSERT_EQ(field_of(rest, "location"), "/visit/received?lang=en") << body_of(rest);
  EXPECT_THAT(body_of(c.get("/visit/received")), HasSubstr(spoken)) << "one receipt";
  EXPECT_EQ(c.rows().value("SELECT count(*) || ' ' || count(DISTINCT submission_id) FROM "
                           "submission_version"),
            "2 1");
  EXPECT_EQ(c.rows().value("SELECT array_length(forms, 1) FROM submission_version WHERE "
                           "version = 2"),
            std::to_string(who.order().size()));
  EXPECT_THAT(today(), Not(HasSubstr("received 1 of ")));
}

TEST_F(WaysIn, AnAnswerThatGotLostOnTheWayCostsNothing) {
  auto const path = link();
  c.keep_cookie_of(c.post_form(path, born("1961")));
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "registration");
  auto const before = c.rows().sql("SELECT id, revision, kek_id, wrapped, content FROM draft");
  ASSERT_EQ(c.post_form("/visit/send", {}).status, 303);
  // As if the program had ended between COMMIT and the draft's note of it.
  c.rows().sql("UPDATE draft SET revision = " + before[0][1] + ", kek_id = '" + before[0][2] +
               "', wrapped = '" + before[0][3] + "', content = '" + before[0][4] + "'");
  fill_form(c, who, "medicines");
  ASSERT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  EXPECT_EQ(c.rows().value("SELECT string_agg(array_length(forms, 1)::text, ' ' ORDER BY "
                           "version) FROM submission_version"),
            "1 2");
}

TEST_F(WaysIn, HelpMeFinishIsOnTheDeskAndOpenedByStaff) {
  c.sign_out();
  c.keep_cookie_of(c.post_form("/visit", {{"kind", "new-patient"}}));
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "registration");
  EXPECT_EQ(c.post_form("/visit/help?lang=ht", {{"phone", "soon"}}).status, 422);
  ASSERT_EQ(c.post_form("/visit/help?lang=ht", {{"phone", "305-555-0199"}}).status, 303);
  EXPECT_THAT(body_of(c.get("/visit")), HasSubstr("We will call you on this number: 305-555-0199"));
  auto const patients_cookie = c.cookie();
  c.use_cookie(desk_cookie);
  auto const list = body_of(c.get("/desk/help"));
  EXPECT_THAT(list, HasSubstr("305-555-0199"));
  EXPECT_THAT(list, HasSubstr("Kreyòl"));
  auto const action = attribute_after(list, "intake-acts", "action");
  auto const taken = c.post_form(action, {{"csrf", csrf}, {"interpreter", "none"}});
  ASSERT_EQ(field_of(taken, "location"), "/visit?lang=ht");
  EXPECT_THAT(body_of(c.get("/desk/help")), HasSubstr("opened by front"));
  c.use_cookie(patients_cookie);
  EXPECT_EQ(c.get("/visit").status, 303) << "one person types at a time";
  c.use_cookie(desk_cookie);
  c.add_cookie_of(taken);
  EXPECT_EQ(c.post_form("/visit/send", {}).status, 303);
  EXPECT_EQ(c.rows().value("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_event WHERE "
                           "action LIKE 'draft-%'"),
            "draft-handed-to-staff draft-taken-over");
}

/// A patient who asks to be called, from an address of their own.
void ask_for_help(clinic& c, std::string const& phone) {
  c.now += std::chrono::seconds(1);
  c.use_address("192.0.2." + phone.substr(phone.size() - 2));
  c.sign_out();
  c.keep_cookie_of(c.post_form("/visit", {{"kind", "new-patient"}}));
  ASSERT_EQ(c.post_form("/visit/help", {{"phone", phone}}).status, 303);
}

TEST_F(WaysIn, WhoAsksForHelpLastIsOnTopAndNobodyIsLeftOut) {
  for (int i = 10; i < 62; ++i) ask_for_help(c, "305-555-01" + std::to_string(i));
  c.use_cookie(desk_cookie);
  auto const list = body_of(c.get("/desk/help"));
  EXPECT_LT(list.find("305-555-0161"), list.find("305-555-0160"));
  EXPECT_THAT(list, AllOf(HasSubstr("305-555-0112"), Not(HasSubstr("305-555-0111"))));
  auto const older = body_of(c.get(attribute_after(list, "<p class=\"govuk-body\"><a", "href")));
  EXPECT_THAT(older, AllOf(HasSubstr("305-555-0111"), HasSubstr("305-555-0110"),
                           Not(HasSubstr("305-555-0112")), Not(HasSubstr("Older"))));
  EXPECT_EQ(c.get("/desk/help?after=made-up").status, 400);
}

TEST_F(WaysIn, ARequestForHelpIsSettledOnceAndCanBeMadeAgain) {
  ask_for_help(c, "305-555-0199");
  auto const patients_cookie = c.cookie();
  c.use_cookie(desk_cookie);
  auto const first = body_of(c.get("/desk/help"));
  auto const settle = [&](std::string const& page, std::string const& token) {
    c.use_cookie(desk_cookie);
    return c.post_form(
        "/desk/help/" + c.rows().value("SELECT id FROM draft") + "/settled",
        {{"csrf", token}, {"seen", attribute_after(page, "name=\"seen\"", "value")}});
  };
  auto const ask_again = [&] {
    c.now += std::chrono::seconds(1);
    c.use_cookie(patients_cookie);
    EXPECT_EQ(c.post_form("/visit/help", {{"phone", "305-555-0198"}}).status, 303);
  };
  EXPECT_EQ(settle(first, "forged").status, 403);
  ask_again();
  EXPECT_EQ(settle(first, csrf).status, 409) << "asked again since";
  auto const second = body_of(c.get("/desk/help"));
  EXPECT_EQ(field_of(settle(second, csrf), "location"), "/desk/help");
  EXPECT_THAT(body_of(c.get("/desk/help")), HasSubstr("Nobody is waiting"));
  EXPECT_EQ(settle(second, csrf).status, 404);
  c.use_cookie(patients_cookie);
  EXPECT_THAT(body_of(c.get("/visit")), Not(HasSubstr("305-555")));
  ask_again();
  c.use_cookie(desk_cookie);
  EXPECT_THAT(body_of(c.get("/desk/help")), HasSubstr("305-555-0198"));
  EXPECT_EQ(c.rows().value("SELECT string_agg(outcome, ' ' ORDER BY number) FROM audit_event WHERE "
                           "action = 'help-settled'"),
            "refused done");
}

TEST_F(WaysIn, WhatThePatientHasSentMeanwhileIsNotTakenOverAndTheTrailDoesNotSaySo) {
  c.sign_out();
  c.keep_cookie_of(c.post_form("/visit", {{"kind", "new-patient"}}));
  ASSERT_EQ(c.post_form("/visit/help", {{"phone", "305-555-0199"}}).status, 303);
  auto const draft = c.rows().value("SELECT id FROM draft");
  typical_patient const who(c, "new-patient");
  for (auto const& id : who.order()) fill_form(c, who, id);
  ASSERT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
  c.use_cookie(desk_cookie);
  EXPECT_EQ(c.post_form("/desk/help/" + draft, {{"csrf", csrf}}).status, 404);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'draft-taken-over'"),
            "0");
}

TEST_F(WaysIn, ADraftThatNobodyHandedOverIsNotStaffs) {
  c.sign_out();
  c.keep_cookie_of(c.post_form("/visit", {{"kind", "new-patient"}}));
  auto const draft = c.rows().value("SELECT id FROM draft");
  c.use_cookie(desk_cookie);
  EXPECT_EQ(c.post_form("/desk/help/" + draft, {{"csrf", csrf}}).status, 404);
}

TEST_F(WaysIn, WhetherAFormArrivedIsToldByReceiptAndBirthDateAndNothingElse) {
  c.sign_out();
  c.keep_cookie_of(c.post_form("/visit", {{"kind", "new-patient"}}));
  typical_patient const who(c, "new-patient");
  fill_form(c, who, "registration");
  c.post_form("/visit/send", {});
  auto const receipt = c.rows().value("SELECT receipt FROM submission");
  auto const id = certs::parse_uuid(c.rows().value("SELECT id FROM submission"));
  auto const listed = db::list_by_ids(c.app().desk, {&*id, 1});
  auto const sent = service::open_summary(c.app().keks, listed.front()).content;
  auto const day = sent->birth_date;
  auto const ask = [&](std::string const& code, std::string const& year) {
    return c.post_form(
        "/arrived",
        {{"code", code}, {"day", day.substr(8)}, {"month", day.substr(5, 2)}, {"year", year}});
  };
  auto const found = ask(receipt, day.substr(0, 4));
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(body_of(found), HasSubstr("It was received on"));
  EXPECT_THAT(body_of(found), Not(HasSubstr(sent->family)));
  auto unknown = body_of(ask("00000-00000", "1900"));
  auto wrong = body_of(ask(receipt, "1900"));
  unknown.replace(unknown.find("00000-00000"), 11, "x");
  wrong.replace(wrong.find(receipt), receipt.size(), "x");
  EXPECT_EQ(wrong, unknown);
  for (int i = 0; i < 3; ++i) ask(receipt, "1900");
  EXPECT_EQ(ask(receipt, day.substr(0, 4)).status, 429) << "guessing is slow";
}

}  // namespace
}  // namespace intake::tests
