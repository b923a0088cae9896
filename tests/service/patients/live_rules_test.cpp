#include "service/patients/live_rules.hpp"

#include "forms/form_reader.hpp"
#include "forms/from_fields.hpp"
#include "forms/json_reader.hpp"

#include <string>

#include <gtest/gtest.h>

namespace intake::service::patients {
namespace {

constexpr std::string_view form_text = R"({"resourceType":"Questionnaire","status":"active",
  "url":"urn:intake:test:live","item":[
    {"linkId":"first","type":"group","text":"First","item":[
      {"linkId":"asked","type":"boolean","text":"Asked"},
      {"linkId":"unrelated","type":"string","text":"Unrelated"}]},
    {"linkId":"second","type":"group","text":"Second","item":[
      {"linkId":"plain","type":"string","text":"Plain"},
      {"linkId":"follows","type":"string","text":"Follows","enableBehavior":"any","enableWhen":[
        {"question":"asked","operator":"=","answerBoolean":true},
        {"question":"plain","operator":"exists","answerBoolean":true}]}]},
    {"linkId":"third","type":"group","text":"Third","item":[
      {"linkId":"free","type":"string","text":"Free"}]}]})";

forms::questionnaire form() {
  auto const document = forms::read_json(std::string(form_text));
  return *forms::read_form(*document, document->root()).form;
}

std::string rules_of_page(forms::questionnaire const& of, std::size_t page) {
  std::string const fields_name = "first/asked";
  forms::form_field const fields[] = {{.name = fields_name, .value = "true"},
                                      {.name = "first/unrelated", .value = "secret"},
                                      {.name = "second/plain", .value = "typed"}};
  auto const given = forms::from_fields(of, fields).answers;
  auto const pages = pages_of(of);
  return live_rules({.form = of,
                     .answers = given,
                     .typed = {},
                     .problems = {},
                     .spoken = language::en,
                     .page = &pages[page]});
}

TEST(LiveRules, HoldWhatDecidesAboutThePageAndNothingElse) {
  auto const of = form();
  EXPECT_EQ(
      rules_of_page(of, 1),
      R"({"items":[{"linkId":"first","type":"group","item":[{"linkId":"asked","type":"boolean"}]},)"
      R"({"linkId":"second","type":"group","item":[{"linkId":"plain","type":"string"},)"
      R"({"linkId":"follows","type":"string","enableBehavior":"any","enableWhen":[)"
      R"({"question":"asked","operator":"=","answerBoolean":true},)"
      R"({"question":"plain","operator":"exists","answerBoolean":true}]}]}],)"
      R"("elsewhere":{"resourceType":"QuestionnaireResponse","status":"completed","item":[)"
      R"({"linkId":"first","item":[{"linkId":"asked","answer":[{"valueBoolean":true}]}]}]}})");
}

TEST(LiveRules, AreNotThereWhereNothingComesAndGoes) {
  auto const of = form();
  EXPECT_EQ(rules_of_page(of, 0), "");
  EXPECT_EQ(rules_of_page(of, 2), "");
  EXPECT_TRUE(comes_and_goes(of, *of.find("follows")));
  EXPECT_FALSE(comes_and_goes(of, *of.find("plain")));
}

}  // namespace
}  // namespace intake::service::patients
