#include "forms/insurance/identifiers.hpp"

#include "forms/insurance/id_pattern.hpp"

#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using enum identifier_kind;

struct typed_case {
  char const* name;
  identifier_kind kind;
  char const* typed;
  char const* normal;   ///< empty: wrong
  char const* problem;  ///< empty: good
  keeping store = keeping::as_typed;
};

class identifier_cases : public ::testing::TestWithParam<typed_case> {};

TEST_P(identifier_cases, read_as_published) {
  auto const& one = GetParam();
  auto const read = read_identifier(one.kind, one.typed);
  EXPECT_EQ(read.good, one.problem[0] == '\0');
  EXPECT_EQ(read.normal, one.normal);
  EXPECT_EQ(read.problem, one.problem);
  EXPECT_EQ(read.store, one.store);
  if (!read.good) {
    EXPECT_FALSE(read.message.en.empty());
    EXPECT_FALSE(read.message.es.empty());
    EXPECT_FALSE(read.message.ht.empty());
  }
}

// Sources: CMS "Understanding the MBI Format" (1EG4-TE5-MK73; older sample MK72) and its position
// table; CMS "Requirements for NPI Check Digit" (1234567893 and 808401234567893); tricare.mil
// "Showing Your ID" (DBN 11 digits, DoD ID 10); SSA "Randomization FAQ" (areas 000, 666, 900-999)
// and the two numbers SSA lists as misused (078-05-1120, 219-09-9999); NANPA for 555-01xx and N11;
// USPS for 00501.
INSTANTIATE_TEST_SUITE_P(
    published, identifier_cases,
    ::testing::Values(
        typed_case{"mbi_of_cms", mbi, "1EG4-TE5-MK73", "1EG4TE5MK73", ""},
        typed_case{"mbi_older_sample", mbi, "1EG4-TE5-MK72", "1EG4TE5MK72", ""},
        typed_case{"mbi_lower_case", mbi, "1eg4te5mk73", "1EG4TE5MK73", ""},
        typed_case{"mbi_spaces", mbi, " 1EG4 TE5 MK73 ", "1EG4TE5MK73", ""},
        typed_case{"mbi_en_dash", mbi, "1EG4\u2013TE5\u2013MK73", "1EG4TE5MK73", ""},
        typed_case{"mbi_letter_s", mbi, "1SG4-TE5-MK73", "", "mbi-excluded-letter"},
        typed_case{"mbi_letter_o", mbi, "1EG4-TE5-MO73", "", "mbi-excluded-letter"},
        typed_case{"mbi_first_zero", mbi, "0EG4-TE5-MK73", "", "mbi-pattern"},
        typed_case{"mbi_digit_for_letter", mbi, "1EG4-TE5-M473", "", "mbi-pattern"},
        typed_case{"mbi_short", mbi, "1EG4-TE5-MK7", "", "mbi-length"},
        typed_case{"hicn_wife", mbi, "123-45-6789B1", "", "hicn-retired", keeping::nothing},
        typed_case{"hicn_worker", mbi, "123456789A", "", "hicn-retired", keeping::nothing},
        typed_case{"hicn_railroad", mbi, "WA123456789", "", "hicn-retired", keeping::nothing},
        typed_case{"ssn_for_mbi", mbi, "123-45-6789", "", "looks-like-ssn", keeping::nothing},
        typed_case{"dbn", dbn, "12345678901", "12345678901", ""},
        typed_case{"dbn_as_printed", dbn, "123456789-01", "12345678901", ""},
        typed_case{"dod_id", dbn, "1234567890", "", "dbn-is-dod-id"},
        typed_case{"ssn_for_dbn", dbn, "123-45-6789", "", "looks-like-ssn", keeping::nothing},
        typed_case{"dbn_letters", dbn, "ABCDEFGHIJK", "", "dbn-length"},
        typed_case{"bcbs", bcbs_member, "XJB 123 456 789", "XJB123456789", ""},
        typed_case{"bcbs_new_prefix", bcbs_member, "A2C12345678", "A2C12345678", ""},
        typed_case{"bcbs_federal", bcbs_member, "R12345678", "R12345678", ""},
        typed_case{"bcbs_too_short", bcbs_member, "XJB12", "", "bcbs-prefix"},
        typed_case{"npi_of_cms", npi, "1234567893", "1234567893", ""},
        typed_case{"npi_as_card_issuer", npi, "808401234567893", "1234567893", ""},
        typed_case{"npi_one_digit_off", npi, "1234567894", "", "npi-check-digit"},
        typed_case{"npi_transposed", npi, "1243567893", "", "npi-check-digit"},
        typed_case{"npi_begins_with_three", npi, "3234567893", "", "npi-length"},
        typed_case{"ssn", ssn, "123-45-6789", "123456789", ""},
        typed_case{"ssn_area_000", ssn, "000-12-3456", "", "ssn-impossible"},
        typed_case{"ssn_area_666", ssn, "666-12-3456", "", "ssn-impossible"},
        typed_case{"ssn_area_900", ssn, "900-12-3456", "", "ssn-impossible"},
        typed_case{"ssn_group_00", ssn, "123-00-4567", "", "ssn-impossible"},
        typed_case{"ssn_serial_0000", ssn, "123-45-0000", "", "ssn-impossible"},
        typed_case{"ssn_wallet_card", ssn, "078-05-1120", "", "ssn-impossible"},
        typed_case{"ssn_pamphlet", ssn, "219-09-9999", "", "ssn-impossible"},
        typed_case{"rx_bin", rx_bin, "004336", "004336", ""},
        typed_case{"rx_bin_eight", rx_bin, "00433600", "00433600", ""},
        typed_case{"rx_bin_five", rx_bin, "04336", "", "rx-bin-length"},
        typed_case{"phone_fictional", phone, "(305) 555-0142", "+13055550142", ""},
        typed_case{"phone_with_one", phone, "1-305-555-0142", "+13055550142", ""},
        typed_case{"phone_extension", phone, "305.555.0142 ext. 7", "+13055550142", ""},
        typed_case{"phone_haiti", phone, "+509 28 12 3456", "+50928123456", ""},
        typed_case{"phone_area_911", phone, "911-555-0142", "", "phone-number"},
        typed_case{"phone_exchange_1", phone, "305-155-0142", "", "phone-number"},
        typed_case{"phone_without_area", phone, "555-0142", "", "phone-number"},
        typed_case{"zip", zip, "33101", "33101", ""},
        typed_case{"zip_plus_four", zip, "33101 1234", "33101-1234", ""},
        typed_case{"zip_lowest", zip, "00501", "00501", ""},
        typed_case{"zip_zero", zip, "00000", "", "zip-code"},
        typed_case{"zip_four", zip, "3310", "", "zip-code"},
        typed_case{"payer_id", payer_id, "99727", "99727", ""},
        typed_case{"payer_id_hets", payer_id, "cms", "CMS", ""},
        typed_case{"payer_id_sign", payer_id, "99_727", "", "payer-id"},
        typed_case{"only_dashes", mbi, " - ", "", "identifier-empty"}),
    [](auto const& one) { return std::string(one.param.name); });

