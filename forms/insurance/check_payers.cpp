#include "forms/insurance/check_parts.hpp"
#include "forms/insurance/id_pattern.hpp"
#include "forms/insurance/identifiers.hpp"
#include "forms/insurance/words.hpp"

#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr std::string_view as_text_hint =
    "The spreadsheet made a number of it; write it again and format the column as text.";

// "1.20E+46" was 12 and forty-five more digits, or 12E45.
bool is_spreadsheet_number(std::string_view cell) {
  auto const plus = lower_case(cell).find("e+");
  return plus != std::string::npos && plus > 0 && cell[plus - 1] >= '0' && cell[plus - 1] <= '9';
}

struct code_shape {
  std::string_view column;
  std::string payer_codes::*cell;
  std::string_view pattern;  ///< see id_pattern.hpp
  std::string_view hint;
};

// Shapes only: the lists behind both are licensed or change every year.
constexpr code_shape shapes[] = {
    {"claim_filing", &payer_codes::claim_filing, "B{2}",
     "SBR09 has two letters or digits, such as CI or 09; a zero in front goes lost where the "
     "column is not text."},
    {"source_of_payment", &payer_codes::source_of_payment, "N{1-6} | 'ZZZ'",
     "The source of payment typology has up to six digits, such as 5 or 111."}};

bool has_shape(std::string_view pattern, std::string_view cell) {
  std::string fault;
  auto const shape = id_pattern::read(pattern, fault);
  auto const normal = normal_identifier(cell);
  return normal.size() == cell.size() && shape && shape->matches(normal);
}

void check_shape(payer const& one, code_shape const& shape, finding_book& book) {
  payer_codes const* said = nullptr;
  for (auto const& row : one.codes) {
    auto const& cell = row.*shape.cell;
    if (cell.empty()) continue;
    if (!has_shape(shape.pattern, cell)) {
      book.add(severity::error, "payers", row.row, shape.column, "unknown-value",
               fmt::format("\"{}\" is not a value of this column.", cell), std::string(shape.hint));
    }
    if (said != nullptr && said->*shape.cell != cell) {
      book.add(severity::error, "payers", row.row, shape.column, "payer-differs",
               fmt::format("Row {} says something else about {}.", said->row, one.id),
               "Leave the cell empty in all rows of a payer but one.");
    }
    if (said == nullptr) said = &row;
  }
}

void check_numbers(payer const& one, finding_book& book) {
  for (auto const& number : one.numbers) {
    if (read_identifier(identifier_kind::payer_id, number.number).good) continue;
    book.add(severity::error, "payers", number.row, "payer_id", "unknown-value",
             fmt::format("\"{}\" cannot be a payer's number.", number.number),
             is_spreadsheet_number(number.number)
                 ? std::string(as_text_hint)
                 : "It has 2 to 15 letters and digits; ask your clearinghouse.");
  }
}

struct called {
  payer const* who = nullptr;
  bool by_id = false;
};

void check_name(std::map<std::string, called>& all, std::string const& name, called const& now,
                finding_book& book) {
  auto const [at, added] = all.emplace(folded(name), now);
  auto const& before = at->second;
  if (added || before.who == now.who) return;
  bool const is_id = before.by_id || now.by_id;
  book.add(severity::warning, "payers", now.who->row, now.by_id ? "payer" : "aliases",
           "shared-name",
           fmt::format("{} and {} are both called \"{}\": {}.", now.who->id, before.who->id, name,
                       is_id ? "which of them is found depends on how it is written"
                             : "neither is found by it"));
}

void check_shared_names(std::span<payer const> payers, finding_book& book) {
  std::map<std::string, called> all;
  for (auto const& one : payers) {
    for (auto const& alias : one.aliases) check_name(all, alias, {&one, false}, book);
    check_name(all, one.name, {&one, false}, book);
  }
  for (auto const& one : payers) check_name(all, one.id, {&one, true}, book);
}

}  // namespace

void check_payers(rule_set const& set, finding_book& book) {
  for (auto const& one : set.tables().payers) {
    for (auto const& shape : shapes) check_shape(one, shape, book);
    check_numbers(one, book);
  }
  check_shared_names(set.tables().payers, book);
}

}  // namespace intake::forms::insurance
