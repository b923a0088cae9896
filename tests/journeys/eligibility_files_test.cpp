// Questions to payers as files and their answers: found by our own numbers, once, never by a name.
#include "service/eligibility/folders.hpp"
#include "service/eligibility/rounds.hpp"
#include "service/housekeeping.hpp"
#include "tests/journeys/eligibility_day.hpp"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

namespace fs = std::filesystem;
using db::account_role;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(EligibilityFiles, TheDaysQuestionsAreOneFileAndWhatCantBeAskedSaysWhy) {
  eligibility_day day;
  auto const made = day.make_batch();
  EXPECT_THAT(made, AllOf(HasSubstr("<strong>1</strong> coverages are asked about"),
                          HasSubstr("fetches from"), HasSubstr("payer id missing: payers, row 8")));
  auto const file = day.written();
  EXPECT_THAT(file, AllOf(HasSubstr("NM1*PR*2*ORIGINAL MEDICARE*****PI*CMS~"),
                          HasSubstr("NM1*IL*1*SAMPLE*SALLY****MI*1EG4TE5MK73~"),
                          HasSubstr("NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~"),
                          HasSubstr("EQ*30~"), HasSubstr("*T*:~")));
  auto const trace = trace_in(file);
  EXPECT_THAT(trace, testing::MatchesRegex("INT[0-9]{10}[0-9A-Z]{6}"));
  EXPECT_THAT(file, HasSubstr("BHT*0022*13*" + trace + "*"));
  EXPECT_THAT(day.page(), HasSubstr("the answer is awaited"));
  EXPECT_THAT(day.make_batch(), AllOf(HasSubstr("No file was made"), HasSubstr("asked already")));
  auto const link = attribute_after(body_of(day.c.get("/desk/eligibility/files")),
                                    "<td class=\"govuk-table__cell\"><a", "href");
  EXPECT_EQ(body_of(day.c.get(link)), file);
  EXPECT_EQ(
      day.c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'eligibility-asked' "
                         "AND '" +
                         day.submissions[0] + "' = ANY (shown)"),
      "2");
  EXPECT_EQ(day.c.rows().value("SELECT count(*) FROM eligibility_batch WHERE position('SALLY' IN "
                               "encode(content, 'escape')) > 0"),
            "0");
}

TEST(EligibilityFiles, NothingIsAskedBeforeTheClinicIsConfigured) {
  clinic c;
  c.sign_in("bills", account_role::billing);
  auto const answer =
      c.post_form("/desk/eligibility/batch", {{"csrf", c.csrf()}, {"day", "2026-12-01"}});
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(body_of(answer), HasSubstr("[eligibility] sender and receiver"));
  EXPECT_EQ(c.post_form("/desk/eligibility/batch", {{"csrf", c.csrf()}, {"day", "soon"}}).status,
            422);
}

TEST(EligibilityFiles, AnAnswerFindsItsQuestionOnceAndIsShownWithItsSegments) {
  eligibility_day day;
  day.make_batch();
  auto const trace = trace_in(day.written());
  auto const answer = file_of(set_of(
      "0001", {{.trace = trace,
                .rows = "DTP*291*RD8*20260101-20991231~EB*1**30**EXAMPLE PLAN A~EB*C*IND*30***23*"
                        "1500*****Y~EB*CB**30********Y~MSG*SEE OUR SITE~"}}));
  EXPECT_THAT(day.upload(answer), HasSubstr("1 of 1 answers were kept"));
  auto const page = day.page();
  EXPECT_THAT(page, AllOf(HasSubstr(">Active</strong>"), HasSubstr("from a file"),
                          HasSubstr("EXAMPLE PLAN A"), HasSubstr("December 31, 2099"),
                          HasSubstr("$1,500.00"), HasSubstr("segment 11"),
                          HasSubstr("SEE OUR SITE"), HasSubstr("Get the authorization"),
                          HasSubstr("Every row of the answer (3)"), Not(HasSubstr("is awaited"))));
  EXPECT_THAT(day.upload(answer), HasSubstr("taken before"));
  EXPECT_EQ(day.checks(), "1");
  auto const link = between(page, "href=\"/desk/checks/", "/answer");
  auto const raw = day.c.get("/desk/checks/" + link + "/answer");
  EXPECT_EQ(body_of(raw), answer);
  EXPECT_EQ(day.c.rows().value("SELECT count(*) FROM audit_event WHERE action = "
                               "'eligibility-answer-read' AND content IS NOT NULL"),
            "1");
  EXPECT_THAT(day.page(0, 2), HasSubstr(">Not yet</strong>"));
}

