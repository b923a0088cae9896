// A payer that does not know the clinic: one task for billing, and everything that waited for it is
// asked again once it is settled.
#include "tests/journeys/line_day.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using namespace std::chrono_literals;
using service::eligibility::exchange_outcome;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char const* task_words = "Task: the clinic's enrolment with";

std::string list_of(clinic& c, std::string const& show = {}) {
  return body_of(c.get("/desk/eligibility" + (show.empty() ? "" : "?show=" + show)));
}

std::string open_tasks(clinic& c) {
  return c.rows().value("SELECT count(*) FROM enrolment_task WHERE settled IS NULL");
}

auto says(std::string rows) {
  return [rows = std::move(rows)](std::string const& question) -> exchange_outcome {
    return file_of(set_of("0001", {{.trace = trace_in(question), .rows = rows}}),
                   std::stoi(between(question, "*00501*", "*")));
  };
}

service::response settle(clinic& c) {
  auto const action = between(list_of(c), "action=\"/desk/eligibility/enrolments/", "\"");
  return c.post_form("/desk/eligibility/enrolments/" + action, {{"csrf", c.csrf()}});
}

struct code_case {
  char const* code;
  bool is_task;
};

class Enrolment : public testing::TestWithParam<code_case> {};

TEST_P(Enrolment, IsATaskWhereOnlyTheClinicCanPutItRight) {
  line_day d;
  auto& c = d.day.c;
  d.line.answer = says(std::string("AAA*N**") + GetParam().code + "*N~");
  d.press();
  ASSERT_TRUE(d.ask());
  if (!GetParam().is_task) {
    EXPECT_EQ(open_tasks(c), "0");
    EXPECT_THAT(list_of(c), Not(HasSubstr(task_words)));
    return;
  }
  EXPECT_EQ(open_tasks(c), "1");
  EXPECT_THAT(list_of(c),
              AllOf(HasSubstr(task_words), HasSubstr(std::string("(AAA ") + GetParam().code + ")"),
                    HasSubstr("Waits for enrolment (1)")));
  EXPECT_THAT(list_of(c, "enrolment"), HasSubstr("Sample"));
  EXPECT_THAT(d.day.page(), HasSubstr("it is a task on the eligibility list"));
}

constexpr code_case codes[] = {{"41", true},  {"43", true},  {"50", true},
                               {"51", true},  {"42", false}, {"72", false},
                               {"75", false}, {"79", false}, {"15", false}};
INSTANTIATE_TEST_SUITE_P(Codes, Enrolment, testing::ValuesIn(codes),
                         [](testing::TestParamInfo<code_case> const& one) {
                           return std::string(one.param.code);
                         });

TEST(EnrolmentTask, SettledAsksAgainWhatWaitedForIt) {
  line_day d;
  auto& c = d.day.c;
  d.line.answer = says("AAA*N**43*N~");
  d.press();
  ASSERT_TRUE(d.ask());
  d.line.answer = says_active;
  d.wait(1h);
  EXPECT_FALSE(d.ask()) << "the payer would say the same";
  EXPECT_EQ(settle(c).status, 303);
  EXPECT_EQ(open_tasks(c), "0");
  EXPECT_EQ(d.requests("reason"), "demand demand");
  EXPECT_TRUE(d.ask());
  EXPECT_THAT(d.day.page(), HasSubstr(">Active</strong>"));
  EXPECT_THAT(list_of(c), AllOf(Not(HasSubstr(task_words)), Not(HasSubstr("Waits for enrolment"))));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'enrolment-settled'"),
            "1");
  EXPECT_EQ(c.post_form("/desk/eligibility/enrolments/1", {{"csrf", c.csrf()}}).status, 404)
      << "nobody settles it twice";
}

TEST(EnrolmentTask, IsOneAPayerWhoeverIsAskedAbout) {
  line_day d({{.family = "Sample", .given = "Sally", .member = "1EG4-TE5-MK73"},
              {.family = "Sample", .given = "Sally", .member = "1EG4-TE5-MK72"}});
  d.line.answer = says("AAA*N**41*N~");
  d.press(0);
  d.press(1);
  ASSERT_TRUE(d.ask());
  ASSERT_TRUE(d.ask());
  EXPECT_EQ(open_tasks(d.day.c), "1");
  EXPECT_THAT(list_of(d.day.c), HasSubstr("Waits for enrolment (2)"));
  settle(d.day.c);
  EXPECT_EQ(d.requests("state"), "answered answered queued queued");
}

TEST(EnrolmentTask, WithoutALineTheNextFileAsksAgain) {
  eligibility_day day;
  day.make_batch();
  auto const first = day.written();
  auto const refused = [&](char const* code, int control) {
    return file_of(
        set_of("0001", {{.trace = trace_in(first), .rows = std::string("AAA*N**") + code + "*N~"}}),
        control);
  };
  day.upload(refused("51", 71));
  EXPECT_EQ(open_tasks(day.c), "1");
  EXPECT_THAT(day.make_batch(), HasSubstr("the clinic&#39;s enrolment with the payer comes first"));
  day.c.now += 1min;
  EXPECT_EQ(settle(day.c).status, 303);
  // An answer that was on its way speaks of the time before.
  day.upload(refused("50", 72));
  EXPECT_EQ(open_tasks(day.c), "0");
  EXPECT_THAT(day.make_batch(), HasSubstr("<strong>1</strong> coverages are asked about"));
  day.upload(
      file_of(set_of("0001", {{.trace = trace_in(day.written()), .rows = "AAA*N**41*N~"}}), 73));
  EXPECT_EQ(open_tasks(day.c), "1") << "it was not settled after all";
}

TEST(EnrolmentTask, AQuestionInAFileIsSeenToBeAwaitedWhereThereIsALineToo) {
  line_day d;
  d.day.make_batch();
  EXPECT_THAT(d.day.page(), AllOf(HasSubstr("Asked by a file "), HasSubstr("is awaited")));
}

}  // namespace
}  // namespace intake::tests
