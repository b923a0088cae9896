#include "tests/forms/packet_files.hpp"

#include <cctype>
#include <string_view>

#include <gtest/gtest.h>

// Plain words at about US grade 6: the Flesch-Kincaid grade (Kincaid et al., 1975) of each form's
// English questions. An instrument's words are its owner's.
namespace intake {
namespace {

constexpr double grade_max = 6.0;
// Shorter texts ("First name") are labels, not sentences.
constexpr std::size_t words_min = 4;
// What follows are names of medicines, as they stand on the bottle.
constexpr std::string_view list_of_names = "Such as ";

struct counts {
  std::size_t sentences = 0;
  std::size_t words = 0;
  std::size_t syllables = 0;

  double grade() const {
    auto const per = [](std::size_t a, std::size_t b) {
      return static_cast<double>(a) / static_cast<double>(b);
    };
    return 0.39 * per(words, sentences) + 11.8 * per(syllables, words) - 15.59;
  }
};

bool is_vowel(char c) {
  return std::string_view{"aeiouyAEIOUY"}.find(c) != std::string_view::npos;
}

/// Groups of vowels; a silent e at the end is none.
std::size_t syllables_of(std::string_view word) {
  std::size_t groups = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]))) ++groups;
  }
  bool const silent_end = word.size() > 2 && word.back() == 'e' && !is_vowel(word[word.size() - 2]);
  if (silent_end && groups > 1) --groups;
  return std::max<std::size_t>(groups, 1);
}

counts count(std::string_view text) {
  counts found;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    char const c = i < text.size() ? text[i] : ' ';
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    if (!word.empty()) {
      ++found.words;
      found.syllables += syllables_of(word);
      word.clear();
    }
    bool const ends = std::string_view{".?!:;"}.find(c) != std::string_view::npos &&
                      (i + 1 >= text.size() || text[i + 1] == ' ');
    if (ends) ++found.sentences;
  }
  found.sentences = std::max<std::size_t>(found.sentences, 1);
  return found;
}

TEST(plain_words, counts_as_a_person_does) {
  auto const easy = count("The cat sat on the mat.");
  EXPECT_EQ(easy.words, 6U);
  EXPECT_EQ(easy.syllables, 6U);
  EXPECT_EQ(easy.sentences, 1U);
  EXPECT_EQ(count("Do you take any medicine? Which?").sentences, 2U);
  EXPECT_EQ(syllables_of("authorization"), 5U);
  EXPECT_LT(easy.grade(), 1);
  EXPECT_GT(count("Notwithstanding contractual obligations, authorization necessitates "
                  "documentation.")
                .grade(),
            20);
}

TEST(plain_words, no_form_asks_for_more_than_six_years_of_school) {
  std::size_t read = 0;
  for (auto const& form : tests::packet().forms()) {
    if (!form->header().instrument.owner.empty()) continue;
    counts all;
    for (auto const& item : form->items()) {
      if (item.hidden || item.text.text.starts_with(list_of_names)) continue;
      auto const one = count(item.text.text);
      if (one.words < words_min) continue;
      all.words += one.words;
      all.syllables += one.syllables;
      all.sentences += one.sentences;
    }
    if (all.words == 0) continue;
    ++read;
    EXPECT_LE(all.grade(), grade_max) << form->header().id;
  }
  EXPECT_GE(read, 25U);
}

}  // namespace
}  // namespace intake
