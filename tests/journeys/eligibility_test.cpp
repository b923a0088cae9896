// Billing checks eligibility by hand: the day's coverages, one coverage, and what somebody wrote
// down.
#include "db/submissions.hpp"
#include "service/appointment_book.hpp"
#include "service/billing/check_form.hpp"
#include "service/eligibility/copy_checks.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/stored_fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using fields = std::vector<std::pair<std::string, std::string>>;

std::string submit_plan_of(clinic& c, std::string const& given = "Nora") {
  auto packet = sample_packet();
  packet.replace(packet.find("urn:uuid:") + 9, 36,
                 certs::to_string(certs::new_uuid_v7(c.app().world)));
  auto const name = packet.find("\"valueString\": \"Nora\"");
  packet.replace(name + 16, 4, given);
  auto const answer = c.post_fhir(packet);
  EXPECT_EQ(answer.status, 201) << body_of(answer);
  return c.rows().value("SELECT id FROM submission ORDER BY id DESC LIMIT 1");
}

void book_sample(clinic& c, std::string const& given = "Nora", int minutes = 30) {
  certs::uuid id;
  service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                            {.number = "",
                             .location = "main",
                             .starts_at = c.now + std::chrono::minutes(minutes),
                             .who = {.family = "O’Brien-Muñoz",
                                     .given = given,
                                     .birth_date = "1951-03-08",
                                     .visit_kind = "new-patient"}},
                            id);
}

struct billing_day {
  explicit billing_day(clinic& home) : c(home) {
    submission = submit_plan_of(c);
    book_sample(c);
    c.sign_in("bills", account_role::billing);
  }
  std::string url(int coverage = 1) const {
    return "/desk/coverages/" + submission + "/" + std::to_string(coverage);
  }
  std::string page(int coverage = 1, std::string const& query = "") const {
    return body_of(c.get(url(coverage) + query));
  }
  std::string today() const {
    auto const html = body_of(c.get(url() + "/by-hand"));
    return attribute_after(html, "id=\"date\"", "value");
  }
  service::response keep(fields more, int coverage = 1) const {
    fields all{{"csrf", c.csrf()},        {"status", "active"}, {"source", "telephone"},
               {"service_date", today()}, {"date", today()},    {"time", "11:30"},
               {"version", "1"}};
    for (auto& each : more) {
      std::erase_if(all, [&](auto const& old) { return old.first == each.first; });
      all.push_back(std::move(each));
    }
    return c.post_form(url(coverage) + "/by-hand", all);
  }
  clinic& c;
  std::string submission;
};

constexpr char const* coverage_form = "https://intake.example/fhir/Questionnaire/coverage|1.0.0";

/// As the patient does, whom the front desk has asked.
void correct_member_number(clinic& c, std::string const& submission, std::string const& number) {
  c.sign_in("front", account_role::front_desk);
  auto const sheet = body_of(c.post_form(
      "/desk/submissions/" + submission + "/ask-again",
      {{"csrf", c.csrf()}, {"form", coverage_form}, {"item", "coverage.plan.member-id"}}));
  c.sign_out();
  c.keep_cookie_of(c.post_form(sheet.substr(sheet.find("/invited/"), 52),
                               {{"day", "08"}, {"month", "03"}, {"year", "1951"}}));
  fields typed;
  for (auto const& [name, value] : stored_fields(c, submission, coverage_form, "coverage.plan")) {
    typed.emplace_back(name, name == "coverage.plan[0]/coverage.plan.member-id" ? number : value);
  }
  auto const done = c.post_form("/visit/correction", typed);
  ASSERT_EQ(done.status, 200) << body_of(done);
}

