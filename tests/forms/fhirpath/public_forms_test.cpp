#include "forms/fhirpath/hooks.hpp"
#include "forms/form_reader.hpp"
#include "forms/initial_values.hpp"
#include "forms/resource_files.hpp"
#include "forms/scoring.hpp"
#include "forms/validation.hpp"
#include "tests/forms/support.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

// The expressions of public forms, as their authors wrote them.
namespace intake::forms {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view folder = INTAKE_SHARED "/corpus/fhir/questionnaires";

/// A form whose author wrote something else than FHIRPath, and how often.
struct odd_form {
  std::string_view file;
  int expressions;
  std::string_view reason;
};
constexpr odd_form odd_forms[] = {
    {"google__android-fhir__questionnaire.json", 1, "a sign that is none of FHIRPath's"},
    {"HL7__sdc__Questionnaire-CardiologyForm.json", 7,
     "regexes with one backslash, which N1 drops: they would match something else"},
    {"tiloc__faiadashu__phq9_instrument.json", 1, "a function of its author's own"},
    {"FHIR__fhir-test-cases__invariant-corrupted-expression-q.json", 1, "broken on purpose"},
};

struct expression_count {
  int compiled = 0;
  std::map<std::string, int> unparsable;
  std::string circles;
};

void count(form_expression const& one, expression_count& into) {
  if (one.compiled != nullptr) ++into.compiled;
}

void count_expressions(questionnaire const& form, expression_count& into) {
  for (auto const& one : form.header().variables) count(one, into);
  for (auto const& one : form.header().constraints) count(one.expression, into);
  for (auto const& one : form.items()) {
    for (auto const& each : one.variables) count(each, into);
    for (auto const& each : one.constraints) count(each.expression, into);
    for (auto const* each : {&one.initial_expression, &one.calculated_expression,
                             &one.enable_when_expression, &one.answer_expression,
                             &one.limits.value_min_expression, &one.limits.value_max_expression}) {
      count(*each, into);
    }
  }
}

void evaluate_everything(questionnaire const& form) {
  auto const hooks = fhirpath::hooks_for({"2026-11-28T09:00:00-05:00", {}});
  auto const filled = with_initial_expressions(form, {}, hooks);
  auto const computed = recompute(form, filled, hooks);
  validation_context context{"2026-11-28", {}, {}};
  context.expressions = &hooks;
  static_cast<void>(validate(form, computed.answers, context));
}

TEST(PublicExpressions, AreParsedAndEvaluated) {
  if (!fs::exists(folder)) GTEST_SKIP() << "The corpus of public forms is not here.";
  expression_count counted;
  for (auto const& file : fs::directory_iterator{folder}) {
    auto const document = read_json(support::contents(file.path()), form_file_limits);
    if (!document) continue;
    for (auto const& one : find_resources(*document, "Questionnaire")) {
      auto const reading = read_form(*document, *one.resource);
      for (auto const& found : reading.findings) {
        auto const line = fmt::format("\n  {}: {}", file.path().filename().string(), found.message);
        if (found.code == "expression-unparsable") ++counted.unparsable[file.path().filename()];
        if (found.code == "expression-cycle") counted.circles += line + " " + found.path;
      }
      if (!reading.form) continue;
      count_expressions(*reading.form, counted);
      evaluate_everything(*reading.form);
    }
  }
  fmt::print("{} expressions of public forms parsed\n", counted.compiled);
  EXPECT_GE(counted.compiled, 300);
  for (auto const& [file, times] : counted.unparsable) {
    auto const* odd = std::ranges::find(odd_forms, file, &odd_form::file);
    EXPECT_EQ(times, odd == std::end(odd_forms) ? 0 : odd->expressions) << file;
  }
  EXPECT_EQ(counted.unparsable.size(), std::size(odd_forms));
  EXPECT_EQ(counted.circles, "");
}

}  // namespace
}  // namespace intake::forms
