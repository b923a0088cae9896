#include "forms/plan/packet_effort.hpp"
#include "forms/plan/sample_answers.hpp"
#include "tests/forms/packet_files.hpp"
#include "tests/forms/support.hpp"

#include <gtest/gtest.h>

namespace intake::forms {
namespace {

constexpr auto today = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

json_document read(std::string const& path) {
  return read_json(with_dates(tests::source_text(path), today)).value();
}

std::vector<packet_plan> plans() {
  return read_packets(read("forms/packet/plan/packets.json"), tests::packet()).value();
}

packet_cost typical(packet_plan const& plan) {
  return cost_of(plan, tests::packet(), read("forms/packet/plan/typical/" + plan.id + ".json"));
}

TEST(packet_budget, holds_for_the_typical_answers_of_each_packet) {
  for (auto const& plan : plans()) {
    auto const before = typical(plan).before;
    EXPECT_GT(before.answers, 0U) << plan.id;
    EXPECT_LE(before.answers, static_cast<std::size_t>(plan.answers_max)) << plan.id;
    EXPECT_LE(before.minutes(), plan.minutes_max)
        << plan.id << ": " << before.answers << " answers, " << before.words << " words";
  }
}

// What the clinic was promised, whatever the plan says of itself.
TEST(packet_budget, is_what_a_person_in_pain_can_finish) {
  for (auto const& plan : plans()) {
    if (plan.id == "new-patient") {
      EXPECT_LE(plan.answers_max, 120);
      EXPECT_LE(plan.minutes_max, 25);
    }
    if (plan.id == "follow-up") {
      EXPECT_LE(plan.minutes_max, 5);
    }
  }
}

TEST(packet_budget, typical_lies_between_shortest_and_longest) {
  for (auto const& plan : plans()) {
    auto const least = least_cost(plan, tests::packet());
    auto const most = greatest_cost(plan, tests::packet());
    EXPECT_LE(least.before.words, least.all.words) << plan.id;
    EXPECT_LE(least.all.words, most.all.words) << plan.id;
    EXPECT_LE(typical(plan).all.words, most.all.words) << plan.id;
  }
}

struct effort_case {
  char const* name;
  char const* items;
  effort least;
  effort most;
};

TEST(effort, counts_words_and_answers_by_kind) {
  for (
      auto const& [name, items, least, most] :
      {effort_case{"a choice of two",
                   R"({"linkId":"a","type":"choice","text":"How are you","answerOption":[
                         {"valueString":"very well"},{"valueString":"bad"}]})",
                   {1, 6, 5},
                   {1, 6, 5}},
       {"a line and a long text",
        R"({"linkId":"a","type":"string","text":"Name"},{"linkId":"b","type":"text","text":"Why"})",
        {2, 2, 42},
        {2, 2, 42}},
       {"what only some are asked",
        R"({"linkId":"a","type":"boolean","text":"Pain"},
               {"linkId":"b","type":"date","text":"Since when","enableWhen":[
                 {"question":"a","operator":"=","answerBoolean":true}]})",
        {1, 1, 5},
        {2, 3, 17}},
       {"hidden and calculated cost nothing",
        R"({"linkId":"a","type":"string","text":"One","readOnly":true},
               {"linkId":"b","type":"string","text":"Two three","extension":[
                 {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
                  "valueBoolean":true}]})",
        {0, 1, 0},
        {0, 1, 0}}}) {
    auto const form = support::form_of(items);
    for (auto const& [got, wanted] :
         {std::pair{least_effort(form), least}, std::pair{greatest_effort(form), most}}) {
      EXPECT_EQ(got.answers, wanted.answers) << name;
      EXPECT_EQ(got.words, wanted.words) << name;
      EXPECT_EQ(got.seconds, wanted.seconds) << name;
    }
  }
}

}  // namespace
}  // namespace intake::forms
