#include "pdf/blank_form.hpp"

#include "pdf/render.hpp"
#include "tests/pdf/document_text.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::HasSubstr;

document blank_of(std::string_view items) {
  return blank_form(
      *forms::read_questionnaire(fmt::format(
          R"({{"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[{}]}})",
          items)),
      {});
}

TEST(BlankForm, PrintsEveryPrefix) {
  auto const text = sample::document_text(
      blank_of(R"({"linkId":"g","type":"group","prefix":"A.","text":"Pain","item":[
          {"linkId":"d","type":"display","prefix":"i.","text":"Think of last week."},
          {"linkId":"q","type":"integer","prefix":"1.","text":"How strong?"}]
})"));
  for (auto const* each : {"A. Pain", "i. Think of last week.", "1. How strong?"}) {
    EXPECT_THAT(text, HasSubstr(each));
  }
}

std::vector<blank_answer> questions_of(document const& sheet) {
  std::vector<blank_answer> out;
  for (auto const& each : sheet.sections.front().blocks) {
    if (auto const* found = std::get_if<blank_answer>(&each)) out.push_back(*found);
  }
  return out;
}

TEST(BlankForm, HasALineForAnAnswerOfOnesOwn) {
  auto const sheet = blank_of(R"({"linkId":"o","type":"open-choice","text":"Which?",
      "answerOption":[{"valueString":"Heat"},{"valueString":"Cold"}]})");
  auto const asked = questions_of(sheet).back();
  EXPECT_EQ(asked.kind, blank_kind::open_choice);
  EXPECT_EQ(asked.options, (std::vector<std::string>{"Heat", "Cold"}));
  auto const closed = blank_of(R"({"linkId":"o","type":"choice","text":"Which?",
      "answerOption":[{"valueString":"Heat"},{"valueString":"Cold"}]})");
  EXPECT_NE(render(sheet, sample::plain_faces()).bytes,
            render(closed, sample::plain_faces()).bytes);
}

TEST(BlankForm, OffersDatesAsPeopleReadThem) {
  auto const sheet = blank_of(R"({"linkId":"d","type":"choice","text":"When?",
      "answerOption":[{"valueDate":"2026-12-01"},{"valueTime":"09:00:00"}]})");
  EXPECT_THAT(questions_of(sheet).back().options,
              testing::ElementsAre("December 1, 2026", "9:00 AM"));
}

/// The lines of each page.
std::vector<std::vector<std::string>> pages_of(std::vector<block> blocks) {
  auto const text =
      viewer::text(render(sample::of(std::move(blocks)), sample::plain_faces()).bytes);
  std::vector<std::vector<std::string>> pages{{}};
  std::string line;
  for (char const each : text) {
    if (each == '\n' || each == '\f') {
      if (!line.empty()) pages.back().push_back(std::move(line));
      line.clear();
      if (each == '\f') pages.emplace_back();
    } else {
      line += each;
    }
  }
  return pages;
}

std::size_t page_with(std::vector<std::vector<std::string>> const& pages, std::string_view text) {
  for (std::size_t at = 0; at < pages.size(); ++at) {
    for (auto const& line : pages[at]) {
      if (line.find(text) != std::string::npos) return at;
    }
  }
  ADD_FAILURE() << text;
  return pages.size();
}

TEST(BlankForm, KeepsAnIntroductionWithWhatItIntroduces) {
  INTAKE_NEEDS("pdftotext");
  auto const blocks = blank_of(R"({"linkId":"g","type":"group","text":"Pain","item":[
      {"linkId":"d","type":"display","text":"Think of last week."},
      {"linkId":"e","type":"display","text":"Count every day."},
      {"linkId":"q","type":"text","text":"How strong?"}]})")
                          .sections.front()
                          .blocks;
  auto const begin = std::ranges::find_if(blocks, [](block const& each) {
    auto const* found = std::get_if<heading>(&each);
    return found != nullptr && found->text == "Pain";
  });
  ASSERT_NE(begin, blocks.end());
  for (int before = 10; before < 45; ++before) {
    std::vector<block> sheet(static_cast<std::size_t>(before), paragraph{"A line before it."});
    sheet.insert(sheet.end(), begin, blocks.end());
    auto const pages = pages_of(std::move(sheet));
    auto const asked = page_with(pages, "How strong?");
    EXPECT_EQ(page_with(pages, "Think of last week."), asked) << before;
    EXPECT_EQ(page_with(pages, "Count every day."), asked) << before;
  }
}

TEST(BlankForm, BeginsALongListOfOptionsWhereItsQuestionStands) {
  INTAKE_NEEDS("pdftotext");
  std::vector<std::string> options;
  for (int at = 1; at <= 60; ++at) options.push_back(fmt::format("Option {}.", at));
  std::vector<block> sheet(12, paragraph{"A line before it."});
  sheet.push_back(blank_answer{"Which?", "", "", blank_kind::choice, options});
  auto const pages = pages_of(std::move(sheet));
  EXPECT_EQ(page_with(pages, "Which?"), 0U);
  EXPECT_EQ(page_with(pages, "Option 1."), 0U);
  EXPECT_EQ(page_with(pages, "Option 59."), page_with(pages, "Option 60."));
}

}  // namespace
}  // namespace intake::pdf