TEST(EligibilityFiles, TwoPatientsBornOnOneDayNeverSwap) {
  eligibility_day day(std::vector<insured_patient>{{"Sample", "Ann"}, {"Sample", "Anna"}});
  day.make_batch();
  auto const question = day.written();
  auto const first = question.find("*ANN*") < question.find("*ANNA*") ? 0U : 1U;
  auto const anns = trace_in(question, first);
  auto const annas = trace_in(question, 1 - first);
  ASSERT_NE(anns, annas);
  auto const answer = file_of(
      set_of("0001", {{.trace = annas, .given = "ANNA", .rows = "EB*6**30~MSG*ENDED FOR ANNA~"},
                      {.trace = anns, .given = "ANN", .rows = "EB*1**30~MSG*GOOD FOR ANN~"}}));
  EXPECT_THAT(day.upload(answer), HasSubstr("2 of 2 answers were kept"));
  EXPECT_THAT(day.page(0), AllOf(HasSubstr(">Active</strong>"), HasSubstr("GOOD FOR ANN"),
                                 Not(HasSubstr("ENDED FOR ANNA"))));
  EXPECT_THAT(day.page(1), AllOf(HasSubstr(">Inactive</strong>"), HasSubstr("ENDED FOR ANNA"),
                                 Not(HasSubstr("GOOD FOR ANN"))));
  // What is kept with a record is its own answer alone.
  auto const page = day.page(1);
  auto const raw = body_of(
      day.c.get("/desk/checks/" + between(page, "href=\"/desk/checks/", "/answer") + "/answer"));
  EXPECT_THAT(raw, AllOf(HasSubstr("NM1*IL*1*SAMPLE*ANNA*"), HasSubstr("ISA*"), HasSubstr("IEA*"),
                         Not(HasSubstr("GOOD FOR ANN"))));
}

struct stray_case {
  char const* name;
  std::string file;
  char const* says;
};

TEST(EligibilityFiles, WhatIsNotOursOrNotReadableIsSaidAndChangesNothing) {
  eligibility_day day;
  day.make_batch();
  auto const trace = trace_in(day.written());
  stray_case const cases[] = {
      {"another clinic's trace", file_of(set_of("0001", {{.trace = "TRACE-OF-ANOTHER"}})),
       "its trace number is of no question of ours"},
      {"no trace", file_of(set_of("0001", {{.trace = ""}})), "it gives no trace number back"},
      {"somebody else's trace with our reference",
       file_of(set_of("0001", {{.trace = "TRACE-OF-ANOTHER"}}, trace), 72),
       "its reference is ours, its trace number is not"},
      {"our reference for two people",
       file_of(set_of("0001", {{.trace = ""}, {.trace = "", .given = "SIMON"}}, trace), 73),
       "its reference is ours, its trace number is not"},
      {"a web page", "<!doctype html><p>Welcome", "Nothing was kept"},
      {"a picture", "\xFF\xD8\xFF\xE0 JFIF", "Nothing was kept"},
      {"a question", day.written(), "There is no 271, 999 or TA1"}};
  for (auto const& one : cases) {
    auto const said = day.upload(one.file);
    EXPECT_THAT(said, HasSubstr(one.says)) << one.name;
  }
  EXPECT_EQ(day.checks(), "0");
  EXPECT_EQ(day.c.rows().value("SELECT outcome FROM audit_event WHERE action = "
                               "'eligibility-file-taken' ORDER BY number DESC LIMIT 1"),
            "refused");
  EXPECT_THAT(day.page(), HasSubstr(">Not yet</strong>"));
}

TEST(EligibilityFiles, AnAnswerAboutSomebodyElseIsUnclearAndSaysSo) {
  eligibility_day day;
  day.make_batch();
  auto const trace = trace_in(day.written());
  day.upload(file_of(set_of("0001", {{.trace = trace, .given = "SIMON", .born = "19880808"}})));
  EXPECT_THAT(day.page(),
              AllOf(HasSubstr(">Unclear</strong>"), HasSubstr("names somebody else"),
                    HasSubstr("differs"), Not(HasSubstr("Nothing else for this plan"))));
}

