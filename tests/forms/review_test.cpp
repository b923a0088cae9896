#include "forms/review.hpp"

#include "tests/forms/support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

std::string translated(std::string_view language, std::string_view text, std::string_view more) {
  return fmt::format(
      R"({{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[)"
      R"({{"url":"lang","valueCode":"{}"}},{{"url":"content","valueString":"{}"}}{}]}})",
      language, text, more);
}

constexpr auto signed_for = R"(,{"url":"urn:intake:reviewed-by","valueString":"A. Translator"},)"
                            R"({"url":"urn:intake:reviewed-on","valueDate":"2026-11-01"})";

TEST(review, names_each_translation_that_nobody_signed_for) {
  auto const form = support::form_of(fmt::format(
      R"({{"linkId":"a","type":"string","text":"Name","_text":{{"extension":[{},{}]}}}},)"
      R"({{"linkId":"b","type":"string","text":"Age"}})",
      translated("es", "Nombre", signed_for), translated("ht", "Non", "")));
  auto const found = unreviewed_texts(form);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].link_id, "a");
  EXPECT_EQ(found[0].language, "ht");
  EXPECT_EQ(found[0].original, "Name");
  EXPECT_EQ(found[0].translation, "Non");
}

TEST(review, looks_at_options_of_value_sets_too) {
  auto const text =
      R"({"resourceType":"Questionnaire","url":"https://example.org/q","status":"active",
      "contained":[{"resourceType":"ValueSet","id":"v","status":"active","compose":{"include":[{
        "system":"urn:x","concept":[{"code":"y","display":"Yes","designation":[
          {"language":"es","value":"Sí"},
          {"language":"ht","value":"Wi","extension":[
            {"url":"urn:intake:reviewed-by","valueString":"A. Translator"}]}]}]}]}}],
      "item":[{"linkId":"a","type":"choice","answerValueSet":"#v"}]})";
  auto const form = read_questionnaire(text).value();
  auto const found = unreviewed_texts(form);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].language, "es");
  EXPECT_EQ(found[0].translation, "Sí");
}

}  // namespace
}  // namespace intake::forms
