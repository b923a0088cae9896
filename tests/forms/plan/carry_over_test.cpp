#include "forms/plan/carry_over.hpp"

#include "forms/response.hpp"
#include "tests/forms/support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

questionnaire form_called(std::string_view id, std::string_view items) {
  return read_questionnaire(
             fmt::format(R"({{"resourceType":"Questionnaire","id":"{}","url":)"
                         R"("https://example.org/{}","status":"active","item":[{}]}})",
                         id, id, items))
      .value();
}

answers given_to(questionnaire const& form, std::string_view items) {
  auto const text = fmt::format(R"({{"resourceType":"QuestionnaireResponse","item":[{}]}})", items);
  return read_response(form, read_json(text).value().root()).answers;
}

struct carried_case {
  char const* name;
  char const* earlier_item;
  char const* earlier_answer;
  char const* item;
  char const* text;
};

constexpr auto yes_no = R"("answerOption":[{"valueString":"yes"},{"valueString":"no"}])";

TEST(carry_over, fills_in_what_was_told_under_the_same_name) {
  auto const choice = fmt::format(R"({{"linkId":"q","type":"choice",{}}})", yes_no);
  auto const in_group = fmt::format(R"({{"linkId":"g","type":"group","item":[{}]}})", choice);
  auto const repeating =
      fmt::format(R"({{"linkId":"g","type":"group","repeats":true,"item":[{}]}})", choice);
  auto const told = R"({"linkId":"q","answer":[{"valueString":"yes"}]})";
  auto const told_in_group =
      R"({"linkId":"g","item":[{"linkId":"q","answer":[{"valueString":"yes"}]}]})";
  for (auto const& [name, earlier_item, earlier_answer, item, text] : {
           carried_case{"the same question", choice.c_str(), told, choice.c_str(), "yes"},
           {"into a group", choice.c_str(), told, in_group.c_str(), "yes"},
           {"out of a group", in_group.c_str(), told_in_group, choice.c_str(), "yes"},
           {"not out of a repetition", repeating.c_str(), told_in_group, choice.c_str(), ""},
           {"not into a repetition", choice.c_str(), told, repeating.c_str(), ""},
           {"not another type", choice.c_str(), told, R"({"linkId":"q","type":"string"})", ""},
           {"not what is no option here", choice.c_str(), told,
            R"({"linkId":"q","type":"choice","answerOption":[{"valueString":"maybe"}]})", ""},
           {"not what was not told", choice.c_str(), R"({"linkId":"q"})", choice.c_str(), ""},
           {"not what nobody types", R"({"linkId":"q","type":"string"})",
            R"({"linkId":"q","answer":[{"valueString":"x"}]})",
            R"({"linkId":"q","type":"string","readOnly":true})", ""},
       }) {
    auto const before = form_called("before", earlier_item);
    auto const earlier = given_to(before, earlier_answer);
    auto const form = form_called("now", item);
    answered_form const packet[] = {{&before, &earlier}};
    answers all;
    carry_over(form, packet, all);
    EXPECT_EQ(first_text(form, all, "q"), text) << name;
    if (auto const* carried = first_answer(form, all, "q")) {
      EXPECT_EQ(carried->origin, answer_origin::prefilled) << name;
    }
    EXPECT_EQ(all.items.empty(), std::string_view(text).empty()) << name << ": no empty group";
  }
}

TEST(carry_over, never_changes_what_the_patient_answered_here) {
  auto const form = form_called("now", R"({"linkId":"q","type":"string"})");
  auto const before = form_called("before", R"({"linkId":"q","type":"string"})");
  auto const earlier = given_to(before, R"({"linkId":"q","answer":[{"valueString":"old"}]})");
  auto all = given_to(form, R"({"linkId":"q","answer":[{"valueString":"new"}]})");
  answered_form const packet[] = {{&before, &earlier}, {&form, &all}};
  carry_over(form, packet, all);
  EXPECT_EQ(first_text(form, all, "q"), "new");
  EXPECT_EQ(answers_to(form, all, "q").size(), 1U);
}

}  // namespace
}  // namespace intake::forms
