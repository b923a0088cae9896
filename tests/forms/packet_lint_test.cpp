#include "forms/lint.hpp"
#include "tests/forms/packet_files.hpp"

#include <gtest/gtest.h>

namespace intake {
namespace {

// The languages an instrument is published in are those of its title; every other form speaks all.
std::vector<std::string> languages_of(std::string const& file) {
  for (auto const& form : tests::packet().forms()) {
    bool const instrument = !form->header().instrument.owner.empty();
    if (!instrument || !file.ends_with("/" + form->header().id + ".json")) continue;
    std::vector<std::string> published;
    for (auto const& one : form->header().title.translations) published.push_back(one.language);
    return published;
  }
  return {"es", "ht"};
}

TEST(packet_lint, finds_nothing) {
  for (auto const& file : tests::json_files("forms/packet")) {
    forms::lint_options wanted;
    wanted.languages = languages_of(file);
    auto const report = forms::lint_form(file, tests::source_text(file), wanted);
    EXPECT_EQ(report.verdict, forms::lint_verdict::loads) << file;
    EXPECT_TRUE(report.findings.empty()) << forms::render_text(report);
  }
}

}  // namespace
}  // namespace intake