TEST(EligibilityFiles, ALateAnswerToAnOldQuestionStaysOld) {
  eligibility_day day;
  day.make_batch();
  auto const first = trace_in(day.written());
  day.c.now += std::chrono::hours(25);
  auto const yesterday =
      attribute_after(body_of(day.c.get("/desk/eligibility")), "Day before", "href");
  auto const date = day.c.rows().value("SELECT service_date FROM eligibility_inquiry");
  day.c.sign_out();
  day.c.sign_in("bills2", account_role::billing);
  auto const again =
      day.c.post_form("/desk/eligibility/batch", {{"csrf", day.c.csrf()}, {"day", date}});
  ASSERT_EQ(again.status, 200);
  auto const second = trace_in(day.written());
  ASSERT_NE(first, second);
  day.upload(file_of(set_of("0001", {{.trace = second, .rows = "EB*6**30~"}}), 81));
  day.upload(file_of(set_of("0001", {{.trace = first, .rows = "EB*1**30~"}}), 82));
  EXPECT_EQ(day.checks(), "2");
  EXPECT_THAT(day.page(), HasSubstr(">Inactive</strong> <span>"));
}

TEST(EligibilityFiles, ARefusedQuestionIsSaidAndMayBeAskedAgain) {
  eligibility_day day;
  day.make_batch();
  auto const question = day.written();
  auto const group = between(question, "GS*HS*EXAMPLECLINIC*EXAMPLEHUB*", "*X*");
  auto const group_control = group.substr(group.rfind('*') + 1);
  auto const set_control = between(question, "ST*270*", "*");
  auto const ack =
      "ISA*00*          *00*          *ZZ*EXAMPLEHUB     *ZZ*EXAMPLECLINIC  *261128*0958*^*00501*"
      "000000091*0*T*:~GS*FA*EXAMPLEHUB*EXAMPLECLINIC*20261128*0958*91*X*005010X231A1~ST*999*0001*"
      "005010X231A1~AK1*HS*" +
      group_control + "*005010X279A1~AK2*270*" + set_control +
      "*005010X279A1~IK3*NM1*8**8~IK5*R*5~AK9*R*1*1*0~SE*7*0001~GE*1*91~IEA*1*000000091~";
  EXPECT_THAT(day.upload(ack), HasSubstr("2 acknowledgements"));
  EXPECT_THAT(day.page(), HasSubstr("the receiver refused the question"));
  EXPECT_THAT(body_of(day.c.get("/desk/eligibility/files")), HasSubstr("rejected"));
  EXPECT_THAT(day.make_batch(), HasSubstr("<strong>1</strong> coverages are asked about"));
  EXPECT_NE(trace_in(day.written()), trace_in(question));
}

TEST(EligibilityFiles, APayerThatIsDownIsAskedAgainLaterAndAWrongMemberIdByThePatientFirst) {
  eligibility_day day;
  day.make_batch();
  day.upload(file_of(set_of("0001", {{.trace = trace_in(day.written()), .rows = "AAA*N**42*R~"}})));
  EXPECT_THAT(day.page(), AllOf(HasSubstr(">Could not check</strong>"), HasSubstr("(AAA 42")));
  EXPECT_THAT(day.make_batch(), HasSubstr("asked again 15 minutes after that"));
  day.c.now += std::chrono::minutes(16);
  day.c.sign_out();
  day.c.sign_in("bills2", account_role::billing);
  EXPECT_THAT(day.make_batch(), HasSubstr("<strong>1</strong> coverages"));
  day.upload(
      file_of(set_of("0001", {{.trace = trace_in(day.written()), .rows = "AAA*N**72*C~"}}), 92));
  EXPECT_THAT(day.page(), HasSubstr("Ask the patient for the member ID"));
  EXPECT_THAT(day.make_batch(), HasSubstr("ask the patient first"));
}

TEST(EligibilityFiles, AFailedCheckHidesNothingThatWasKnown) {
  eligibility_day day;
  auto const say = [&](char const* rows, int control) {
    day.c.now += std::chrono::hours(1);
    day.c.sign_out();
    day.c.sign_in("bills" + std::to_string(control), account_role::billing);
    day.make_batch();
    day.upload(
        file_of(set_of("0001", {{.trace = trace_in(day.written()), .rows = rows}}), control));
  };
  say("DTP*291*RD8*20260101-20991231~EB*1**30~", 81);
  day.c.rows().sql("UPDATE eligibility_inquiry SET created = created - interval '9 days'");
  day.c.rows().sql("UPDATE eligibility_check SET as_of = as_of - interval '9 days'");
  say("AAA*N**42*R~", 82);
  auto const known = std::string("Before: <strong>Active</strong>");
  EXPECT_THAT(body_of(day.c.get("/desk/eligibility")), HasSubstr(known));
  auto const table = body_of(day.c.get("/desk/eligibility.csv"));
  EXPECT_THAT(table, AllOf(HasSubstr("could-not-check"), HasSubstr(",active,20")));
  EXPECT_THAT(day.page(), HasSubstr("What was known before: <strong>Active</strong>"));
  say("DTP*291*RD8*20260101-20261101~EB*6**30~", 83);
  // What failed in between says nothing to compare with.
  EXPECT_THAT(day.page(), AllOf(HasSubstr("Active → Inactive"),
                                HasSubstr("December 31, 2099 → November 1, 2026")));
}

