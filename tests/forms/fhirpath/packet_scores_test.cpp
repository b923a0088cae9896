#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "forms/scoring.hpp"
#include "forms/validation.hpp"
#include "tests/forms/packet_files.hpp"
#include "tests/forms/support.hpp"

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

// The packet's instruments, with totals added up by hand.
namespace intake::forms {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

questionnaire const& instrument(std::string_view id) {
  return *tests::packet().find_by_id(id);
}

expression_hooks hooks() {
  return fhirpath::hooks_for({"2026-11-28", {}});
}

/// "2" as a Coding of a frequency, or as a number.
std::string question(std::string_view form, std::size_t number, char mark) {
  return fmt::format(R"({{"linkId":"{0}.{1}","answer":[{{"valueCoding":{{
    "system":"https://intake.example/fhir/CodeSystem/{0}-frequency","code":"{2}"}}}}]}})",
                     form, number, mark);
}

/// One mark for each question: the first two stand in one group, the others in the next.
answers marked(std::string_view form, std::string_view marks) {
  std::string first;
  std::string more;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    auto& group = i < 2 ? first : more;
    group += (group.empty() ? "" : ",") + question(form, i + 1, marks[i]);
  }
  auto items = fmt::format(R"({{"linkId":"{}","item":[{}]}})", form, first);
  if (!more.empty()) items += fmt::format(R"(,{{"linkId":"{}.more","item":[{}]}})", form, more);
  auto const document = read_json(support::response_text(items));
  return read_response(instrument(form), document.value().root()).answers;
}

answers peg_of(std::string_view numbers) {
  constexpr std::string_view names[] = {"pain", "enjoyment", "activity"};
  std::string items;
  std::size_t next = 0;
  for (auto rest = numbers; !rest.empty() && next < 3; ++next) {
    auto const end = std::min(rest.find(' '), rest.size());
    items += fmt::format(R"({}{{"linkId":"peg.{}","answer":[{{"valueInteger":{}}}]}})",
                         items.empty() ? "" : ",", names[next], rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  auto const document =
      read_json(support::response_text(fmt::format(R"({{"linkId":"peg","item":[{}]}})", items)));
  return read_response(instrument("peg"), document.value().root()).answers;
}

std::string score(std::string_view form, answers const& given, std::string_view link_id) {
  auto const& of = instrument(form);
  auto const all = hooks();
  auto const computed = recompute(of, given, all).answers;
  return first_text(of, without_disabled(of, computed, &all), link_id);
}

TEST(PacketScores, PegIsTheMeanOfThree) {
  EXPECT_EQ(score("peg", peg_of("7 5 6"), "peg.mean"), "6.0");
  EXPECT_EQ(score("peg", peg_of("7 5 7"), "peg.mean"), "6.3");
  EXPECT_EQ(score("peg", peg_of("1 1 0"), "peg.mean"), "0.7");
  EXPECT_EQ(score("peg", peg_of("10 10 10"), "peg.mean"), "10.0");
  EXPECT_EQ(score("peg", peg_of("0 0 0"), "peg.mean"), "0.0");
  EXPECT_EQ(score("peg", peg_of("7 5"), "peg.mean"), "");
}

struct total_case {
  std::string_view marks;
  std::string_view two;
  std::string_view all;
  std::string_view band;
};

TEST(PacketScores, PhqAddsUpAndNamesItsBand) {
  constexpr total_case cases[] = {
      {"00", "0", "", ""},
      {"11", "2", "", ""},
      {"12000000", "3", "", ""},
      {"120000000", "3", "3", "minimal"},
      {"120000001", "3", "4", "minimal"},
      {"120000011", "3", "5", "mild"},
      {"121111110", "3", "9", "mild"},
      {"121111111", "3", "10", "moderate"},
      {"221111222", "4", "14", "moderate"},
      {"222111222", "4", "15", "moderately severe"},
      {"222222223", "4", "19", "moderately severe"},
      {"222222233", "4", "20", "severe"},
      {"333333333", "6", "27", "severe"},
  };
  for (auto const& one : cases) {
    auto const given = marked("phq", one.marks);
    EXPECT_EQ(score("phq", given, "phq.two"), one.two) << one.marks;
    EXPECT_EQ(score("phq", given, "phq.nine"), one.all) << one.marks;
    EXPECT_EQ(score("phq", given, "phq.band"), one.band) << one.marks;
  }
}

TEST(PacketScores, GadAddsUpAndNamesItsBand) {
  constexpr total_case cases[] = {
      {"02", "2", "", ""},
      {"1200000", "3", "3", "minimal"},
      {"1200001", "3", "4", "minimal"},
      {"1200011", "3", "5", "mild"},
      {"1211211", "3", "9", "mild"},
      {"1212211", "3", "10", "moderate"},
      {"2222222", "4", "14", "moderate"},
      {"2222223", "4", "15", "severe"},
      {"3333333", "6", "21", "severe"},
  };
  for (auto const& one : cases) {
    auto const given = marked("gad", one.marks);
    EXPECT_EQ(score("gad", given, "gad.two"), one.two) << one.marks;
    EXPECT_EQ(score("gad", given, "gad.seven"), one.all) << one.marks;
    EXPECT_EQ(score("gad", given, "gad.band"), one.band) << one.marks;
  }
}

TEST(PacketScores, OfQuestionsThatNoLongerApplyAreDropped) {
  // Nine marks in a draft, whose first two then sink below three.
  EXPECT_EQ(score("phq", marked("phq", "113333333"), "phq.nine"), "");
}

TEST(PacketScores, OverrideWhatAClientSays) {
  auto const& form = instrument("peg");
  auto const document = read_json(support::response_text(R"({"linkId":"peg","item":[
    {"linkId":"peg.pain","answer":[{"valueInteger":8}]},
    {"linkId":"peg.enjoyment","answer":[{"valueInteger":8}]},
    {"linkId":"peg.activity","answer":[{"valueInteger":8}]},
    {"linkId":"peg.mean","answer":[{"valueDecimal":1.0}]}]})"));
  auto const given = read_response(form, document.value().root());
  auto const computed = recompute(form, given.answers, hooks());
  EXPECT_EQ(first_text(form, computed.answers, "peg.mean"), "8.0");
  EXPECT_THAT(support::summaries(computed.problems),
              ElementsAre("recomputed @QuestionnaireResponse.item[0].item[3] peg/peg.mean"));
}

TEST(PacketScores, AreTheSameFromSeveralThreads) {
  auto const all = hooks();
  auto const given = marked("phq", "222222233");
  std::vector<std::string> bands(4);
  std::vector<std::thread> threads;
  for (auto& band : bands) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        auto const& form = instrument("phq");
        band = first_text(form, recompute(form, given, all).answers, "phq.band");
      }
    });
  }
  for (auto& one : threads) one.join();
  EXPECT_THAT(bands, Each("severe"));
}

}  // namespace
}  // namespace intake::forms
