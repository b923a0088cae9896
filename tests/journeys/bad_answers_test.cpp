// Answers that should not be: too large, in marks that change, for a record that has ended.
#include "forms/insurance/calendar.hpp"
#include "tests/journeys/command_clinic.hpp"
#include "tests/journeys/line_day.hpp"

#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(BadAnswers, TenThousandRowsAreReadAndSomeOfThemShown) {
  eligibility_day day;
  day.make_batch();
  std::string rows = "EB*1**30**EXAMPLE PLAN A~";
  for (int n = 1; n < 10'000; ++n) rows += fmt::format("EB*C*IND*{}***23*{}~", n % 99, n);
  EXPECT_THAT(
      day.upload(file_of(set_of("0001", {{.trace = trace_in(day.written()), .rows = rows}}))),
      HasSubstr("1 of 1 answers were kept"));
  EXPECT_THAT(day.page(), AllOf(HasSubstr(">Active</strong>"), HasSubstr("8000 more rows")));
}

/// Every segment parts its elements with another mark than the one before.
std::string in_changing_marks(std::string text) {
  constexpr std::string_view marks = "*|+;";
  std::size_t segment = 0;
  for (auto& c : text) {
    if (c == '~') ++segment;
    if (c == '*') c = marks[segment % marks.size()];
  }
  return text;
}

TEST(BadAnswers, AnotherMarkInEverySegmentIsNeverAVerdict) {
  eligibility_day day;
  day.make_batch();
  auto const trace = trace_in(day.written());
  auto const said = day.upload(in_changing_marks(file_of(set_of("0001", {{.trace = trace}}))));
  EXPECT_THAT(said, Not(HasSubstr("1 of 1 answers")));
  EXPECT_EQ(day.checks(), "0");
  EXPECT_THAT(day.page(), AllOf(HasSubstr(">Not yet</strong>"), HasSubstr("is awaited")));
}

TEST(BadAnswers, AnAnswerThatComesTwiceOverTheLineIsOneCheck) {
  line_day d;
  d.press();
  EXPECT_TRUE(d.ask());
  auto const same = std::get<std::string>(says_active(d.line.asked[0]));
  EXPECT_THAT(d.day.upload(same), HasSubstr("taken before"));
  EXPECT_EQ(d.day.checks(), "1");
}

TEST(BadAnswers, AnAnswerAfterTheRecordHasEndedFindsNothingToOpen) {
  command_clinic c;
  std::ofstream(c.path("password")) << clinic::password << "\n";
  c.home.add_account("maria", db::account_role::manager);
  c.home.add_account("james", db::account_role::administrator);
  c.home.use_line("https://clearinghouse.example/core");
  c.submit(1);
  auto const id = c.home.rows().value("SELECT id FROM submission");
  scripted_line line{says_active};
  auto const ask = [&] {
    return service::eligibility::ask_next(
        c.home.billing(), [&](std::string const& x12, std::stop_token const&) { return line(x12); },
        {});
  };
  service::eligibility::queue(c.home.app().desk, {.submission = *certs::parse_uuid(id)},
                              c.home.now);
  ASSERT_TRUE(ask());
  auto const count = [&](std::string const& table) {
    return c.home.rows().value("SELECT count(*) FROM " + table);
  };
  EXPECT_EQ(count("eligibility_check"), "1");
  EXPECT_EQ(count("eligibility_key"), "2");
  EXPECT_EQ(count("eligibility_batch"), "1");

  c.home.now += std::chrono::hours(24 * 366 * 7 + 1);
  auto const due = c.run({"retention", "due", "--propose"});
  ASSERT_TRUE(says(due, "1 records have")) << due.said;
  auto const purge =
      c.home.rows().value("SELECT right(id::text, 8) FROM purge ORDER BY proposed DESC LIMIT 1");
  for (auto const* who : {"maria", "james"}) {
    ASSERT_EQ(c.run({"retention", "approve", purge, "--account", who, "--password-file",
                     c.path("password")})
                  .code,
              0);
  }
  ASSERT_EQ(c.run({"retention", "purge", purge}).code, 0);
  // The question and the check end with their record: no key, and no question that was sent.
  EXPECT_EQ(count("eligibility_key"), "0");
  EXPECT_EQ(count("eligibility_batch"), "0");
  service::eligibility::queue(c.home.app().desk, {.submission = *certs::parse_uuid(id)},
                              c.home.now);
  EXPECT_TRUE(ask());
  EXPECT_EQ(line.asked.size(), 1U);
  EXPECT_EQ(
      c.home.rows().value("SELECT fault FROM eligibility_request ORDER BY number DESC LIMIT 1"),
      "record-closed");
  c.home.sign_in("bills", db::account_role::billing);
  auto const late = c.home.post_body(
      "/desk/eligibility/files", "multipart/form-data; boundary=edge",
      "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + c.home.csrf() +
          "\r\n--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.271\"\r\n"
          "Content-Type: application/octet-stream\r\n\r\n" +
          file_of(set_of("0001", {{.trace = trace_in(line.asked[0])}}), 99) + "\r\n--edge--\r\n");
  EXPECT_THAT(body_of(late), HasSubstr("1 found no question"));
}

TEST(EligibilityBatchCommand, WritesTheDaysQuestionsForCronAndNamesNobody) {
  command_clinic c;
  std::ofstream(c.path("intake.toml"), std::ios::app)
      << "[eligibility]\nsender = \"EXAMPLECLINIC\"\nreceiver = \"EXAMPLEHUB\"\nnpi = "
         "\"1234567893\"\n";
  auto const without = c.run({"eligibility", "batch"});
  EXPECT_EQ(without.code, 2);
  EXPECT_TRUE(says(without, "--folder DIR")) << without.said;
  EXPECT_EQ(c.run({"eligibility", "batch", "--folder", c.path(""), "--day", "soon"}).code, 2);

  c.submit(1);
  auto const today = std::chrono::sys_days{c.home.app().clock.date(c.home.now)};
  auto const tomorrow = forms::insurance::write_date(today + std::chrono::days(1));
  std::ofstream(c.path("day.csv"))
      << "number,date,time,family,given,birth_date,phone,visit,reason,language\nA-1," << tomorrow
      << ",8:00 AM,O’Brien-Muñoz,Nora,1951-03-08,407-555-0142,new-patient,Back pain,en\n";
  ASSERT_EQ(c.run({"appointments", "import", c.path("day.csv")}).code, 0);
  auto const made = c.run({"eligibility", "batch", "--folder", c.path(""), "--day", tomorrow});
  ASSERT_EQ(made.code, 0) << made.said;
  EXPECT_THAT(made.said, AllOf(HasSubstr("intake-270-000000001.x12"), HasSubstr("1 coverages are"),
                               HasSubstr("payer id missing"), HasSubstr("receipt "),
                               Not(HasSubstr("Brien")), Not(HasSubstr("Nora"))));
  EXPECT_THAT(read_text_file(c.path("intake-270-000000001.x12")),
              HasSubstr("NM1*IL*1*O'BRIEN-MUNOZ*NORA****MI*1EG4TE5MK73~"));
  EXPECT_EQ(c.home.rows().value("SELECT who || ' ' || cardinality(shown) FROM audit_event WHERE "
                                "action = 'eligibility-asked'"),
            "command 1");
  // Again is safe: what was asked is awaited.
  auto const again = c.run({"eligibility", "batch", "--folder", c.path(""), "--day", tomorrow});
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.said, AllOf(HasSubstr("0 coverages are"), HasSubstr("asked already")));
}

}  // namespace
}  // namespace intake::tests
