#include "forms/document_validation.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "forms/form_reader.hpp"
#include "tests/forms/support.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

// Public forms and responses with the verdicts that published validators gave them (MANIFEST.tsv).
namespace intake::forms {
namespace {

namespace fs = std::filesystem;
using support::contents;

constexpr std::string_view folder = INTAKE_SHARED "/corpus/fhir/";

using manifest_row = std::map<std::string, std::string, std::less<>>;

std::vector<std::string> split(std::string const& line, char separator) {
  std::vector<std::string> parts(1);
  for (char const c : line) {
    if (c == separator) {
      parts.emplace_back();
    } else if (c != '\r') {
      parts.back() += c;
    }
  }
  return parts;
}

std::vector<manifest_row> manifest() {
  std::ifstream file{fmt::format("{}MANIFEST.tsv", folder)};
  std::string line;
  std::getline(file, line);
  auto const names = split(line, '\t');
  std::vector<manifest_row> rows;
  while (std::getline(file, line)) {
    auto const values = split(line, '\t');
    manifest_row row;
    for (std::size_t i = 0; i < names.size(); ++i)
      row[names[i]] = i < values.size() ? values[i] : "";
    rows.push_back(std::move(row));
  }
  return rows;
}

/// An issue as the manifest writes it:
/// "error:business-rule:minValue@QuestionnaireResponse.item[0]".
struct published_issue {
  std::string severity;
  std::string type;
  std::string place;
};

std::vector<published_issue> issues_of(manifest_row const& row) {
  std::vector<published_issue> issues;
  auto const& text = row.at("expected_issues");
  for (std::size_t begin = 0; begin < text.size();) {
    auto const end = std::min(text.find("; ", begin), text.size());
    auto const one = text.substr(begin, end - begin);
    auto const parts = split(one.substr(0, one.find('@')), ':');
    if (parts.size() >= 2 && one.find('@') != std::string::npos) {
      issues.push_back({parts[0], parts[1], one.substr(one.find('@') + 1)});
    }
    begin = end + 2;
  }
  return issues;
}

// FHIR's issue types are a tree; the oracles choose different leaves for one thing.
bool same_kind(std::string_view published, std::string_view ours) {
  static std::map<std::string_view, std::set<std::string_view>> const kinds{
      {"structure", {"structure"}},
      {"required", {"required"}},
      {"invalid", {"invalid", "structure", "value"}},
      {"value", {"value", "business-rule"}},
      {"business-rule", {"business-rule"}},
      {"code-invalid", {"code-invalid", "business-rule"}},
      {"invariant", {"invariant"}}};
  auto const found = kinds.find(published);
  return found != kinds.end() && found->second.contains(ours);
}

bool is_left_out(manifest_row const& row) {
  return row.at("verdict") == "disputed" ||
         row.at("oracles_agree").find("DISAGREE") != std::string::npos ||
         row.at("note").find("needs-terminology") != std::string::npos;
}

parsed<std::vector<problem>> verdict_on(manifest_row const& row) {
  auto const document = read_json(contents(fmt::format("{}responses/{}", folder, row.at("file"))));
  if (!document) return document.error();
  auto const& form_file = row.at("questionnaire_file");
  library const none;
  auto const hooks = fhirpath::hooks_for({"2026-11-23", {}});
  validation_context context{"2026-11-23", response_status::completed, item_order::strict};
  context.expressions = &hooks;
  if (form_file.empty() || form_file == "(contained)") {
    return validate_document(*document, nullptr, none, context);
  }
  auto const form =
      read_questionnaire(contents(fmt::format("{}questionnaires/{}", folder, form_file)));
  if (!form) return form.error();
  return validate_document(*document, &*form, none, context);
}

std::string listing(std::vector<problem> const& problems) {
  std::string text;
  for (auto const& one : problems) {
    text +=
        fmt::format("\n  {} {} @{}", code_of(one.severity), row_of(one.code).name, one.expression);
  }
  return text;
}

bool has_issue(std::vector<problem> const& problems, published_issue const& issue) {
  return std::ranges::any_of(problems, [&](problem const& one) {
    bool const severe = one.severity == problem_severity::error;
    bool const wants_severe = issue.severity == "error" || issue.severity == "fatal";
    return severe == wants_severe && same_kind(issue.type, row_of(one.code).fhir_issue) &&
           one.expression == issue.place;
  });
}

TEST(PublishedVerdicts, AreOurs) {
  if (!fs::exists(folder)) GTEST_SKIP() << "The corpus of public forms is not here.";
  int judged = 0;
  for (auto const& row : manifest()) {
    if (row.at("kind") != "QuestionnaireResponse" || is_left_out(row)) continue;
    auto const& verdict = row.at("verdict");
    if (verdict != "valid" && verdict != "invalid") continue;
    ++judged;
    auto const found = verdict_on(row);
    ASSERT_TRUE(found.has_value()) << row.at("file") << ": " << sentence(found.error());
    EXPECT_EQ(any_error(*found), verdict == "invalid") << row.at("file") << listing(*found);
    for (auto const& issue : issues_of(row)) {
      if (issue.severity != "error" && issue.severity != "fatal") continue;
      EXPECT_TRUE(has_issue(*found, issue))
          << row.at("file") << " wants " << issue.type << " @" << issue.place << listing(*found);
    }
  }
  EXPECT_GE(judged, 30);
}

TEST(PublicResponses, NeverCrash) {
  if (!fs::exists(folder)) GTEST_SKIP() << "The corpus of public forms is not here.";
  int read = 0;
  for (auto const& row : manifest()) {
    if (row.at("kind") == "QuestionnaireResponse" && verdict_on(row).has_value()) ++read;
  }
  EXPECT_GE(read, 100);
}

TEST(PublicForms, AreUsableAlmostAlways) {
  if (!fs::exists(folder)) GTEST_SKIP() << "The corpus of public forms is not here.";
  int forms = 0;
  int usable = 0;
  std::string refused;
  for (auto const& file : fs::directory_iterator{fmt::format("{}questionnaires", folder)}) {
    ++forms;
    auto const form = read_questionnaire(contents(file.path()));
    usable += form.has_value() ? 1 : 0;
    if (!form)
      refused += fmt::format("\n  {}: {}", file.path().filename().string(), sentence(form.error()));
  }
  EXPECT_GE(usable * 100, forms * 95) << refused;
}

}  // namespace
}  // namespace intake::forms