TEST(EligibilityPages, AreForBillingAndTheManager) {
  clinic c;
  c.sign_in("front", account_role::front_desk);
  EXPECT_EQ(c.get("/desk/eligibility").status, 403);
  EXPECT_EQ(c.get("/desk/eligibility.csv").status, 403);
  EXPECT_EQ(c.get("/desk/coverages/0b0e5d3c-7f0a-4d6e-9d4f-2f6f3c1a9b77/1").status, 403);
  c.sign_out();
  c.sign_in("bills", account_role::billing);
  EXPECT_THAT(body_of(c.get("/desk/eligibility")), HasSubstr("Nobody on this day's list"));
  EXPECT_EQ(c.get("/desk/eligibility?day=soon").status, 400);
  EXPECT_EQ(c.get("/desk/eligibility?show=perhaps").status, 400);
  EXPECT_EQ(c.get("/desk/coverages/0b0e5d3c-7f0a-4d6e-9d4f-2f6f3c1a9b77/1").status, 404);
  EXPECT_EQ(c.get("/desk/coverages/nonsense/1").status, 404);
}

TEST(EligibilityPages, ADayIsWorkedThroughByTheTimeOfTheVisit) {
  clinic c;
  billing_day const day(c);
  auto const list = body_of(c.get("/desk/eligibility"));
  EXPECT_THAT(list, AllOf(HasSubstr("12:30 PM"), HasSubstr("O’Brien-Muñoz, Nora"),
                          HasSubstr("Original Medicare"), HasSubstr("1EG4-TE5-MK73"),
                          HasSubstr("To do (2)"), HasSubstr("Not yet")));
  // The supplement's table has a number for claims only.
  EXPECT_THAT(list, HasSubstr("payer id missing: payers, row 8"));
  EXPECT_EQ(
      c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'list-shown' AND purpose "
                     "= 'eligibility' AND '" +
                     day.submission + "' = ANY (shown)"),
      "1");
  auto const first = day.page(1, "?day=" + day.today());
  EXPECT_THAT(first, AllOf(HasSubstr("1 of 2"), HasSubstr("Not yet"), HasSubstr("data-key=\"n\""),
                           HasSubstr(day.url(2)), HasSubstr("data-copy=\"1EG4-TE5-MK73\"")));
  EXPECT_THAT(day.page(2, "?day=" + day.today()),
              AllOf(HasSubstr("2 of 2"), HasSubstr("This is the last one")));
  EXPECT_EQ(day.keep({}).status, 303);
  auto const rest = body_of(c.get("/desk/eligibility?show=to-do"));
  EXPECT_THAT(rest, AllOf(HasSubstr("To do (1)"), Not(HasSubstr("1EG4-TE5-MK73"))));
  EXPECT_THAT(body_of(c.get("/desk/eligibility?show=active")), HasSubstr("1EG4-TE5-MK73"));
}

TEST(EligibilityByHand, IsKeptSealedAndShownAsItWasSaid) {
  clinic c;
  billing_day const day(c);
  auto const kept = day.keep({{"plan", "Example Plan <A>"},
                              {"begins", "2026-01-01"},
                              {"ends", "12/31/2099"},
                              {"person", "Somebody Helpful"},
                              {"reference", "REF-77"},
                              {"pays_first", "another"},
                              {"m-deductible-total-in-individual", "$1,500"},
                              {"m-deductible-used-in-individual", "250.50"},
                              {"m-copay-total-out-individual", "0"},
                              {"m-coinsurance-percent-in-family", "20 %"},
                              {"authorisation", "needed"},
                              {"limits", "20 visits a year"},
                              {"messages", "Call before the visit"}});
  ASSERT_EQ(kept.status, 303) << body_of(kept);
  EXPECT_EQ(field_of(kept, "location"), day.url());
  auto const page = day.page();
  EXPECT_THAT(page, AllOf(HasSubstr(">Active</strong>"), HasSubstr("11:30"), HasSubstr("by bills"),
                          HasSubstr("by hand, telephone"), HasSubstr("Somebody Helpful"),
                          HasSubstr("REF-77"), HasSubstr("Not a guarantee of payment"),
                          HasSubstr("Example Plan &lt;A&gt;"), HasSubstr("December 31, 2099")));
  EXPECT_THAT(page, AllOf(HasSubstr("$1,500.00"), HasSubstr("$250.50"), HasSubstr("$1,249.50"),
                          HasSubstr("derived: in all"), HasSubstr("20 %"), HasSubstr("$0.00"),
                          HasSubstr("Get the authorization"), HasSubstr("20 visits a year"),
                          HasSubstr("Call before the visit"), HasSubstr("not said"),
                          HasSubstr("another plan pays first")));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'eligibility-recorded' "
                           "AND who = 'staff' AND subject = '" +
                           day.submission + "'"),
            "1");
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM eligibility_part WHERE position('REF-77' IN "
                           "encode(sealed, 'escape')) > 0"),
            "0");
}

