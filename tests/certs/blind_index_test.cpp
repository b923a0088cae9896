#include "certs/blind_index.hpp"

#include "certs/name_fold.hpp"
#include "tests/certs/test_world.hpp"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::certs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct fold_case {
  char const* text;
  char const* expected;
};

TEST(FoldName, BringsSpellingsTogether) {
  fold_case const cases[] = {
      {"", ""},
      {"Nguyen", "nguyen"},
      {"NGUYỄN", "nguyen"},
      {"Nguy\u0065\u0302\u0303n", "nguyen"},
      {"O'Brien", "obrien"},
      {"O’Brien", "obrien"},
      {"OʼBrien", "obrien"},
      {"García Márquez", "garciamarquez"},
      {"Garcia-Marquez", "garciamarquez"},
      {"Garcia\u2011Marquez", "garciamarquez"},
      {"Peña", "pena"},
      {"Jean-Baptiste", "jeanbaptiste"},
      {"Désiré", "desire"},
      {"Đặng", "dang"},
      {"Łukasiewicz", "lukasiewicz"},
      {"Æsir", "aesir"},
      {"Œuvre", "oeuvre"},
      {"Groß", "gross"},
      {"Þór", "thor"},
      {"Müller", "muller"},
      {"Škoda", "skoda"},
      {"Ştefan", "stefan"},
      {"Ơn", "on"},
      {"St. John III", "stjohniii"},
      {"  Ng ", "ng"},
      {"山田", "山田"},
      {"Иванов", "Иванов"},
      {"a\xff"
       "b",
       "ab"},
      {"\xc3", ""},
      {"a\xed\xa0\x80z", "az"},
      {"...", ""},
  };
  for (auto const& c : cases) EXPECT_EQ(fold_name(c.text), c.expected) << c.text;
}

TEST(FoldName, IsIdempotent) {
  for (auto const* text : {"García-Márquez", "NGUYỄN", "Œuvre Þór", "Иванов"}) {
    EXPECT_EQ(fold_name(fold_name(text)), fold_name(text));
  }
}

TEST(FoldWords, PartAtSpacesAndHyphensOnly) {
  EXPECT_THAT(fold_words("García-Márquez de la O’Shea"),
              ElementsAre("garcia", "marquez", "de", "la", "oshea"));
  EXPECT_THAT(fold_words("Jean\u00a0Marie\u2010Luc"), ElementsAre("jean", "marie", "luc"));
  EXPECT_THAT(fold_words(" - . "), IsEmpty());
}

TEST(FoldPhone, BringsSpellingsTogether) {
  fold_case const cases[] = {
      {"(352) 555-0142", "3525550142"},
      {"352.555.0142", "3525550142"},
      {"+1 352 555 0142", "3525550142"},
      {"1-352-555-0142", "3525550142"},
      {"352-555-0142 x12", "3525550142"},
      {"352-555-0142 ext. 12", "3525550142"},
      {"352-555-0142;ext=12", "3525550142"},
      {"555-0142", "5550142"},
      {"+509 22 22 0100", "+50922220100"},
      {"+44 20 7946 0958", "+442079460958"},
      {"", ""},
      {"none", ""},
      {"call my son 352-555-0142", ""},
      {"12345", ""},
      {"1234567890123456", ""},
  };
  for (auto const& c : cases) EXPECT_EQ(fold_phone(c.text), c.expected) << c.text;
}

TEST(FoldMemberId, KeepsLettersAndDigits) {
  EXPECT_EQ(fold_member_id("1eg4-te5-mk72"), "1EG4TE5MK72");
  EXPECT_EQ(fold_member_id(" W 123 456 789 "), "W123456789");
  EXPECT_EQ(fold_member_id("--"), "");
}

class BlindIndex : public testing::Test {
 protected:
  keyring ring{secret::random(test_world(), 32)};
};

TEST_F(BlindIndex, SpellingsOfOnePatientMeet) {
  EXPECT_EQ(surname_birth_date_token(ring, "García Márquez", "1961-03-04"),
            surname_birth_date_token(ring, "GARCIA-MARQUEZ", "1961-03-04"));
  EXPECT_EQ(phone_token(ring, "(352) 555-0142"), phone_token(ring, "+13525550142"));
  EXPECT_EQ(phone_last_four_token(ring, "(352) 555-0142 x7"), phone_last_four_token(ring, "0142"));
  EXPECT_EQ(name_prefix_token(ring, "Nguyễn"), name_prefix_token(ring, "ngu"));
  EXPECT_EQ(member_id_token(ring, "1EG4-TE5-MK72"), member_id_token(ring, "1eg4te5mk72"));
}

