#include "forms/insurance/fact_names.hpp"
#include "forms/insurance/table_rows.hpp"
#include "forms/insurance/words.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

cob_says read_says(row_reader const& row) {
  auto const said = lower_case(row.required("says"));
  if (said == "first_pays") return cob_says::first_pays;
  if (said != "ask_staff") {
    row.complain("says", "unknown-value",
                 fmt::format("\"{}\" is not a value of this column.", said),
                 "Possible: first_pays, ask_staff.");
  }
  return cob_says::ask_staff;
}

cob_row read_cob_row(row_reader const& row) {
  cob_row one;
  one.id = row.id("rule");
  one.order = row.whole_number("order");
  one.valid = row.valid("valid_from", "valid_to");
  one.first = row.values<payer_kind>("first");
  one.second = row.values<payer_kind>("second");
  one.second_products = row.values<product>("second_product");
  one.first_relation = row.values<relation>("first_relation");
  one.second_relation = row.values<relation>("second_relation");
  one.basis = row.values<plan_basis>("plan_basis");
  one.employer_employees = row.numbers("employer_employees");
  one.reason = row.values<medicare_reason>("medicare_reason");
  one.esrd_month = row.numbers("esrd_month");
  one.accidents = row.values<accident_kind>("accident");
  one.age_years = row.numbers("age");
  one.va_authorized = row.values<yes_no>("va_authorized");
  one.black_lung = row.values<yes_no>("black_lung");
  one.liability_claim = row.values<yes_no>("liability_claim");
  one.says = read_says(row);
  one.patient = row.sentence("patient");
  one.staff = row.text("staff");
  one.source = row.text("source");
  one.row = row.number();
  return one;
}

/// What the cell tells; a date as facts have it, whichever way the spreadsheet wrote it.
std::string fact_cell(row_reader const& row, std::string_view column) {
  bool const is_date = column == "date_of_service";
  return is_date ? write_date(row.day(column, date::min())) : row.text(column);
}

}  // namespace

std::vector<cob_row> read_cob(table const& from) {
  std::vector<cob_row> rows;
  std::set<std::string> ids;
  for (auto const& cells : from.rows()) {
    row_reader const row(from, cells);
    rows.push_back(read_cob_row(row));
    if (!ids.insert(rows.back().id).second) {
      row.complain("rule", "doubled-id", fmt::format("{} is there twice.", rows.back().id));
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](cob_row const& left, cob_row const& right) {
    return std::tie(left.order, left.id) < std::tie(right.order, right.id);
  });
  return rows;
}

std::vector<test_row> read_tests(table const& from) {
  std::vector<test_row> rows;
  std::vector<std::string_view> facts;
  for (auto const& column : from.spec().columns) {
    if (fact_named(column.name)) facts.push_back(column.name);
  }
  std::set<std::string> ids;
  for (auto const& cells : from.rows()) {
    row_reader const row(from, cells);
    test_row one;
    one.id = row.id("test");
    if (!ids.insert(one.id).second) {
      row.complain("test", "doubled-id", fmt::format("{} is there twice.", one.id));
    }
    one.visit = row.text("visit");
    for (auto const column : facts) {
      auto value = fact_cell(row, column);
      if (!value.empty()) one.facts.emplace_back(column, std::move(value));
    }
    one.expect_rule = row.text("expect_rule");
    one.expect_outcome = row.text("expect_outcome");
    row.word<outcome>("expect_outcome");
    one.expect_network = row.text("expect_network");
    one.expect_first = row.text("expect_first");
    one.expect_visit = row.text("expect_visit");
    one.row = row.number();
    rows.push_back(std::move(one));
  }
  return rows;
}

}  // namespace intake::forms::insurance