TEST(EligibilityByHand, TheNextCheckSaysWhatHasChangedAndAFailedOneHidesNothing) {
  clinic c;
  billing_day const day(c);
  ASSERT_EQ(day.keep({{"plan", "Plan A"}, {"time", "09:00"}}).status, 303);
  ASSERT_EQ(day.keep({{"plan", "Plan A"}, {"ends", "2099-11-30"}, {"time", "10:00"}}).status, 303);
  EXPECT_THAT(day.page(),
              AllOf(HasSubstr("Changed since"),
                    HasSubstr("<strong>Plan ends</strong>: not said → November 30, 2099"),
                    HasSubstr("All checks of this coverage")));
  ASSERT_EQ(day.keep({{"status", "could-not-check"}, {"time", "11:00"}}).status, 303);
  auto const failed = day.page();
  EXPECT_THAT(failed, AllOf(HasSubstr(">Could not check</strong>"),
                            HasSubstr("What was known before: <strong>Active</strong>")));
  // One that was made earlier and is written down later does not become the latest.
  ASSERT_EQ(day.keep({{"status", "inactive"}, {"time", "08:00"}}).status, 303);
  EXPECT_THAT(day.page(), HasSubstr(">Could not check</strong> <span>"));
  auto const other = day.page(2);
  EXPECT_THAT(other, HasSubstr(">Not yet</strong>")) << "every coverage has checks of its own";
}

struct wrong_case {
  char const* name;
  char const* field;
  char const* value;
  char const* says;
};

TEST(EligibilityByHand, WhatIsWrongComesBackAllAtOnceAndNothingIsKept) {
  clinic c;
  billing_day const day(c);
  wrong_case const cases[] = {
      {"no result", "status", "", "Say what the check came to"},
      {"no way", "source", "", "Say how you checked"},
      {"no day", "service_date", "", "for which date of service"},
      {"no date", "date", "soon", "Write the date of the check"},
      {"no time", "time", "25:00", "Write the time of the check"},
      {"the future", "date", "2099-01-01", "can&#39;t be in the future"},
      {"not dollars", "m-copay-total-in-individual", "twenty", "Write dollars like"},
      {"less than nothing", "m-deductible-total-in-family", "-5", "Write dollars like"},
      {"a comma for a point", "m-copay-total-in-individual", "12,50", "a point before the cents"},
      {"points for commas", "m-copay-total-in-individual", "1.250,00", "a point before the cents"},
      {"a group too long", "m-copay-total-in-individual", "1,2500", "Write dollars like"},
      {"a group too short", "m-copay-total-in-individual", "1,25", "Write dollars like"},
      {"nothing before a comma", "m-copay-total-in-individual", ",250", "Write dollars like"},
      {"a blank inside", "m-copay-total-in-individual", "12 50", "Write dollars like"},
      {"not a share", "m-coinsurance-percent-out-family", "120", "from 0 to 100"},
      {"not a day", "ends", "13/45/2026", "Write a date like"}};
  for (auto const& one : cases) {
    auto const answer = day.keep({{one.field, one.value}, {"reference", "<KEPT>"}});
    EXPECT_EQ(answer.status, 422) << one.name;
    EXPECT_THAT(body_of(answer), AllOf(HasSubstr(one.says), HasSubstr("&lt;KEPT&gt;"),
                                       HasSubstr("href=\"#" + std::string(one.field) + "\"")))
        << one.name;
  }
  auto const all =
      day.keep({{"status", ""}, {"source", ""}, {"begins", "2026-02-01"}, {"ends", "2026-01-01"}});
  EXPECT_THAT(body_of(all), AllOf(HasSubstr("Say what the check"), HasSubstr("Say how you checked"),
                                  HasSubstr("end before it begins")));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM eligibility_check"), "0");
  EXPECT_EQ(c.post_form(day.url() + "/by-hand", {{"status", "active"}}).status, 403);
}

