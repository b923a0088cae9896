#include "forms/read_only.hpp"

#include "tests/forms/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

using support::form_of;
using support::response_text;
using support::summaries;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view protected_form =
    R"({"linkId":"id","text":"I","type":"string","readOnly":true},
       {"linkId":"kind","text":"K","type":"integer","readOnly":true,"initial":[{"valueInteger":7}]},
       {"linkId":"g","type":"group","repeats":true,"item":[
         {"linkId":"plan","text":"P","type":"string","readOnly":true},
         {"linkId":"note","text":"N","type":"string"}]})";

answers read(questionnaire const& form, std::string_view items) {
  auto const document = read_json(response_text(items));
  return read_response(form, document.value().root()).answers;
}

TEST(ReadOnly, PutsBackWhatWasShown) {
  auto const form = form_of(protected_form);
  auto const known = read(form, R"({"linkId":"id","answer":[{"valueString":"A1"}]},
               {"linkId":"g","item":[{"linkId":"plan","answer":[{"valueString":"Gold"}]}]})");
  auto const result =
      with_read_only(form, read(form, R"({"linkId":"id","answer":[{"valueString":"B2"}]},
                    {"linkId":"g","item":[{"linkId":"plan","answer":[{"valueString":"Free"}]},
                      {"linkId":"note","answer":[{"valueString":"x"}]}]},
                    {"linkId":"g","item":[{"linkId":"plan","answer":[{"valueString":"More"}]}]})"),
                     known);
  EXPECT_EQ(first_text(form, result.answers, "id"), "A1");
  EXPECT_EQ(first_text(form, result.answers, "kind"), "7");
  ASSERT_EQ(answers_to(form, result.answers, "plan").size(), 1U);
  EXPECT_EQ(first_text(form, result.answers, "plan"), "Gold");
  EXPECT_EQ(first_text(form, result.answers, "note"), "x");
  EXPECT_THAT(summaries(result.problems),
              ElementsAre("read-only-changed @QuestionnaireResponse.item[0] id",
                          "read-only-changed @QuestionnaireResponse.item[1].item[0] g[0]/plan",
                          "read-only-changed @QuestionnaireResponse.item[2].item[0] g[1]/plan"));
}

TEST(ReadOnly, SaysNothingOfWhatWasNotChanged) {
  auto const form = form_of(protected_form);
  auto const known = read(form, R"({"linkId":"id","answer":[{"valueString":"A1"}]})");
  EXPECT_THAT(with_read_only(form, answers{}, known).problems, IsEmpty());
  EXPECT_THAT(with_read_only(form, known, known).problems, IsEmpty());
}

}  // namespace
}  // namespace intake::forms
