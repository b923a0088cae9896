// What is missing before a visit, and the ways out of it: telephone, tablet, paper, pen, a reason.
#include "certs/base64.hpp"
#include "forms/plan/sample_answers.hpp"
#include "service/appointment_book.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/pdf_text.hpp"
#include "tests/support/multipart_writer.hpp"
#include "tests/support/sample_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// The sample day's patient who would sign at the desk, and her appointment today at noon.
struct morning {
  clinic c;
  std::string submission;
  std::string appointment;

  morning() {
    auto const day = std::chrono::sys_days{c.app().clock.date(c.now)};
    auto const text = read_text_file(INTAKE_SOURCE "/deploy/sample-day/14-signs-at-the-desk.json");
    EXPECT_EQ(c.post_fhir(forms::with_dates(text, day)).status, 201);
    submission = c.rows().value("SELECT id FROM submission");
    appointment = book(std::chrono::minutes(30));
    c.sign_in("front", account_role::front_desk);
    EXPECT_THAT(today(), HasSubstr("signature: Agreement to be treated"));
  }

  std::string book(std::chrono::minutes from_now) {
    certs::uuid id;
    service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                              {.number = "",
                               .location = "main",
                               .starts_at = c.now + from_now,
                               .who = {.family = "Valdés",
                                       .given = "Carmen",
                                       .birth_date = "1969-10-26",
                                       .visit_kind = "new-patient"}},
                              id);
    return certs::to_string(id);
  }

  std::string today() { return body_of(c.get("/desk/today")); }

  /// The address behind a missing thing on the day list.
  std::string way_of(std::string const& words) {
    auto const html = today();
    auto const at = html.find(words);
    auto const link = html.rfind("href=\"", at) + 6;
    return html.substr(link, html.find('"', link) - link);
  }

  service::response post_scan(std::string const& way, std::string const& mark,
                              std::string const& bytes) {
    auto const token = c.csrf();
    return post_parts(way, {{"csrf", {}, "text/plain", token},
                            {"mark", {}, "text/plain", mark},
                            {"act", {}, "text/plain", "paper"},
                            {"scan", "sheet.png", "image/png", bytes}});
  }

  service::response post_parts(std::string const& way,
                               std::vector<service::multipart_part> const& parts) {
    return c.post_body(way, "multipart/form-data; boundary=xXx", write_multipart(parts, "xXx"));
  }

  service::response settle(std::string const& way, std::string const& act,
                           std::string const& words = "") {
    c.now += std::chrono::seconds(1);
    auto const mark = attribute_after(body_of(c.get(way)), "name=\"mark\"", "value");
    return c.post_form(way, {{"csrf", c.csrf()}, {"mark", mark}, {"act", act}, {"words", words}});
  }
};

constexpr char const* treatment = "signature: Agreement to be treated";