// CMS: letters S, L, O, I, B, Z at no position; position by position.
TEST(mbi, each_position_takes_exactly_its_classes) {
  std::string_view const classes = "CAXNAXNAANN";
  std::string const sample = "1EG4TE5MK73";
  for (std::size_t at = 0; at < sample.size(); ++at) {
    for (char letter = '0'; letter <= 'Z'; ++letter) {
      bool const digit = letter >= '0' && letter <= '9';
      bool const upper = letter >= 'A';
      if (!digit && !upper) continue;
      bool const allowed =
          upper && std::string_view("SLOIBZ").find(letter) == std::string_view::npos;
      char const kind = classes[at];
      bool const expected = (kind == 'C' && digit && letter != '0') || (kind == 'N' && digit) ||
                            (kind == 'A' && allowed) || (kind == 'X' && (digit || allowed));
      auto text = sample;
      text[at] = letter;
      EXPECT_EQ(read_identifier(identifier_kind::mbi, text).good, expected) << text;
    }
  }
}

TEST(npi, one_wrong_digit_is_always_found) {
  std::string const sample = "1234567893";
  for (std::size_t at = 1; at < sample.size(); ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto text = sample;
      text[at] = digit;
      EXPECT_EQ(read_identifier(identifier_kind::npi, text).good, text == sample) << text;
    }
  }
}

