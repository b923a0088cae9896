#include "forms/lint.hpp"

#include "forms/json_reader.hpp"
#include "tests/forms/support.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view good =
    R"({"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[
        {"linkId":"a","text":"A","type":"string"}]})";

TEST(Lint, SaysWhatBecameOfTheFile) {
  struct lint_case {
    std::string_view text;
    lint_verdict verdict;
    int exit_code;
  };
  lint_case const cases[] = {
      {good, lint_verdict::loads, 0},
      {R"({"resourceType":"Questionnaire","url":"urn:f","item":[{"linkId":"a","text":"A",
          "type":"string"}]})",
       lint_verdict::loads_with_repairs, 0},
      {R"({"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[
          {"type":"string"}]})",
       lint_verdict::refused, 1},
      {R"({"resourceType":"Patient"})", lint_verdict::refused, 1},
      {R"({"resourceType":"ValueSet"})", lint_verdict::loads, 0},
      {R"([1,2])", lint_verdict::refused, 1},
      {"{", lint_verdict::unreadable, 2},
      {"", lint_verdict::unreadable, 2}};
  for (auto const& one : cases) {
    auto const report = lint_form("f.json", std::string{one.text});
    EXPECT_EQ(report.verdict, one.verdict) << one.text;
    EXPECT_EQ(exit_code_of(report.verdict), one.exit_code) << one.text;
  }
}

TEST(Lint, TellsEveryBreachNotTheFirst) {
  auto const report =
      lint_form("f.json",
                R"({"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[
        {"linkId":"a","type":"display","text":"x","required":true,"code":[{"code":"c"}]},
        {"type":"string"},{"linkId":"b","type":"nope"}]})");
  std::vector<std::string_view> codes;
  for (auto const& one : report.findings) codes.push_back(one.code);
  EXPECT_THAT(codes, ::testing::ElementsAre("que-3", "que-6", "link-id-missing", "type-unknown"));
}

TEST(Lint, ReadsEveryFormOfABundle) {
  auto const report = lint_form(
      "b.json", R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},
        {"resource":{"resourceType":"Questionnaire","status":"active","item":[
            {"linkId":"a","type":"x"}]}}]})");
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.back().path, "Bundle.entry[1].resource.item[0].type");
}

TEST(Lint, MissesTranslations) {
  std::string const text =
      R"({"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[
        {"linkId":"a","text":"Name","_text":{"extension":[
            {"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[
            {"url":"lang","valueCode":"es"},{"url":"content","valueString":"Nombre"}]}]},
            "type":"string"},
        {"linkId":"b","text":"Age","type":"integer"},{"linkId":"c","text":"1 - 10",
            "type":"integer"}]})";
  auto const warned = lint_form("f.json", text);
  ASSERT_EQ(warned.findings.size(), 1U);
  EXPECT_EQ(warned.findings[0].severity, finding_severity::warning);
  EXPECT_EQ(warned.findings[0].path, "Questionnaire.item(b).text");
  auto const strict = lint_form("f.json", text, {.languages = {"es", "ht"}, .known = {}});
  EXPECT_EQ(strict.findings.size(), 3U);
  EXPECT_EQ(strict.findings[0].severity, finding_severity::error);
}

TEST(Lint, NamesARequiredGroupThatAsksNothing) {
  auto const report = lint_form(
      "f.json", R"({"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[
        {"linkId":"a","type":"group","required":true,"item":[
          {"linkId":"b","text":"Read this","type":"display"}]},
        {"linkId":"c","type":"group","required":true,"item":[
          {"linkId":"d","text":"Name","type":"string","required":true}]}]})");
  ASSERT_EQ(report.findings.size(), 1U) << render_text(report);
  EXPECT_EQ(report.findings[0].code, "required-group-empty");
  EXPECT_EQ(report.findings[0].path, "Questionnaire.item[0]");
}

TEST(Lint, RendersForPeopleAndPrograms) {
  auto const report = lint_form("f.json", "{\n\"a\":1,\"a\":2}");
  EXPECT_THAT(render_text(report), HasSubstr("f.json:2: error: "));
  EXPECT_THAT(render_text(report), HasSubstr("f.json: unreadable\n"));
  auto const json = render_json(report, "1.2.3");
  EXPECT_EQ(json.find('\n'), std::string::npos);
  auto const document = read_json(json);
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->root().text_of("tool"), "form lint");
  EXPECT_EQ(document->root().text_of("version"), "1.2.3");
  auto const& finding = document->root().find("findings")->children()[0];
  EXPECT_EQ(finding.text_of("code"), "duplicate-key");
  EXPECT_EQ(finding.find("line")->text(), "2");
}

TEST(Lint, SurvivesEverythingInTheCorpus) {
  fs::path const corpus = INTAKE_SHARED "/corpus";
  if (!fs::exists(corpus)) GTEST_SKIP() << "The corpus is not here.";
  int files = 0;
  for (auto const& file : fs::recursive_directory_iterator{corpus}) {
    if (!file.is_regular_file() || file.file_size() > (8U << 20U)) continue;
    auto const report = lint_form(file.path().filename(), support::contents(file.path()));
    EXPECT_FALSE(render_json(report, "0").empty());
    ++files;
  }
  EXPECT_GT(files, 500);
}

}  // namespace
}  // namespace intake::forms