TEST(Missing, ThingsLeadFromTheRowToEveryWayOut) {
  morning m;
  auto const page = body_of(m.c.get(m.way_of(treatment)));
  for (auto const* part :
       {"Valdés, Carmen", "Link and QR code", "On our tablet", "Fill in for the patient",
        "Print this page", "Signed on paper, and I have seen it", "Declined, or could not"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  EXPECT_EQ(m.c.get("/desk/submissions/" + m.submission + "/missing/99").status, 404);
  EXPECT_EQ(m.c.get("/desk/submissions/" + m.submission + "/missing/1x").status, 404);
}

TEST(Missing, SignedOnPaperNamesWhoSawItAndKeepsTheScan) {
  morning m;
  auto const way = m.way_of(treatment);
  auto const mark = attribute_after(body_of(m.c.get(way)), "name=\"mark\"", "value");
  std::string const scan_bytes = png_file(40, 30);
  ASSERT_EQ(m.post_scan(way, mark, scan_bytes).status, 303);
  auto const html = m.today();
  EXPECT_THAT(html, HasSubstr(std::string(treatment) + ": signed on paper, seen by front, 12:00"));
  auto const scan = attribute_after(body_of(m.c.get(way)), "govuk-inset-text", "href");
  auto const file = m.c.get(scan);
  EXPECT_EQ(field_of(file, "content-type"), "image/jpeg");
  EXPECT_THAT(body_of(file), StartsWith("\xff\xd8"));
  EXPECT_EQ(
      m.c.rows().value("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_event WHERE "
                       "content IS NOT NULL"),
      "settled-paper scan-downloaded");
  EXPECT_EQ(m.c.rows().value("SELECT count(*) FROM settlement WHERE position('consent'::bytea IN "
                             "content) > 0"),
            "0")
      << "what was signed is sealed";
}

TEST(Missing, AScanThatIsNoneIsSaidAndNothingIsRecorded) {
  morning m;
  auto const way = m.way_of(treatment);
  auto const mark = attribute_after(body_of(m.c.get(way)), "name=\"mark\"", "value");
  std::string const scan_bytes = "not a picture";
  auto const answer = m.post_scan(way, mark, scan_bytes);
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("The scan could not be read"));
  EXPECT_EQ(m.c.rows().value("SELECT count(*) FROM settlement"), "0");
}

TEST(Missing, WhatWasWrittenComesBackWithWhatIsWrong) {
  morning m;
  auto const way = m.way_of(treatment);
  auto const mark = attribute_after(body_of(m.c.get(way)), "name=\"mark\"", "value");
  auto const words = "first line\nsecond <line> " + std::string(1'000, 'x');
  auto const answer = m.c.post_form(
      way, {{"csrf", m.c.csrf()}, {"mark", mark}, {"act", "declined"}, {"words", words}});
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("first line\nsecond &lt;line&gt; xxx"));
  auto const token = m.c.csrf();
  auto const scanned = m.post_parts(way, {{"csrf", {}, "text/plain", token},
                                          {"mark", {}, "text/plain", mark},
                                          {"act", {}, "text/plain", "declined"},
                                          {"words", {}, "text/plain", "her hand is in a cast"},
                                          {"scan", "sheet.png", "image/png", "not a picture"}});
  EXPECT_EQ(scanned.status, 422);
  EXPECT_THAT(body_of(scanned), HasSubstr("her hand is in a cast"));
}

TEST(Missing, ADeclineNeedsItsReasonAndCanBeOpenedAgain) {
  morning m;
  auto const way = m.way_of(treatment);
  EXPECT_EQ(m.settle(way, "declined").status, 422);
  ASSERT_EQ(m.settle(way, "declined", "her hand is in a cast").status, 303);
  EXPECT_THAT(m.today(), HasSubstr("not signed, said to front, 12:00 PM: her hand is in a cast"));
  ASSERT_EQ(m.settle(way, "reopened").status, 303);
  EXPECT_THAT(m.today(), Not(HasSubstr("her hand is in a cast")));
  EXPECT_THAT(m.today(), HasSubstr(treatment));
  EXPECT_EQ(m.c.rows().value("SELECT count(*) FROM settlement"), "2") << "both stay";
}

TEST(Missing, WhatWasSettledStandsOnStaffsCopies) {
  morning m;
  auto const copy = [&](std::string const& query = "") {
    return text_of_pdf(body_of(m.c.get("/desk/submissions/" + m.submission + ".pdf" + query)));
  };
  auto const before = copy();
  if (before.empty()) GTEST_SKIP() << "pdftotext (poppler-utils) reads the copy";
  EXPECT_THAT(before, HasSubstr("Not signed"));
  EXPECT_THAT(before, Not(HasSubstr("Settled at the desk")));
  auto const way = m.way_of(treatment);
  ASSERT_EQ(m.settle(way, "declined", "her hand is in a cast").status, 303);
  auto const declined = copy();
  EXPECT_THAT(declined, HasSubstr("Settled at the desk " + std::string(treatment) +
                                  ": not signed, said to front, "));
  EXPECT_THAT(declined, HasSubstr("her hand is in a cast"));
  EXPECT_THAT(declined, HasSubstr("Not signed on a screen"));
  EXPECT_THAT(copy("?extent=summary"), HasSubstr("her hand is in a cast"));
  EXPECT_THAT(copy("?copy=patient"), Not(HasSubstr("her hand is in a cast")));
  ASSERT_EQ(m.settle(way, "reopened").status, 303);
  EXPECT_EQ(copy(), before) << "the record never changed";
}

TEST(Missing, APageThatIsOldRecordsNothing) {
  morning m;
  auto const way = m.way_of(treatment);
  EXPECT_EQ(m.c.post_form(way, {{"csrf", m.c.csrf()}, {"mark", "0000"}, {"act", "paper"}}).status,
            409);
  EXPECT_EQ(m.c.rows().value("SELECT count(*) FROM settlement"), "0");
}

TEST(Missing, TheLinkAsksForExactlyThatPage) {
  morning m;
  auto const way = m.way_of(treatment);
  auto const sheet = body_of(m.c.post_form(way + "/link", {{"csrf", m.c.csrf()}}));
  auto const at = sheet.find("/invited/");
  ASSERT_NE(at, sheet.npos);
  auto const link = sheet.substr(at, sheet.find('<', at) - at);
  m.c.sign_out();
  auto const opened = m.c.post_form(link, {{"month", "10"}, {"day", "26"}, {"year", "1969"}});
  ASSERT_EQ(opened.status, 303) << body_of(opened);
  EXPECT_THAT(field_of(opened, "location"), StartsWith("/visit/correction"));
  m.c.keep_cookie_of(opened);
  auto const page = body_of(m.c.get("/visit/correction?lang=en"));
  EXPECT_THAT(page, HasSubstr("One page more"));
  EXPECT_THAT(page, HasSubstr("consent.treatment.choice"));
  EXPECT_THAT(page, Not(HasSubstr("consent.privacy.choice"))) << "no other page";
  auto const choice = "https://intake.example/fhir/CodeSystem/signing-choice|";
  auto const sent =
      m.c.post_form("/visit/correction?lang=en",
                    {{"consent.treatment/consent.treatment.choice", std::string(choice) + "type"},
                     {"consent.treatment/consent.treatment.typed-name", "Carmen Valdés"}});
  ASSERT_EQ(sent.status, 200) << body_of(sent);
  EXPECT_THAT(body_of(sent), HasSubstr("We have your answer"));
  m.c.sign_in("desk", account_role::front_desk);
  EXPECT_THAT(m.today(), Not(HasSubstr(treatment)));
}

TEST(Missing, ATabletCodeAndStaffLeadToThatPageToo) {
  morning m;
  auto const way = m.way_of(treatment);
  auto const html = body_of(m.c.post_form(way + "/tablet", {{"csrf", m.c.csrf()}}));
  auto const at = html.find("intake-code\">") + 13;
  auto const code = html.substr(at, html.find('<', at) - at);
  auto const typed = m.c.post_form(way + "/fill-in", {{"csrf", m.c.csrf()}});
  EXPECT_THAT(field_of(typed, "location"), StartsWith("/visit/correction"));
  m.c.sign_out();
  auto const started = m.c.post_form("/device", {{"code", code}});
  EXPECT_THAT(field_of(started, "location"), StartsWith("/visit/correction"));
}

TEST(Missing, ThePrintedPageIsThatAgreementAloneWithTheName) {
  morning m;
  auto const paper = m.c.get(m.way_of(treatment) + ".pdf");
  EXPECT_EQ(paper.status, 200);
  EXPECT_THAT(body_of(paper), StartsWith("%PDF-"));
  EXPECT_EQ(m.c.rows().value("SELECT count(*) FROM audit_event WHERE action = "
                             "'blank-page-printed' AND content IS NOT NULL"),
            "1");
}

TEST(Missing, ANoShowLeavesItsFormsToTheNextAppointment) {
  morning m;
  ASSERT_EQ(m.c.post_form("/desk/appointments/" + m.appointment + "/state",
                          {{"csrf", m.c.csrf()}, {"to", "no-show"}, {"seen", "0"}})
                .status,
            303);
  m.c.now += std::chrono::days(3);
  m.c.sign_in("front-later", account_role::front_desk);
  auto const next = m.book(std::chrono::minutes(60));
  EXPECT_THAT(m.today(), HasSubstr(treatment)) << "the packet is there again";
  EXPECT_EQ(
      m.c.rows().value("SELECT how FROM appointment_match WHERE appointment_id = '" + next + "'"),
      "name");
}

TEST(DayListUpload, IsLookedAtBeforeItIsTakenOver) {
  morning m;
  auto const csv =
      "number,date,time,family,given,birth_date\n7,2026-12-01,9:00,\"=cmd|'x'!A0\",Jo,1960-01-02\n";
  auto const send = [&](std::string const& text) {
    auto const token = m.c.csrf();
    return m.post_parts("/desk/day-list",
                        {{"csrf", {}, "text/plain", token}, {"list", "day.csv", "text/csv", text}});
  };
  auto const looked = send("\xef\xbb\xbf" + std::string(csv));
  EXPECT_THAT(body_of(looked), HasSubstr("1 new, 0 changed, 0 as they were"));
  EXPECT_EQ(m.c.rows().value("SELECT count(*) FROM appointment"), "1") << "only looked at";
  auto const take = [&] {
    return body_of(
        m.c.post_form("/desk/day-list",
                      {{"csrf", m.c.csrf()},
                       {"act", "import"},
                       {"text", certs::base64url_encode(certs::as_bytes(std::string_view(csv)))}}));
  };
  EXPECT_THAT(take(), HasSubstr("1 added, 0 changed, 0 as they were"));
  EXPECT_THAT(take(), HasSubstr("0 added, 0 changed, 1 as they were")) << "twice is once";
  auto const bad =
      send("number,date,time,family,given,birth_date\n8,2026-12-01,late,Roe,Al,soon\n");
  EXPECT_EQ(bad.status, 422);
  EXPECT_THAT(body_of(bad), HasSubstr("row 2, column C (time)"));
  EXPECT_THAT(body_of(bad), HasSubstr("write it as 14:05 or 2:05 PM"));
  EXPECT_EQ(send("").status, 422);
}

TEST(Keys, AreTurnedOffInABrowser) {
  morning m;
  EXPECT_THAT(m.today(), HasSubstr("/assets/desk-"));
  auto const set =
      m.c.post_form("/desk/keys", {{"csrf", m.c.csrf()}, {"keys", "off"}, {"back", "/desk/today"}});
  EXPECT_EQ(set.status, 303);
  EXPECT_THAT(field_of(set, "set-cookie"), StartsWith("__Host-intake-keys=off"));
  m.c.use_cookie(m.c.cookie() + "; __Host-intake-keys=off");
  EXPECT_THAT(m.today(), Not(HasSubstr("/assets/desk-")));
  EXPECT_THAT(m.today(), HasSubstr("Turn the keys on"));
}

}  // namespace
}  // namespace intake::tests