TEST_F(BlindIndex, OthersDoNotMeet) {
  auto const token = surname_birth_date_token(ring, "Ngu", "1961-03-04");
  EXPECT_NE(token, surname_birth_date_token(ring, "Ngu", "1961-03-05"));
  EXPECT_NE(token, surname_birth_date_token(ring, "Ngo", "1961-03-04"));
  EXPECT_NE(token, surname_birth_date_token(keyring(secret::random(test_world(2), 32)), "Ngu",
                                            "1961-03-04"));
  EXPECT_NE(name_prefix_token(ring, "Ng"), name_prefix_token(ring, "Nguyen"));
  EXPECT_NE(phone_token(ring, "+50922220100"), phone_token(ring, "50922220100"));
}

TEST_F(BlindIndex, NothingSearchableGivesNoToken) {
  EXPECT_FALSE(surname_birth_date_token(ring, "", "1961-03-04"));
  EXPECT_FALSE(surname_birth_date_token(ring, "'-", "1961-03-04"));
  EXPECT_FALSE(surname_birth_date_token(ring, "Ngu", "1961-03"));
  EXPECT_FALSE(surname_birth_date_token(ring, "Ngu", "1961-02-30"));
  EXPECT_FALSE(birth_date_token(ring, "1961"));
  EXPECT_FALSE(phone_token(ring, "none"));
  EXPECT_FALSE(phone_last_four_token(ring, "014"));
  EXPECT_FALSE(phone_last_four_token(ring, "014a"));
  EXPECT_FALSE(name_prefix_token(ring, " "));
  EXPECT_FALSE(member_id_token(ring, "-"));
}

TEST_F(BlindIndex, FieldsWithFewValuesAreCutToTenBits) {
  std::set<bytes> buckets;
  for (int i = 0; i < 10'000; ++i) {
    auto const last_four = std::to_string(10'000 + i).substr(1);
    auto const token = phone_last_four_token(ring, last_four).value();
    ASSERT_EQ(token.value.size(), 2U);
    ASSERT_LT(token.value[0] << 8 | token.value[1], 1024);
    buckets.insert(token.value);
  }
  // About ten numbers share a bucket; that all 1,024 are met shows that no bit is stuck.
  EXPECT_EQ(buckets.size(), 1024U);
  EXPECT_EQ(birth_date_token(ring, "1961-03-04")->value.size(), 2U);
  EXPECT_EQ(name_prefix_token(ring, "Ngu")->value.size(), 2U);
  EXPECT_EQ(phone_token(ring, "3525550142")->value.size(), 32U);
  EXPECT_EQ(surname_birth_date_token(ring, "Ngu", "1961-03-04")->value.size(), 32U);
  EXPECT_EQ(member_id_token(ring, "W1")->value.size(), 32U);
}

TEST_F(BlindIndex, StoredTokensHoldEveryTokenThatIsSearchedFor) {
  std::string_view const phones[] = {"(352) 555-0142", "352-555-0142", "none"};
  std::string_view const ids[] = {"1EG4-TE5-MK72"};
  auto const stored =
      search_tokens(ring, {"García Márquez", "María José", "1961-03-04", phones, ids});
  for (auto const& wanted :
       {surname_birth_date_token(ring, "garcia marquez", "1961-03-04"),
        birth_date_token(ring, "1961-03-04"), phone_token(ring, "3525550142"),
        phone_last_four_token(ring, "0142"), name_prefix_token(ring, "Garc"),
        name_prefix_token(ring, "MÁRQUEZ"), name_prefix_token(ring, "jos"),
        name_prefix_token(ring, "GarciaMarquez"), member_id_token(ring, "1eg4te5mk72")}) {
    EXPECT_THAT(stored, testing::Contains(wanted.value()));
  }
  // mar- of Márquez and of María is one token, as are the two spellings of the telephone.
  EXPECT_EQ(stored.size(), 8U);
  EXPECT_TRUE(std::ranges::is_sorted(stored));
}

TEST_F(BlindIndex, AnEmptyPatientHasNoTokens) {
  EXPECT_THAT(search_tokens(ring, {}), IsEmpty());
}

}  // namespace
}  // namespace intake::certs