TEST(EligibilityFiles, AReceivedFileIsSeenAsItCameAndRecorded) {
  eligibility_day day;
  auto const strange = file_of(set_of("0001", {{.trace = "TRACE-OF-ANOTHER"}}));
  EXPECT_THAT(day.upload(strange), HasSubstr("1 found no question"));
  auto const page = body_of(day.c.get("/desk/eligibility/files"));
  auto const id = between(page, "/desk/eligibility/received/", "\"");
  EXPECT_EQ(body_of(day.c.get("/desk/eligibility/received/" + id)), strange);
  EXPECT_EQ(day.c.rows().value("SELECT count(*) FROM audit_event WHERE action = "
                               "'eligibility-file-read' AND content IS NOT NULL"),
            "1");
}

TEST(EligibilityFiles, AGroupThatWasTakenInPartIsSaid) {
  eligibility_day day;
  day.make_batch();
  auto const group = between(day.written(), "GS*HS*EXAMPLECLINIC*EXAMPLEHUB*", "*X*");
  auto const ack = file_of("ST*999*0001*005010X231A1~AK1*HS*" + group.substr(group.rfind('*') + 1) +
                           "*005010X279A1~AK9*P*2*2*1*5~SE*4*0001~");
  EXPECT_THAT(day.upload(ack), HasSubstr("1 acknowledgements"));
  EXPECT_THAT(body_of(day.c.get("/desk/eligibility/files")),
              AllOf(HasSubstr("partly-accepted"), HasSubstr("AK9 P")));
}

TEST(EligibilityFiles, AFolderThatCantBeWrittenToGetsItsFileLater) {
  eligibility_day day;
  std::filesystem::remove_all(day.outbox());
  std::ofstream(day.outbox()) << "in the way";
  EXPECT_THAT(day.make_batch(), HasSubstr("tried again by itself"));
  EXPECT_THAT(body_of(day.c.get("/desk/eligibility/files")), HasSubstr("Not in the folder yet"));
  service::housekeeping chores(day.c.app());
  chores.once();
  std::filesystem::remove(day.outbox());
  std::filesystem::create_directory(day.outbox());
  chores.once();
  EXPECT_THAT(day.written(), HasSubstr("NM1*IL*1*SAMPLE*SALLY*"));
  EXPECT_THAT(body_of(day.c.get("/desk/eligibility/files")),
              Not(HasSubstr("Not in the folder yet")));
  auto const before = std::filesystem::last_write_time(day.outbox());
  chores.once();
  EXPECT_EQ(std::filesystem::last_write_time(day.outbox()), before) << "once is enough";
}

TEST(EligibilityFiles, AMissedDayIsMadeUp) {
  eligibility_day day;
  day.c.rows().sql("UPDATE appointment SET starts_at = starts_at + interval '4 days'");
  auto const ahead = [&] {
    day.c.rows().sql("DELETE FROM eligibility_round");
    return service::eligibility::ask_ahead(day.c.app(), day.c.now).asked;
  };
  EXPECT_EQ(ahead(), 1U) << "nothing ran seven days before";
  day.upload(
      file_of(set_of("0001", {{.trace = trace_in(day.written()), .rows = "EB*1**30~"}}), 84));
  EXPECT_EQ(ahead(), 0U);
  day.c.now += std::chrono::days(1);
  EXPECT_EQ(ahead(), 0U) << "three days before";
  day.c.now += std::chrono::days(2);
  EXPECT_EQ(ahead(), 1U) << "the day before";
}

