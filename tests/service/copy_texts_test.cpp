#include "service/copy_texts.hpp"

#include <gtest/gtest.h>

namespace intake::service {
namespace {

TEST(CopyTexts, InEnglishAreTheWordsThatStaffRead) {
  texts const from;
  auto const english = copy_words_in(from, language::en);
  pdf::copy_words const own;
  EXPECT_EQ(english.page.page_of, own.page.page_of);
  EXPECT_EQ(english.page.born, own.page.born);
  EXPECT_EQ(english.page.evaluation, own.page.evaluation);
  EXPECT_EQ(english.page.not_answered, own.page.not_answered);
  EXPECT_EQ(english.page.not_told, own.page.not_told);
  EXPECT_EQ(english.months, own.months);
  EXPECT_EQ(english.date, own.date);
  EXPECT_EQ(english.forms_in_packet, own.forms_in_packet);
  EXPECT_EQ(english.certificate_note, own.certificate_note);
  EXPECT_EQ(english.typed_name, own.typed_name);
  EXPECT_EQ(english.patients_name, own.patients_name);
  EXPECT_EQ(english.as_of, own.as_of);
  EXPECT_EQ(english.yes, own.yes);
}

TEST(CopyTexts, NameTwelveMonthsInEveryLanguage) {
  texts const from;
  for (auto const each : all_languages) {
    auto const words = copy_words_in(from, each);
    for (auto const& month : words.months) EXPECT_FALSE(month.empty()) << tag(each);
  }
  EXPECT_EQ(copy_words_in(from, language::ht).months[7], "out");
  EXPECT_EQ(copy_words_in(from, language::es).months[0], "enero");
}

}  // namespace
}  // namespace intake::service
