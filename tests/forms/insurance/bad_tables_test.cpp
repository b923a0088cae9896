// What people upload instead of tables, and what spreadsheets do to tables on their own.
#include "forms/insurance/checker.hpp"
#include "tests/forms/insurance/rule_files.hpp"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using testing::example_files;

check_report check(testing::rule_files const& files) {
  std::vector<named_text> texts;
  for (auto const& [name, text] : files) texts.push_back({name, text});
  return check_rules(texts, *read_iso_date("2026-11-23"));
}

std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

struct table_case {
  char const* name;
  std::function<std::string(std::string const& accept)> spoil;
  char const* code;
  char const* said;  ///< in the message or in the hint
};

class spoiled_tables : public ::testing::TestWithParam<table_case> {};

TEST_P(spoiled_tables, are_refused_with_a_place_and_a_remedy) {
  auto files = example_files();
  files["accept.csv"] = GetParam().spoil(files["accept.csv"]);
  auto const report = check(files);
  EXPECT_FALSE(report.good());
  auto const found = std::find_if(report.found.begin(), report.found.end(), [](finding const& one) {
    return one.file == "accept.csv" && one.code == GetParam().code &&
           (one.message + one.hint).find(GetParam().said) != std::string::npos;
  });
  EXPECT_NE(found, report.found.end()) << to_text(report);
  EXPECT_LT(report.found.size(), 1000U);
}

INSTANTIATE_TEST_SUITE_P(
    uploads, spoiled_tables,
    ::testing::Values(
        table_case{"a_hundred_thousand_rows",
                   [](std::string const& good) {
                     auto text = good;
                     for (int i = 0; i < 100'000; ++i) text += "R" + std::to_string(i) + ",2\n";
                     return text;
                   },
                   "csv-too-large", "rows"},
        table_case{"binary", [](std::string const& good) { return good + std::string(10, '\0'); },
                   "csv-not-csv", ""},
        table_case{"a_workbook", [](std::string const&) { return std::string("PK\x03\x04"); },
                   "csv-not-csv", ""},
        table_case{"semicolons",
                   [](std::string const& good) { return replaced_all(good, ",", ";"); },
                   "csv-delimiter", ""},
        table_case{"tabs", [](std::string const& good) { return replaced_all(good, ",", "\t"); },
                   "csv-delimiter", ""},
        table_case{"curly_quotes",
                   [](std::string const& good) { return replaced_all(good, "\"", "\u201D"); },
                   "ragged-row", "Curly quotes"},
        table_case{"an_open_quote", [](std::string const& good) { return good + "\"B1,2"; },
                   "csv-quote", ""},
        table_case{"windows_1252",
                   [](std::string const& good) { return replaced_all(good, "ó", "\xF3"); },
                   "csv-not-utf8", ""}),
    [](auto const& one) { return std::string(one.param.name); });

struct unreadable_case {
  char const* name;
  char const* file;
  std::function<std::string(std::string const&)> spoil;
  char const* code;
};

class unreadable_files : public ::testing::TestWithParam<unreadable_case> {};

TEST_P(unreadable_files, are_all_that_is_said) {
  auto files = example_files();
  auto const& one = GetParam();
  files[one.file] = one.spoil(files[one.file]);
  auto const report = check(files);
  EXPECT_FALSE(report.good());
  EXPECT_NE(testing::places(report.found, one.code), "");
  for (auto const& found : report.found) {
    if (found.level != severity::error) continue;
    EXPECT_EQ(found.file, one.file) << found.message;
    // A column under another name is missing, and one more that nobody knows.
    bool const renamed =
        one.code == std::string("missing-column") && found.code == "unknown-column";
    EXPECT_TRUE(found.code == one.code || renamed) << found.message;
  }
}

std::string with_semicolons(std::string const& good) {
  return replaced_all(good, ",", ";");
}

INSTANTIATE_TEST_SUITE_P(
    uploads, unreadable_files,
    ::testing::Values(
        unreadable_case{"requirements_in_windows_1252", "require.csv",
                        [](std::string const& good) { return replaced_all(good, "ó", "\xF3"); },
                        "csv-not-utf8"},
        unreadable_case{"requirements_with_semicolons", "require.csv", with_semicolons,
                        "csv-delimiter"},
        unreadable_case{"requirements_without_ids", "require.csv",
                        [](std::string const& good) { return "x" + good; }, "missing-column"},
        unreadable_case{"payers_with_semicolons", "payers.csv", with_semicolons, "csv-delimiter"},
        unreadable_case{"formats_with_semicolons", "id_formats.csv", with_semicolons,
                        "csv-delimiter"},
        unreadable_case{"no_words_about_the_set", "meta.csv", with_semicolons, "csv-delimiter"}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(missing_files, leave_what_refers_to_them_wrong) {
  auto files = example_files();
  files.erase("require.csv");
  auto const report = check(files);
  EXPECT_FALSE(report.good());
  EXPECT_NE(testing::places(report.found, "unknown-reference"), "");
}

/// The header, and the rows below it the other way round.
std::string upside_down(std::string const& text) {
  auto rows = read_csv({"x.csv", text}).rows;
  std::reverse(rows.begin() + 1, rows.end());
  std::string out;
  for (auto const& row : rows) {
    for (auto const& cell : row.cells) {
      append_csv_cell(out, cell, formula_policy::keep);
      out += ',';
    }
    out += '\n';
  }
  return out;
}

struct habit_case {
  char const* name;
  std::function<std::string(std::string const&)> change;
};

class spreadsheet_habits : public ::testing::TestWithParam<habit_case> {};

TEST_P(spreadsheet_habits, change_nothing) {
  auto const good = check(example_files());
  ASSERT_TRUE(good.good());
  auto files = example_files();
  for (auto& [name, text] : files) text = GetParam().change(text);
  auto const report = check(files);
  ASSERT_TRUE(report.good()) << to_text(report);
  EXPECT_EQ(report.found.size(), good.found.size());
  EXPECT_EQ(canonical_rows(*report.set), canonical_rows(*good.set));
}

INSTANTIATE_TEST_SUITE_P(
    tolerated, spreadsheet_habits,
    ::testing::Values(
        habit_case{"crlf",
                   [](std::string const& text) { return replaced_all(text, "\n", "\r\n"); }},
        habit_case{"byte_order_mark",
                   [](std::string const& text) { return "\xEF\xBB\xBF" + text; }},
        habit_case{"trailing_empty_columns",
                   [](std::string const& text) { return replaced_all(text, "\n", ",,,\n"); }},
        habit_case{"another_order_of_rows", upside_down},
        habit_case{"trailing_empty_rows",
                   [](std::string const& text) { return text + ",,,\n\n,\n"; }}),
    [](auto const& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace intake::forms::insurance