TEST(EligibilityFiles, WhatHasChangedIsInTheList) {
  eligibility_day day;
  day.make_batch();
  auto const question = day.written();
  day.upload(file_of(set_of("0001", {{.trace = trace_in(question), .rows = "EB*1**30~"}}), 93));
  auto const plain = body_of(day.c.get("/desk/eligibility"));
  EXPECT_THAT(plain, AllOf(HasSubstr(">Active</strong>"), Not(HasSubstr("Changed"))));
  // The payer's own correction of its answer to the same question.
  day.upload(file_of(set_of("0001", {{.trace = trace_in(question),
                                      .rows = "DTP*291*RD8*20260101-20261130~EB*6**30~"}}),
                     94));
  EXPECT_THAT(body_of(day.c.get("/desk/eligibility?show=changed")),
              AllOf(HasSubstr("Changed (1)"), HasSubstr("Plan ends: not said → November 30, 2026"),
                    HasSubstr("Result: Active → Inactive")));
}

TEST(EligibilityFiles, PayersAreAskedAheadOnceADay) {
  eligibility_day day;
  auto const morning = *day.c.app().clock.instant(
      std::chrono::sys_days{day.c.app().clock.date(day.c.now)}, std::chrono::hours(3));
  EXPECT_FALSE(service::eligibility::ask_ahead(day.c.app(), morning).ran);
  auto const first = service::eligibility::ask_ahead(day.c.app(), day.c.now);
  EXPECT_TRUE(first.ran);
  EXPECT_EQ(first.asked, 1U);
  EXPECT_THAT(day.written(), HasSubstr("NM1*IL*1*SAMPLE*SALLY*"));
  EXPECT_FALSE(service::eligibility::ask_ahead(day.c.app(), day.c.now).ran);
  // One that broke off is begun anew, and nobody is asked about twice.
  day.c.rows().sql("UPDATE eligibility_round SET done = NULL");
  EXPECT_FALSE(
      service::eligibility::ask_ahead(day.c.app(), day.c.now + std::chrono::minutes(29)).ran);
  auto const again =
      service::eligibility::ask_ahead(day.c.app(), day.c.now + std::chrono::minutes(31));
  EXPECT_TRUE(again.ran);
  EXPECT_EQ(again.asked, 0U);
  EXPECT_EQ(
      day.c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'eligibility-asked' "
                         "AND who = 'system'"),
      "2");
}

TEST(EligibilityFiles, ACheckOfWhatTheFormSaidBeforeACorrectionCountsAsNotYet) {
  eligibility_day day;
  day.make_batch();
  auto const trace = trace_in(day.written());
  day.c.sign_out();
  day.c.sign_in("front", account_role::front_desk);
  auto const csrf = day.c.csrf();
  auto const sheet = body_of(
      day.c.post_form("/desk/submissions/" + day.submissions[0] + "/ask-again",
                      {{"csrf", csrf},
                       {"form", "https://intake.example/fhir/Questionnaire/registration|1.0.0"},
                       {"item", "patient.name.given"}}));
  ASSERT_NE(sheet.find("/invited/"), std::string::npos) << sheet;
  auto const path = sheet.substr(sheet.find("/invited/"), 52);
  day.c.sign_out();
  day.c.keep_cookie_of(day.c.post_form(path, {{"day", "08"}, {"month", "03"}, {"year", "1951"}}));
  auto const done =
      day.c.post_form("/visit/correction", {{"patient.name/patient.name.given", "Sarah"}});
  ASSERT_EQ(done.status, 200) << body_of(done);
  day.c.sign_out();
  day.c.sign_in("bills2", account_role::billing);
  day.upload(file_of(set_of("0001", {{.trace = trace}}), 95));
  EXPECT_EQ(day.checks(), "1");
  EXPECT_THAT(day.page(),
              AllOf(HasSubstr("corrected this coverage since"), HasSubstr("Check again")));
  EXPECT_THAT(body_of(day.c.get("/desk/eligibility?show=corrected")),
              HasSubstr("Not yet: corrected"));
  EXPECT_THAT(day.make_batch(), HasSubstr("<strong>1</strong> coverages"));
}