TEST(EligibilityByHand, IsNotKeptOfAMemberNumberThatWasCorrectedMeanwhile) {
  clinic c;
  billing_day day(c);
  EXPECT_THAT(body_of(c.get(day.url() + "/by-hand")), HasSubstr("1EG4-TE5-MK73"));
  correct_member_number(c, day.submission, "9ZZ9-ZZ9-ZZ99");
  c.sign_in("bills2", account_role::billing);
  for (auto const* seen : {"1", "", "two"}) {
    auto const late = day.keep({{"version", seen}, {"person", "Somebody Helpful"}});
    EXPECT_EQ(late.status, 409) << seen;
    EXPECT_THAT(body_of(late), AllOf(HasSubstr("9ZZ9-ZZ9-ZZ99"), HasSubstr("Nothing was kept"),
                                     HasSubstr("value=\"Somebody Helpful\""),
                                     HasSubstr("name=\"version\" value=\"2\"")))
        << seen;
  }
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM eligibility_check"), "0");
  EXPECT_EQ(day.keep({{"version", "2"}}).status, 303);
  EXPECT_EQ(c.rows().value("SELECT version FROM eligibility_check"), "2");
}

TEST(EligibilityByHand, AnAttachedFileLeavesAfterTheTrailHoldsIt) {
  clinic c;
  billing_day const day(c);
  std::string body;
  auto const add = [&](std::string const& name, std::string const& head, std::string const& text) {
    body += "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"" + head + "\r\n\r\n" +
            text + "\r\n";
  };
  auto const today = day.today();
  for (auto const& [name, value] : fields{{"csrf", c.csrf()},
                                          {"version", "1"},
                                          {"status", "inactive"},
                                          {"source", "portal"},
                                          {"service_date", today},
                                          {"date", today},
                                          {"time", "11:00"}}) {
    add(name, "", value);
  }
  auto const picture = read_text_file(INTAKE_SOURCE "/tests/data/pictures/quarters.jpg");
  add("attachment", "; filename=\"screen.jpg\"\r\nContent-Type: image/jpeg", picture);
  auto const kept = c.post_body(day.url() + "/by-hand", "multipart/form-data; boundary=edge",
                                body + "--edge--\r\n");
  ASSERT_EQ(kept.status, 303) << body_of(kept);
  auto const page = day.page();
  auto const link = attribute_after(page, "class=\"govuk-body\"><a class=\"govuk-link\"", "href");
  ASSERT_THAT(link, HasSubstr("/attachment"));
  auto const file = c.get(link);
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(field_of(file, "content-type"), "image/jpeg");
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = "
                           "'eligibility-attachment-read' AND content IS NOT NULL"),
            "1");
  EXPECT_THAT(page, HasSubstr("Tell the patient before the visit"));
  EXPECT_EQ(c.get(link.substr(0, link.rfind('/')) + "/answer").status, 404);
}

