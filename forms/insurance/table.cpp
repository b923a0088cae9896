#include "forms/insurance/table.hpp"

#include "forms/insurance/words.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

bool has_curly_quote(std::string_view text) {
  return text.find("\u201C") != std::string_view::npos ||
         text.find("\u201D") != std::string_view::npos;
}

std::string column_hint(table_spec const& spec, std::string_view said) {
  auto const key = folded(said);
  for (auto const& column : spec.columns) {
    if (edit_distance(key, folded(column.name), 2) <= 2) {
      return fmt::format("Did you mean {}?", column.name);
    }
  }
  return "Columns for remarks are called note.";
}

// "3-5 January" typed as 3-5 is stored by spreadsheets as a day; the cell then shows this.
bool is_spreadsheet_error(std::string_view cell) {
  static constexpr std::array<std::string_view, 6> errors{"#NAME?", "#REF!",   "#VALUE!",
                                                          "#N/A",   "#DIV/0!", "#NULL!"};
  return std::find(errors.begin(), errors.end(), cell) != errors.end();
}

}  // namespace

table::table(table_spec const& spec, findings& problems)
    : spec_{&spec},
      file_{fmt::format("{}.csv", spec.name)},
      problems_{&problems},
      file_column_(spec.columns.size(), -1),
      is_whole_{spec.file == need::optional} {}

table::table(table_spec const& spec, named_text file, findings& problems)
    : spec_{&spec}, file_{file.name}, problems_{&problems} {
  auto csv = read_csv(file);
  bool const unreadable = has_error(csv.problems);
  problems.insert(problems.end(), std::make_move_iterator(csv.problems.begin()),
                  std::make_move_iterator(csv.problems.end()));
  file_column_.assign(spec.columns.size(), -1);
  if (csv.rows.empty()) {
    if (!unreadable)
      problems.push_back({severity::error,
                          "empty-table",
                          file_,
                          0,
                          0,
                          {},
                          "The file is empty: not even a header row.",
                          {}});
    return;
  }
  csv_row const header = std::move(csv.rows.front());
  csv.rows.erase(csv.rows.begin());
  // With a wrong delimiter everything else would be a consequence.
  if (unreadable && header.cells.size() == 1) return;
  match_header(header);
  arrange(std::move(csv.rows));
  is_whole_ = !unreadable && file_column_.front() >= 0 && is_whole_;
}

void table::match_header(csv_row const& header) {
  header_size_ = header.cells.size();
  for (std::size_t at = 0; at < header.cells.size(); ++at) {
    auto const key = folded(header.cells[at]);
    if (key.empty()) continue;
    auto const known =
        std::find_if(spec_->columns.begin(), spec_->columns.end(), [&](column_spec const& column) {
          return key == folded(column.name) ||
                 (!column.other_name.empty() && key == folded(column.other_name));
        });
    finding where{severity::error,
                  "unknown-column",
                  file_,
                  header.number,
                  static_cast<std::uint32_t>(at + 1),
                  header.cells[at],
                  {},
                  {}};
    if (known == spec_->columns.end()) {
      where.message = fmt::format("{}.csv has no column of this name.", spec_->name);
      where.hint = column_hint(*spec_, header.cells[at]);
      problems_->push_back(std::move(where));
      continue;
    }
    auto& position = file_column_[static_cast<std::size_t>(known - spec_->columns.begin())];
    if (position >= 0) {
      where.code = "doubled-column";
      where.message = "This column is there twice.";
      problems_->push_back(std::move(where));
    }
    position = static_cast<int>(at);
  }
  for (std::size_t i = 0; i < spec_->columns.size(); ++i) {
    if (spec_->columns[i].column == need::optional || file_column_[i] >= 0) continue;
    problems_->push_back({severity::error,
                          "missing-column",
                          file_,
                          header.number,
                          0,
                          std::string(spec_->columns[i].name),
                          "The header lacks this column.",
                          {}});
  }
}

void table::arrange(std::vector<csv_row> rows) {
  if (rows.size() > spec_->rows_max) {
    problems_->push_back(
        {severity::error,
         "table-too-long",
         file_,
         0,
         0,
         {},
         fmt::format("The table has {} rows; {} are the most.", rows.size(), spec_->rows_max),
         {}});
    return;
  }
  for (auto& row : rows) {
    if (row.cells.size() > header_size_) {
      problems_->push_back(
          {severity::error,
           "ragged-row",
           file_,
           row.number,
           static_cast<std::uint32_t>(header_size_ + 1),
           {},
           fmt::format("The row has {} cells under {} columns.", row.cells.size(), header_size_),
           std::any_of(row.cells.begin(), row.cells.end(), has_curly_quote)
               ? "Curly quotes do not hold a cell together; use \"straight\" ones."
               : "A comma inside a cell needs quotes around the cell."});
    }
    for (std::size_t at = 0; at < row.cells.size(); ++at) {
      if (!is_spreadsheet_error(row.cells[at])) continue;
      problems_->push_back({severity::error,
                            "spreadsheet-error",
                            file_,
                            row.number,
                            static_cast<std::uint32_t>(at + 1),
                            {},
                            "The spreadsheet wrote an error into this cell.",
                            {}});
    }
    csv_row arranged{row.number, std::vector<std::string>(spec_->columns.size())};
    for (std::size_t i = 0; i < spec_->columns.size(); ++i) {
      auto const from = static_cast<std::size_t>(file_column_[i]);
      if (file_column_[i] >= 0 && from < row.cells.size()) {
        arranged.cells[i] = std::move(row.cells[from]);
      }
    }
    rows_.push_back(std::move(arranged));
  }
  is_whole_ = true;
}

