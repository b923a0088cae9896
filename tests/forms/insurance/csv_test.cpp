#include "forms/insurance/csv.hpp"

#include <random>

#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

std::vector<std::vector<std::string>> cells(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  auto const file = read_csv({"t.csv", text});
  for (auto const& one : file.problems) ADD_FAILURE() << place_of(one) << ": " << one.message;
  for (auto const& row : file.rows) rows.push_back(row.cells);
  return rows;
}

using rows = std::vector<std::vector<std::string>>;

struct good_case {
  char const* name;
  std::string text;
  rows expected;
};

class csv_reads : public ::testing::TestWithParam<good_case> {};

TEST_P(csv_reads, what_spreadsheets_write) {
  EXPECT_EQ(cells(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    tolerated, csv_reads,
    ::testing::Values(
        good_case{"plain", "a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
        good_case{"no_last_line_end", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
        good_case{"crlf", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
        good_case{"old_mac_line_ends", "a,b\r1,2\r", {{"a", "b"}, {"1", "2"}}},
        good_case{"byte_order_mark",
                  "\xEF\xBB\xBF"
                  "a,b\n1,2\n",
                  {{"a", "b"}, {"1", "2"}}},
        good_case{
            "quotes", "a,b\n\"1,5\",\"say \"\"hi\"\"\"\n", {{"a", "b"}, {"1,5", "say \"hi\""}}},
        good_case{"line_break_in_quotes", "a,b\n\"1\r\n2\",3\n", {{"a", "b"}, {"1\r\n2", "3"}}},
        good_case{"padding", "a , b\n 1 ,\"2\" \n", {{"a", "b"}, {"1", "2"}}},
        good_case{"trailing_empty_columns", "a,b,,,\n1,2,,,\n", {{"a", "b"}, {"1", "2"}}},
        good_case{"empty_rows", "a,b\n\n,,\n1,2\n,\n", {{"a", "b"}, {"1", "2"}}},
        good_case{"excel_separator_line", "sep=,\r\na,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
        good_case{"accents", "a,b\nñ,è\n", {{"a", "b"}, {"ñ", "è"}}},
        good_case{"empty_quotes", "a,b\n\"\",2\n", {{"a", "b"}, {"", "2"}}},
        good_case{"no_break_space",
                  "a,b\n\u00A0"
                  "1\u00A0,2\n",
                  {{"a", "b"}, {"1", "2"}}}),
    [](auto const& one) { return std::string(one.param.name); });

struct bad_case {
  char const* name;
  std::string text;
  char const* code;
  std::uint32_t row;
  std::uint32_t column;
};

class csv_refuses : public ::testing::TestWithParam<bad_case> {};

TEST_P(csv_refuses, and_says_where) {
  auto const file = read_csv({"t.csv", GetParam().text});
  ASSERT_FALSE(file.problems.empty());
  auto const& first = file.problems.front();
  EXPECT_EQ(first.code, GetParam().code);
  EXPECT_EQ(first.row, GetParam().row);
  EXPECT_EQ(first.column, GetParam().column);
  EXPECT_EQ(first.file, "t.csv");
  EXPECT_FALSE(first.message.empty());
}

INSTANTIATE_TEST_SUITE_P(
    refused, csv_refuses,
    ::testing::Values(
        bad_case{"semicolons", "a;b\n1;2\n", "csv-delimiter", 1, 1},
        bad_case{"tabs", "a\tb\n1\t2\n", "csv-delimiter", 1, 1},
        bad_case{"bars", "a|b\n1|2\n", "csv-delimiter", 1, 1},
        bad_case{"open_quote", "a,b\n1,\"2\n3,4\n", "csv-quote", 2, 2},
        bad_case{"text_after_quote", "a,b\n\"1\"x,2\n", "csv-quote", 2, 1},
        bad_case{"quote_inside", "a,b\n1,5\" pipe\n", "csv-quote", 2, 2},
        bad_case{"windows_1252", "a,b\n1,se\xF1or\n", "csv-not-utf8", 2, 0},
        bad_case{"utf16",
                 std::string("\xFF\xFE"
                             "a\0,\0",
                             6),
                 "csv-not-csv", 0, 0},
        bad_case{"workbook", "PK\x03\x04rest", "csv-not-csv", 0, 0},
        bad_case{"binary", std::string("a,b\n1\0,2", 8), "csv-not-csv", 0, 0},
        bad_case{"control_character",
                 "a,b\n1,\x07"
                 "2\n",
                 "csv-control-character", 2, 2},
        bad_case{"huge_cell", "a,b\n1," + std::string(9000, 'x') + "\n", "csv-too-large", 2, 2},
        bad_case{"many_columns", "a,b\n" + std::string(100, ',') + "\n", "csv-too-large", 2, 0}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(csv, stops_at_its_limit_of_rows) {
  std::string text = "a,b\n";
  for (std::size_t i = 0; i < csv_rows_max + 40'000; ++i) text += "1,2\n";
  auto const file = read_csv({"t.csv", text});
  ASSERT_EQ(file.problems.size(), 1U);
  EXPECT_EQ(file.problems.front().code, "csv-too-large");
  EXPECT_EQ(file.rows.size(), csv_rows_max);
}

TEST(csv, counts_rows_as_a_spreadsheet_does) {
  auto const file = read_csv({"t.csv", "a,b\n\n\"x\ny\",2\n\n3,4\n"});
  ASSERT_EQ(file.rows.size(), 3U);
  EXPECT_EQ(file.rows[1].number, 3U);
  EXPECT_EQ(file.rows[2].number, 5U);
}

TEST(csv, reads_back_whatever_it_writes) {
  std::mt19937 random(7);
  std::string_view const letters = "ab,\"\r\n;ñ=+ -@'";
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> row;
    std::string line;
    for (int i = 0; i < 3; ++i) {
      std::string cell = "x";
      for (auto length = random() % 8; length > 0; --length) {
        auto const at = random() % letters.size();
        auto const letter = letters[at];
        if (static_cast<unsigned char>(letter) < 0x80) cell += letter;
      }
      cell += "x";
      if (i > 0) line += ',';
      append_csv_cell(line, cell, formula_policy::keep);
      row.push_back(std::move(cell));
    }
    EXPECT_EQ(cells(line + "\n"), rows{row});
  }
}

TEST(csv, disarms_formulas_for_spreadsheets) {
  struct formula_case {
    char const* cell;
    char const* written;
  };
  formula_case const cases[] = {{"=1+1", "\"'=1+1\""},
                                {"+1", "\"'+1\""},
                                {"-1", "\"'-1\""},
                                {"@SUM(A1)", "\"'@SUM(A1)\""},
                                {"plain", "plain"},
                                {"a=b", "a=b"},
                                {"=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""}};
  for (auto const& [cell, written] : cases) {
    std::string line;
    append_csv_cell(line, cell, formula_policy::disarm);
    EXPECT_EQ(line, written);
  }
}

TEST(finding, names_columns_as_a_spreadsheet_does) {
  EXPECT_EQ(column_letters(1), "A");
  EXPECT_EQ(column_letters(26), "Z");
  EXPECT_EQ(column_letters(27), "AA");
  EXPECT_EQ(column_letters(0), "");
}

}  // namespace
}  // namespace intake::forms::insurance