TEST(EligibilityByHand, IsPrintedOnStaffsCopiesAndNotOnThePatients) {
  clinic c;
  billing_day const day(c);
  auto const copy = [&](std::string const& query) {
    auto const answer = c.get("/desk/submissions/" + day.submission + ".pdf" + query);
    EXPECT_EQ(answer.status, 200);
    return body_of(answer).size();
  };
  auto const before = copy("");
  ASSERT_EQ(day.keep({{"m-deductible-total-in-individual", "1500"},
                      {"m-deductible-used-in-individual", "250"}})
                .status,
            303);
  EXPECT_NE(copy(""), before);
  auto const id = *certs::parse_uuid(day.submission);
  auto const stored = db::open_submission(c.app().desk, id);
  auto const reading = service::open_record(c.app().keks, c.app().forms, *stored);
  auto const dated = [&](pdf::copy_profile profile) {
    return service::eligibility::checks_for_copy(
        {c.app().desk, c.app().keks, c.app().clock, c.app().settings}, stored->head,
        *reading.record, profile);
  };
  EXPECT_TRUE(dated(pdf::copy_profile::patient).eligibility.empty());
  auto const printed = dated(pdf::copy_profile::desk).eligibility;
  ASSERT_EQ(printed.size(), 1U);
  EXPECT_EQ(printed[0].headline, "Active");
  EXPECT_EQ(printed[0].verdict, pdf::cover_verdict::active);
  EXPECT_EQ(printed[0].plan, "Original Medicare");
  ASSERT_EQ(printed[0].money.size(), 2U);
  EXPECT_EQ(printed[0].money[0].value, "$1,500.00");
  EXPECT_THAT(printed[0].money[1].label, HasSubstr("remaining (derived)"));
  EXPECT_EQ(printed[0].money[1].value, "$1,250.00");
}

TEST(EligibilityByHand, DollarsAreReadAsPeopleWriteThem) {
  for (auto const& [text, cents] :
       std::vector<std::pair<std::string, std::int64_t>>{{"1250", 125'000},
                                                         {"$1,250.00", 125'000},
                                                         {"$ 1,250", 125'000},
                                                         {"1250.5", 125'050},
                                                         {"12,345,678.90", 1'234'567'890},
                                                         {"0", 0}}) {
    EXPECT_EQ(service::billing::read_dollars(text), cents) << text;
  }
}

TEST(EligibilityByHand, ACopySaysHowManySumsItLeavesOut) {
  clinic c;
  billing_day const day(c);
  // The fourth line is the sixth and the seventh sum.
  ASSERT_EQ(day.keep({{"m-deductible-total-in-individual", "1500"},
                      {"m-deductible-used-in-individual", "250"},
                      {"m-out-of-pocket-total-in-individual", "6000"},
                      {"m-out-of-pocket-remaining-in-individual", "5000"},
                      {"m-copay-total-in-individual", "40"},
                      {"m-deductible-total-in-family", "3000"},
                      {"m-deductible-used-in-family", "500"},
                      {"m-copay-total-out-individual", "80"}})
                .status,
            303);
  auto const stored = db::open_submission(c.app().desk, *certs::parse_uuid(day.submission));
  auto const reading = service::open_record(c.app().keks, c.app().forms, *stored);
  auto const printed = service::eligibility::checks_for_copy(
                           {c.app().desk, c.app().keks, c.app().clock, c.app().settings},
                           stored->head, *reading.record, pdf::copy_profile::desk)
                           .eligibility;
  ASSERT_EQ(printed.size(), 1U);
  EXPECT_EQ(printed[0].money.size(), 6U);
  EXPECT_THAT(printed[0].remarks, testing::Contains(HasSubstr("Sums left out here: 2.")));
}

TEST(EligibilityList, IsExportedWithoutFormulas) {
  clinic c;
  submit_plan_of(c, "=1+1");
  book_sample(c, "=1+1");
  c.sign_in("bills", account_role::billing);
  auto const csv = c.get("/desk/eligibility.csv");
  EXPECT_EQ(csv.status, 200);
  EXPECT_THAT(body_of(csv), AllOf(HasSubstr("visit,date_of_service,receipt"), HasSubstr("'=1+1"),
                                  HasSubstr("not-yet"), Not(HasSubstr(",=1+1"))));
}

}  // namespace
}  // namespace intake::tests
