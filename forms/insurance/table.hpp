#pragma once
#include "forms/insurance/csv.hpp"
#include "forms/insurance/rows.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// One CSV file seen through the columns we know.
namespace intake::forms::insurance {

enum class need : std::uint8_t { optional, required };

struct column_spec {
  std::string_view name;
  need column = need::optional;      ///< whether the header must have it
  std::string_view other_name = "";  ///< an older or more natural header that means the same
};

struct table_spec {
  std::string_view name;  ///< of the file, without ".csv"
  need file = need::optional;
  std::size_t rows_max = 0;
  std::span<column_spec const> columns;
};

/// All tables, in the order in which they are read and made canonical.
std::span<table_spec const> table_specs();
table_spec const& table_spec_named(std::string_view name);

/// A table's rows with their cells in the order of its spec.
class table {
 public:
  /// Matches the header; complains about unknown, doubled and missing columns and ragged rows.
  table(table_spec const& spec, named_text file, findings& problems);
  /// A table whose file is not there.
  table(table_spec const& spec, findings& problems);

  table_spec const& spec() const { return *spec_; }
  std::span<csv_row const> rows() const { return rows_; }
  /// Whether all its rows are here with their ids. Where they are not, what other tables say of
  /// them can't be judged.
  bool is_whole() const { return is_whole_; }
  table_layout layout() const;
  std::uint32_t column_of(std::string_view name) const;
  std::string_view cell(csv_row const& row, std::string_view name) const;
  void complain(csv_row const& row, std::string_view column, std::string code, std::string message,
                std::string hint = {}) const;
  void remark(severity level, csv_row const& row, std::string_view column, std::string code,
              std::string message, std::string hint = {}) const;

 private:
  void match_header(csv_row const& header);
  void arrange(std::vector<csv_row> rows);

  table_spec const* spec_;
  std::string file_;
  findings* problems_;
  std::vector<int> file_column_;  ///< by spec column; -1 where the file has none
  std::size_t header_size_ = 0;
  std::vector<csv_row> rows_;
  bool is_whole_ = false;
};

/// One row, cell by cell; every cell that cannot be read is complained about.
class row_reader {
 public:
  row_reader(table const& from, csv_row const& row) : table_{from}, row_{row} {}

  std::uint32_t number() const { return row_.number; }
  std::string text(std::string_view column) const;
  /// Complains when empty.
  std::string required(std::string_view column) const;
  /// An id: letters, digits, `_`, `-`, `.`; complains about anything else and about none.
  std::string id(std::string_view column) const;
  std::vector<std::string> list(std::string_view column) const;
  int whole_number(std::string_view column) const;
  /// `open_end` where the cell is empty; complains about what is no date.
  date day(std::string_view column, date open_end) const;
  validity valid(std::string_view from, std::string_view to) const;
  sentence_text sentence(std::string_view prefix) const;
  name_set names(std::string_view column) const;
  number_set numbers(std::string_view column) const;
  template <class Enum>
  value_set<Enum> values(std::string_view column) const;
  /// One word of a vocabulary; complains when it is none.
  template <class Enum>
  Enum word(std::string_view column) const;
  void complain(std::string_view column, std::string code, std::string message,
                std::string hint = {}) const {
    table_.complain(row_, column, std::move(code), std::move(message), std::move(hint));
  }

 private:
  table const& table_;
  csv_row const& row_;
};

}  // namespace intake::forms::insurance