TEST(EligibilityApi, ChecksAreReadWithTheScopeAndRecordedFirst) {
  eligibility_day day;
  day.make_batch();
  day.upload(file_of(
      set_of("0001", {{.trace = trace_in(day.written()),
                       .rows = "DTP*291*RD8*20260101-20991231~EB*1**30~EB*C*IND*30***23*1500~"}})));
  auto const coverage = "Coverage/" + day.submissions[0] + "-1";
  auto const today = day.today();
  auto const kept = day.c.post_form("/desk/coverages/" + day.submissions[0] + "/2/by-hand",
                                    {{"csrf", day.c.csrf()},
                                     {"version", "1"},
                                     {"status", "inactive"},
                                     {"source", "portal"},
                                     {"service_date", today},
                                     {"date", today},
                                     {"time", "11:00"},
                                     {"ends", "2026-11-01"}});
  ASSERT_EQ(kept.status, 303) << body_of(kept);
  day.c.sign_out();
  std::map<std::string, std::string> const reader{
      {"authorization", day.c.add_client("biller", {"read:coverage"})}};
  std::map<std::string, std::string> const sender{
      {"authorization", day.c.add_client("sender", {"submit"})}};
  std::string const path = "/fhir/CoverageEligibilityResponse";
  auto const found = day.c.get(path + "?coverage=" + coverage, reader);
  ASSERT_EQ(found.status, 200) << body_of(found);
  EXPECT_THAT(body_of(found),
              AllOf(HasSubstr(R"("total":1)"), HasSubstr(R"("inforce":true)"),
                    HasSubstr("\"reference\":\"" + coverage + "\""),
                    HasSubstr(R"("end":"2099-12-31")"), HasSubstr(R"("outcome":"complete")")));
  auto const id = day.c.rows().value("SELECT id FROM eligibility_check WHERE how = 'file'");
  EXPECT_EQ(day.c.get(path + "/" + id, reader).status, 200);
  EXPECT_THAT(body_of(day.c.get(path + "?coverage=" + day.submissions[0] + "-2", reader)),
              AllOf(HasSubstr(R"("total":1)"), HasSubstr(R"("inforce":false)"),
                    HasSubstr(R"("end":"2026-11-01")"), HasSubstr("by hand: inactive")));
  EXPECT_THAT(body_of(day.c.get(path + "?coverage=" + day.submissions[0] + "-3", reader)),
              HasSubstr(R"("total":0)"));
  EXPECT_EQ(day.c.get(path + "?coverage=" + coverage).status, 401);
  EXPECT_EQ(day.c.get(path + "/" + id, sender).status, 403);
  EXPECT_EQ(day.c.get(path, reader).status, 400);
  EXPECT_EQ(day.c.get(path + "?coverage=nonsense", reader).status, 400);
  EXPECT_EQ(day.c.get(path + "?patient=x", reader).status, 400);
  EXPECT_EQ(day.c.get(path + "/nonsense", reader).status, 404);
  EXPECT_EQ(day.c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'eligibility-read' "
                               "AND who = 'client' AND subject = '" +
                               day.submissions[0] + "'"),
            "4");
  EXPECT_THAT(body_of(day.c.get("/fhir/metadata")), HasSubstr("CoverageEligibilityResponse"));
}

TEST(EligibilityFiles, TenThousandRowsAreTakenAndShownCut) {
  eligibility_day day;
  day.make_batch();
  std::string rows = "EB*1**30~";
  for (int n = 0; n < 10'000; ++n) rows += "EB*C*IND*30***23*1500~";
  EXPECT_THAT(
      day.upload(file_of(set_of("0001", {{.trace = trace_in(day.written()), .rows = rows}}))),
      HasSubstr("1 of 1 answers were kept"));
  EXPECT_THAT(day.page(), AllOf(HasSubstr(">Active</strong>"), HasSubstr("8001 more rows")));
}

TEST(EligibilityFiles, AFolderIsEmptiedOnceAndWhatIsNoAnswerIsPutAside) {
  eligibility_day day;
  day.make_batch();
  auto const put = [&](std::string const& name, std::string const& text) {
    auto const path = fs::path(day.inbox()) / name;
    std::ofstream(path) << text;
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::minutes(1));
  };
  auto const answer = file_of(set_of("0001", {{.trace = trace_in(day.written())}}));
  put("a.271", answer);
  put("b.271", answer);
  put("c.html", "<p>maintenance</p>");
  std::ofstream(fs::path(day.inbox()) / "d.271") << "still being written";
  auto const counts = service::eligibility::pick_up_files(day.c.app(), day.c.now);
  EXPECT_EQ(counts.taken, 1);
  EXPECT_EQ(counts.again, 1);
  EXPECT_EQ(counts.refused, 1);
  EXPECT_EQ(day.checks(), "1");
  EXPECT_FALSE(fs::exists(fs::path(day.inbox()) / "a.271"));
  EXPECT_TRUE(fs::exists(fs::path(day.inbox()) / "refused" / "c.html"));
  EXPECT_TRUE(fs::exists(fs::path(day.inbox()) / "d.271"));
  EXPECT_THAT(day.page(), AllOf(HasSubstr(">Active</strong>"), HasSubstr("by the program")));
}

}  // namespace
}  // namespace intake::tests
