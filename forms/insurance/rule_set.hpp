#pragma once
#include "forms/insurance/csv.hpp"
#include "forms/insurance/finding.hpp"
#include "forms/insurance/rows.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A rule set: the clinic's insurance tables as one immutable value.
namespace intake::forms::insurance {

class matcher;
class contract_book;

/// One row of one table as canonical text; `id` is its first cell.
struct canonical_row {
  std::string table;
  std::string id;
  std::string line;
};

/// Immutable and cheap to copy; safe to read from many threads. A service that reloads swaps one
/// value for another, decisions under way keep theirs.
class rule_set {
 public:
  rule_set(rule_tables tables, std::vector<canonical_row> rows);

  rule_tables const& tables() const;
  matcher const& rules() const;
  contract_book const& contracts() const;
  /// By table, then by text: the order of rows in a file means nothing.
  std::span<canonical_row const> canonical() const;

  /// By id, or by name or alias without regard to case, accents and punctuation; null where there
  /// is none or where two payers share the name.
  payer const* find_payer(std::string_view said) const;
  accept_row const* find_rule(std::string_view id) const;
  /// What a row says to the patient, with the endings of sentences.hpp; null is no row at all.
  sentence_text const& spoken(accept_row const* row) const;
  requirement const* find_requirement(std::string_view id) const;
  id_format const* find_id_format(std::string_view id) const;

 private:
  struct contents;
  std::shared_ptr<contents const> contents_;
};

/// A rule set, or none where at least one finding is an error.
struct rule_set_reading {
  std::optional<rule_set> set;
  findings problems;
};

/// Reads the tables `payers`, `contracts`, `id_formats`, `accept`, `require`, `cob`, `tests` and
/// `meta` from files of those names with `.csv`, wherever their folder is; names that do not end in
/// `.csv` are left alone. Every mistake of every file is named in one run. What is well-formed but
/// unwise (overlaps, gaps, failing tests) is the checker's business.
rule_set_reading read_rule_set(std::span<named_text const> files);

/// The tables in one form that does not depend on spreadsheet, column order, row order, quoting,
/// line ends or padding. Its SHA-256, computed by the caller, is the name of the rule set.
std::string canonical_rows(rule_set const& set);

/// The payer's number for a use on a date of service; empty where the tables give none.
std::string_view payer_number_for(payer const& one, payer_number_use use, date date_of_service);

}  // namespace intake::forms::insurance
