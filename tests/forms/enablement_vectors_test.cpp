#include "forms/enablement.hpp"
#include "forms/form_reader.hpp"
#include "forms/link_path.hpp"
#include "tests/forms/support.hpp"

#include <filesystem>

#include <gtest/gtest.h>

// tests/data/enablement/*.json: the browser's script is held to the same files.
namespace intake::forms {
namespace {

namespace fs = std::filesystem;

/// Walks to where the path's last step stands and asks there.
bool is_enabled_at(questionnaire const& form, enablement const& evaluator,
                   answer_scope const& scope, std::span<path_step const> path) {
  auto const step = path.front();
  auto const& one = form.at(step.item);
  if (path.size() == 1) return evaluator.is_enabled(one, scope);
  auto const found = occurrences(*scope.siblings, step.item);
  if (is_question(one)) {
    auto const& given = found.first->answers.at(step.repetition);
    return is_enabled_at(form, evaluator, {&given.items, &scope, step.item, &given},
                         path.subspan(1));
  }
  auto const& occurrence = found.first[step.repetition];
  return is_enabled_at(form, evaluator, {&occurrence.items, &scope, step.item}, path.subspan(1));
}

void run_case(questionnaire const& form, json_value const& one, std::string const& file) {
  auto const read = read_response(form, *one.find("response"));
  EXPECT_TRUE(read.problems.empty()) << file << ": " << one.text_of("name");
  enablement const evaluator{form, read.answers};
  auto const& expected = *one.find("enabled");
  EXPECT_FALSE(expected.children().empty());
  for (auto const& wanted : expected) {
    auto const path = read_link_path(form, wanted.key());
    ASSERT_TRUE(path) << file << ": " << wanted.key();
    answer_scope const top{&read.answers.items, nullptr, no_item};
    EXPECT_EQ(is_enabled_at(form, evaluator, top, *path), wanted.is_true())
        << file << ": " << one.text_of("name") << ": " << wanted.key();
  }
}

TEST(EnablementVectors, Hold) {
  int cases = 0;
  for (auto const& file : fs::directory_iterator{INTAKE_TEST_DATA "/enablement"}) {
    auto const document = read_json(support::contents(file.path()));
    ASSERT_TRUE(document.has_value()) << file.path() << sentence(document.error());
    auto const reading = read_form(*document, *document->root().find("questionnaire"));
    ASSERT_TRUE(reading.form.has_value()) << file.path();
    for (auto const& one : *document->root().find("cases")) {
      run_case(*reading.form, one, file.path().filename());
      ++cases;
    }
  }
  EXPECT_GE(cases, 35);
}

}  // namespace
}  // namespace intake::forms