TEST(id_pattern, reads_what_a_manager_writes) {
  struct pattern_case {
    char const* pattern;
    char const* text;
    bool fits;
  };
  pattern_case const cases[] = {
      {"N{11}", "12345678901", true},  {"N{11}", "1234567890", false},
      {"N{2-4}", "123", true},         {"N{2-4}", "12345", false},
      {"'EX' N{3}", "EX123", true},    {"'EX' N{3}", "EY123", false},
      {"L N | N L", "A1", true},       {"L N | N L", "1A", true},
      {"L N | N L", "AA", false},      {"B{0-3} N{3}", "123", true},
      {"B{0-3} N{3}", "AB1234", true}, {"X", "S", false},
      {"'A-B' N{2}", "AB-12", true},   {"'A-B' N{2}", "a b12", true},
      {"'A.B C' N", "ABC1", true},     {"'A\u2013B' N", "A-B1", true},
      {"'A-B' N{2}", "AC12", false},
  };
  for (auto const& [text, value, fits] : cases) {
    std::string fault;
    auto const pattern = id_pattern::read(text, fault);
    ASSERT_TRUE(pattern.has_value()) << text << ": " << fault;
    EXPECT_EQ(pattern->matches(normal_identifier(value)), fits) << text << ' ' << value;
  }
}

TEST(id_pattern, says_why_it_cannot_be_read) {
  for (auto const* text :
       {"", "N{", "N{4-2}", "N{0}", "Q", "'EX", "N ||", "N{99}", "[0-9]+", "'-'"}) {
    std::string fault;
    EXPECT_FALSE(id_pattern::read(text, fault).has_value()) << text;
    EXPECT_FALSE(fault.empty()) << text;
  }
}

TEST(member_number, takes_the_better_message_of_check_and_format) {
  id_format const tricare{"dbn", "N{11}", "dbn", {}, {}, {"format en", "", ""}, 2};
  EXPECT_EQ(read_member_number(tricare, "1234567890").problem, "dbn-is-dod-id");
  EXPECT_NE(read_member_number(tricare, "1234567890").message.en, "format en");
  id_format const plain{"plain", "B{3-30}", "none", {}, {}, {"format en", "", ""}, 3};
  EXPECT_EQ(read_member_number(plain, "A").message.en, "format en");
  EXPECT_EQ(read_member_number(plain, "w 123-4").normal, "W1234");
}

struct kept_case {
  char const* name;
  char const* pattern;
  char const* typed;
  keeping kept;
};

class member_number_kept : public ::testing::TestWithParam<kept_case> {};

TEST_P(member_number_kept, unless_it_looks_like_a_social_security_number) {
  id_format const format{"any", GetParam().pattern, "none", {}, {}, {}, 2};
  auto const reading = read_member_number(format, GetParam().typed);
  EXPECT_EQ(reading.store, GetParam().kept);
  if (reading.store == keeping::nothing) {
    EXPECT_EQ(reading.problem, "looks-like-ssn");
  }
}

INSTANTIATE_TEST_SUITE_P(
    all, member_number_kept,
    ::testing::Values(
        kept_case{"ten_digits_are_asked", "N{10}", "123456789", keeping::nothing},
        kept_case{"one_digit_of_ten_forgotten", "N{10}", "951234567", keeping::as_typed},
        kept_case{"written_as_one", "B{3-30}", "123-45-6789", keeping::nothing},
        kept_case{"with_spaces", "B{3-30}", " 123 45 6789", keeping::nothing},
        kept_case{"with_en_dashes", "B{3-30}", "123\u201345\u20136789", keeping::nothing},
        kept_case{"where_anything_is_taken", "", "123-45-6789", keeping::nothing},
        kept_case{"nine_digits_that_a_card_may_have", "B{3-30}", "123456789", keeping::as_typed},
        kept_case{"divided_otherwise", "B{3-30}", "123-456-789", keeping::as_typed},
        kept_case{"longer", "B{3-30}", "123-45-67890", keeping::as_typed}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(member_number, that_a_row_asks_for_may_be_a_social_security_number) {
  id_format const asked{"ssn", "N{9}", "ssn", {}, {}, {}, 2};
  EXPECT_TRUE(read_member_number(asked, "123-45-6789").good);
}

}  // namespace
}  // namespace intake::forms::insurance
