#pragma once
#include "forms/insurance/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Comma-separated values (RFC 4180) as spreadsheets write them.
namespace intake::forms::insurance {

/// A file's name and its bytes; both belong to the caller.
struct named_text {
  std::string_view name;
  std::string_view text;
};

inline constexpr std::size_t csv_file_bytes_max = 16U << 20U;
inline constexpr std::size_t csv_cell_bytes_max = 8U << 10U;
inline constexpr std::size_t csv_columns_max = 64;
inline constexpr std::size_t csv_rows_max = 60'000;

/// One row that is not empty, with the number a spreadsheet shows beside it. Cells are trimmed, and
/// empty cells at the end are dropped (spreadsheets add them).
struct csv_row {
  std::uint32_t number = 0;
  std::vector<std::string> cells;
};

/// What was read; the first row is the header. With an error among the findings the rows are what
/// could still be made out, so that other mistakes can be named in the same run.
struct csv_file {
  std::vector<csv_row> rows;
  findings problems;
};

/// Reads a table. Tolerated: a byte order mark, CRLF, LF or CR line ends, line breaks and doubled
/// quotes inside quotes, empty rows, empty cells at the end, Excel's "sep=," line. Named as an
/// error with a hint: UTF-16, Windows-1252, workbooks, binary, `;` or tab instead of commas, an
/// open quote, text after a quote, and every limit above.
csv_file read_csv(named_text file);

/// Whether a cell is written for another reader of CSV, or for a person's spreadsheet.
enum class formula_policy : std::uint8_t { keep, disarm };

/// Appends one cell, quoted where RFC 4180 asks for it. `disarm` puts an apostrophe before a cell
/// that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, tab, carriage return).
void append_csv_cell(std::string& line, std::string_view cell, formula_policy policy);

}  // namespace intake::forms::insurance
