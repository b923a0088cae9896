#include "tests/certs/temporary_folder.hpp"
#include "tests/service/command_run.hpp"

#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr std::string_view items =
    R"json({"linkId":"a","text":"A","type":"string"},
       {"linkId":"b","text":"B","type":"boolean"},
       {"linkId":"c","text":"C","type":"string","enableWhen":[
         {"question":"b","operator":"=","answerBoolean":true}]},
       {"linkId":"fixed","text":"F","type":"string","readOnly":true,
         "initial":[{"valueString":"as written"}]},
       {"linkId":"kept","text":"K","type":"string","extension":[
         {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
          "valueBoolean":true}]},
       {"linkId":"n","text":"N","type":"integer"},
       {"linkId":"sum","text":"S","type":"integer","readOnly":true,"extension":[
         {"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
          "valueExpression":{"language":"text/fhirpath",
           "expression":"%resource.item.where(linkId='n').answer.value * 2"}}]},
       {"linkId":"more","text":"M","type":"string","required":true,"extension":[
         {"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
          "valueExpression":{"language":"text/fhirpath",
           "expression":"%resource.item.where(linkId='sum').answer.value >= 6"}}]})json";

/// What a form's file and a response's file come to.
class FormFiles : public testing::Test {
 protected:
  std::string file(std::string const& name, std::string const& text) const {
    auto const path = (folder_ / name).string();
    std::ofstream{path} << text;
    return path;
  }

  tests::command_end run(std::string_view what, std::string_view answered,
                         std::string_view form = "urn:f|1") const {
    auto const questionnaire =
        file("q.json", fmt::format(R"({{"resourceType":"Questionnaire","url":"urn:f","version":"1",
                                   "status":"active","title":"Form","item":[{}]}})",
                                   items));
    auto const response =
        file("r.json", fmt::format(R"({{"resourceType":"QuestionnaireResponse","questionnaire":"{}",
                         "status":"completed","authored":"2026-11-28T10:00:00-05:00","item":[{}]}})",
                                   form, answered));
    std::vector<std::string> call{"form", std::string{what}};
    if (what == "render") {
      call.insert(call.end(),
                  {"--questionnaire", questionnaire, "--response", response, "-o", "-"});
    } else {
      call.insert(call.end(), {response, "--questionnaire", questionnaire});
    }
    return tests::run_command(call);
  }

 private:
  certs::temporary_folder folder_;
};

struct validate_case {
  std::string_view name;
  std::string_view answered;
  int code;
  std::string_view says;
};

TEST_F(FormFiles, AreJudgedAsTheServiceWould) {
  validate_case const cases[] = {
      {"a score that was not sent", R"({"linkId":"n","answer":[{"valueInteger":3}]})", 1,
       "required-missing"},
      {"a score that was sent and is wrong",
       R"({"linkId":"n","answer":[{"valueInteger":2}]},
          {"linkId":"sum","answer":[{"valueInteger":6}]})",
       0, "recomputed"},
      {"an answer that nobody may change",
       R"({"linkId":"fixed","answer":[{"valueString":"otherwise"}]})", 0, "read-only-changed"},
      {"nothing wrong", R"({"linkId":"a","answer":[{"valueString":"x"}]})", 0, "is valid"},
  };
  for (auto const& one : cases) {
    auto const end = run("validate", one.answered);
    EXPECT_EQ(end.code, one.code) << one.name << end.out << end.err;
    EXPECT_THAT(end.out, HasSubstr(one.says)) << one.name;
  }
}

struct render_case {
  std::string_view name;
  std::string_view answered;
  std::string_view form;
  int code;
  std::string_view says;  ///< nothing: nothing is said
};

TEST_F(FormFiles, AreDrawnWholeOrSaidNotToBe) {
  render_case const cases[] = {
      {"nothing wrong", R"({"linkId":"a","answer":[{"valueString":"x"}]})", "urn:f|1", 0, ""},
      {"an answer that does not apply", R"({"linkId":"c","answer":[{"valueString":"x"}]})",
       "urn:f|1", 1, "not-enabled"},
      {"another form's answers", R"({"linkId":"a","answer":[{"valueString":"x"}]})", "urn:other|9",
       1, "questionnaire-unknown"},
      {"another version's answers", R"({"linkId":"a","answer":[{"valueString":"x"}]})", "urn:f|9",
       0, "questionnaire-other-version"},
      {"a question that was sent twice",
       R"({"linkId":"a","answer":[{"valueString":"x"}]},
          {"linkId":"a","answer":[{"valueString":"y"}]})",
       "urn:f|1", 0, "question-repeated-as-items"},
      {"a hidden answer", R"({"linkId":"kept","answer":[{"valueString":"x"}]})", "urn:f|1", 0,
       "kept is hidden"},
      {"an answer that nobody may change",
       R"({"linkId":"fixed","answer":[{"valueString":"otherwise"}]})", "urn:f|1", 0,
       "read-only-changed"},
      {"an item that the form has not", R"({"linkId":"zz","answer":[{"valueString":"x"}]})",
       "urn:f|1", 1, "does not fit"},
  };
  for (auto const& one : cases) {
    auto const end = run("render", one.answered, one.form);
    EXPECT_EQ(end.code, one.code) << one.name << end.err;
    if (one.says.empty()) {
      EXPECT_THAT(end.err, IsEmpty()) << one.name;
    } else {
      EXPECT_THAT(end.err, HasSubstr(one.says)) << one.name;
    }
    if (one.code == 0) {
      EXPECT_THAT(end.out, StartsWith("%PDF")) << one.name;
    } else {
      EXPECT_THAT(end.out, IsEmpty()) << one.name;
    }
  }
}

}  // namespace
}  // namespace intake::service
