#include "forms/settled.hpp"

#include "forms/fhirpath/hooks.hpp"
#include "forms/validation.hpp"
#include "tests/forms/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

constexpr std::string_view scored =
    R"json({"linkId":"fixed","text":"F","type":"string","readOnly":true,
         "initial":[{"valueString":"as written"}]},
       {"linkId":"a","text":"A","type":"integer"},
       {"linkId":"sum","text":"S","type":"integer","readOnly":true,"extension":[
         {"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
          "valueExpression":{"language":"text/fhirpath",
           "expression":"%resource.item.where(linkId='a').answer.value * 2"}}]},
       {"linkId":"more","text":"M","type":"string","required":true,"extension":[
         {"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
          "valueExpression":{"language":"text/fhirpath",
           "expression":"%resource.item.where(linkId='sum').answer.value >= 6"}}]})json";

struct settled_case {
  std::string_view name;
  std::string_view items;
  std::vector<std::string> expected;
};

TEST(Settled, IsJudgedByWhatTheFormComputes) {
  settled_case const cases[] = {
      {"a score that was not sent shows what it asks for",
       R"({"linkId":"a","answer":[{"valueInteger":3}]})",
       {"required-missing @QuestionnaireResponse more"}},
      {"a wrong score shows nothing",
       R"({"linkId":"a","answer":[{"valueInteger":2}]},
          {"linkId":"sum","answer":[{"valueInteger":6}]})",
       {"recomputed @QuestionnaireResponse.item[1] sum"}},
      {"what nobody may change is put back",
       R"({"linkId":"fixed","answer":[{"valueString":"otherwise"}]})",
       {"read-only-changed @QuestionnaireResponse.item[0] fixed"}},
  };
  auto const form = support::form_of(scored);
  auto const hooks = fhirpath::hooks_for({"2026-11-29", {}});
  for (auto const& one : cases) {
    auto const document = read_json(support::response_text(one.items));
    auto const response = settled(form, read_response(form, document.value().root()), hooks);
    validation_context context;
    context.today = "2026-11-29";
    context.expressions = &hooks;
    EXPECT_EQ(support::summaries(validate(form, response, context)), one.expected) << one.name;
    EXPECT_EQ(first_text(form, response.answers, "fixed"), "as written") << one.name;
  }
}

}  // namespace
}  // namespace intake::forms