table_layout table::layout() const {
  table_layout result{std::string(spec_->name), file_, {}};
  for (auto const& column : spec_->columns) {
    result.columns.emplace_back(column.name, column_of(column.name));
  }
  return result;
}

std::uint32_t table::column_of(std::string_view name) const {
  for (std::size_t i = 0; i < spec_->columns.size(); ++i) {
    if (spec_->columns[i].name == name) return static_cast<std::uint32_t>(file_column_[i] + 1);
  }
  return 0;
}

std::string_view table::cell(csv_row const& row, std::string_view name) const {
  for (std::size_t i = 0; i < spec_->columns.size(); ++i) {
    if (spec_->columns[i].name == name) return row.cells[i];
  }
  return {};
}

void table::complain(csv_row const& row, std::string_view column, std::string code,
                     std::string message, std::string hint) const {
  remark(severity::error, row, column, std::move(code), std::move(message), std::move(hint));
}

void table::remark(severity level, csv_row const& row, std::string_view column, std::string code,
                   std::string message, std::string hint) const {
  problems_->push_back({level, std::move(code), file_, row.number, column_of(column),
                        std::string(column), std::move(message), std::move(hint)});
}

std::string row_reader::text(std::string_view column) const {
  return std::string(table_.cell(row_, column));
}

std::string row_reader::required(std::string_view column) const {
  auto value = text(column);
  if (value.empty() && table_.column_of(column) > 0) {
    complain(column, "empty-cell", "This cell must not be empty.");
  }
  return value;
}

std::string row_reader::id(std::string_view column) const {
  auto value = required(column);
  if (!value.empty() && !is_id(value)) {
    complain(column, "bad-id", fmt::format("\"{}\" cannot be an id.", value),
             "Ids are up to 64 letters, digits, '_', '-' and '.', such as example_blue or A100.");
  }
  return value;
}

std::vector<std::string> row_reader::list(std::string_view column) const {
  auto const parts = split(table_.cell(row_, column), ';');
  return {parts.begin(), parts.end()};
}

int row_reader::whole_number(std::string_view column) const {
  auto const cell = text(column);
  int value = -1;
  auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  bool const whole = error == std::errc{} && end == cell.data() + cell.size() && value >= 0;
  if (!whole && table_.column_of(column) > 0) {
    complain(column, "bad-number", fmt::format("\"{}\" is not a whole number.", cell));
  }
  return whole ? value : 0;
}

date row_reader::day(std::string_view column, date open_end) const {
  auto const cell = table_.cell(row_, column);
  if (cell.empty()) return open_end;
  auto const read = read_table_date(cell);
  if (!read) {
    complain(column, "bad-date", fmt::format("\"{}\" is not a date that exists.", cell),
             "Write 2026-01-31.");
    return open_end;
  }
  if (read->style == date_style::united_states) {
    table_.remark(severity::warning, row_, column, "date-style",
                  fmt::format("Read as {}.", write_date(read->day)),
                  "The spreadsheet changed the date; format the column as text.");
  }
  return read->day;
}

validity row_reader::valid(std::string_view from, std::string_view to) const {
  validity const days{day(from, date::min()), day(to, date::max())};
  if (days.from > days.to) {
    complain(to, "bad-range", "The last day is before the first one: the row never counts.");
  }
  return days;
}

sentence_text row_reader::sentence(std::string_view prefix) const {
  return {text(fmt::format("{}_en", prefix)), text(fmt::format("{}_es", prefix)),
          text(fmt::format("{}_ht", prefix))};
}

name_set row_reader::names(std::string_view column) const {
  auto read = read_names(table_.cell(row_, column));
  if (!read.problem.empty()) complain(column, "bad-condition", read.problem, read.hint);
  return std::move(read.value);
}

number_set row_reader::numbers(std::string_view column) const {
  auto read = read_numbers(table_.cell(row_, column));
  if (!read.problem.empty()) complain(column, "bad-range", read.problem, read.hint);
  return std::move(read.value);
}

template <class Enum>
value_set<Enum> row_reader::values(std::string_view column) const {
  auto read = read_values<Enum>(table_.cell(row_, column));
  if (!read.problem.empty()) complain(column, "unknown-value", read.problem, read.hint);
  return read.value;
}

template <class Enum>
Enum row_reader::word(std::string_view column) const {
  auto const cell = required(column);
  auto const value = from_word<Enum>(cell);
  if (!value && !cell.empty()) {
    complain(column, "unknown-value", fmt::format("\"{}\" is not a value of this column.", cell),
             fmt::format("Possible: {}.", fmt::join(words_of<Enum>(), ", ")));
  }
  return value.value_or(Enum{});
}

template value_set<payer_kind> row_reader::values(std::string_view) const;
template value_set<product> row_reader::values(std::string_view) const;
template value_set<network> row_reader::values(std::string_view) const;
template value_set<accident_kind> row_reader::values(std::string_view) const;
template value_set<yes_no> row_reader::values(std::string_view) const;
template value_set<plan_basis> row_reader::values(std::string_view) const;
template value_set<relation> row_reader::values(std::string_view) const;
template value_set<medicare_reason> row_reader::values(std::string_view) const;
template outcome row_reader::word(std::string_view) const;
template payer_kind row_reader::word(std::string_view) const;
template network row_reader::word(std::string_view) const;
template set_purpose row_reader::word(std::string_view) const;

}  // namespace intake::forms::insurance
