#include "forms/insurance/csv.hpp"

#include "forms/insurance/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view save_hint = "Save it from the spreadsheet as \"CSV UTF-8\".";

struct signature {
  std::string_view bytes;
  std::string_view message;
};

constexpr std::array<signature, 5> foreign_files{{
    {"PK\x03\x04", "This is a workbook (.xlsx or .ods), not a CSV file."},
    {"\xD0\xCF\x11\xE0", "This is an old Excel workbook (.xls), not a CSV file."},
    {"\xFF\xFE", "This file is in UTF-16, not in UTF-8."},
    {"\xFE\xFF", "This file is in UTF-16, not in UTF-8."},
    {"%PDF", "This is a PDF, not a CSV file."},
}};

// A state machine over the bytes: one pass, one row at a time.
class csv_reader {
 public:
  explicit csv_reader(named_text file) : file_{file.name}, text_{file.text} {}

  csv_file read() {
    if (text_.starts_with(utf8_mark)) text_.remove_prefix(utf8_mark.size());
    if (!is_text()) return std::move(result_);
    skip_separator_line();
    while (at_ < text_.size() && !stopped_) read_row();
    check_delimiter();
    return std::move(result_);
  }

 private:
  void complain(std::uint32_t row, std::uint32_t column, std::string code, std::string message,
                std::string_view hint = {}) {
    result_.problems.push_back({severity::error,
                                std::move(code),
                                std::string(file_),
                                row,
                                column,
                                {},
                                std::move(message),
                                std::string(hint)});
  }

  bool is_text() {
    for (auto const& [bytes, message] : foreign_files) {
      if (text_.starts_with(bytes)) return refuse("csv-not-csv", std::string(message));
    }
    if (text_.size() > csv_file_bytes_max) {
      return refuse("csv-too-large",
                    fmt::format("The file has more than {} MiB.", csv_file_bytes_max >> 20U));
    }
    if (text_.find('\0') != std::string_view::npos) {
      return refuse("csv-not-csv", "The file holds binary data.");
    }
    auto const bad = first_bad_utf8(text_);
    if (bad == std::string_view::npos) return true;
    auto const before = text_.substr(0, bad);
    auto const line =
        static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n'));
    complain(line, 0, "csv-not-utf8", "A letter here is not UTF-8 (an accent or a curly quote).",
             save_hint);
    return false;
  }

  bool refuse(std::string code, std::string message) {
    complain(0, 0, std::move(code), std::move(message), save_hint);
    return false;
  }

  // Excel writes "sep=," so that its other language editions split the columns.
  void skip_separator_line() {
    if (lower_case(text_.substr(0, 5)) != "sep=,") return;
    auto const end = text_.find_first_of("\r\n");
    if (end != 5) return;
    at_ = end;
    skip_line_end();
    row_ = 1;
  }

  void skip_line_end() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  }

  void read_row() {
    csv_row row{++row_, {}};
    for (bool more = true; more;) {
      row.cells.push_back(read_cell(static_cast<std::uint32_t>(row.cells.size() + 1)));
      more = at_ < text_.size() && text_[at_] == ',';
      if (more) ++at_;
      if (row.cells.size() >= csv_columns_max && more) {
        complain(row_, 0, "csv-too-large",
                 fmt::format("The row has more than {} columns.", csv_columns_max));
        skip_to_line_end();
        more = false;
      }
    }
    skip_line_end();
    keep(std::move(row));
  }

  void skip_to_line_end() { at_ = std::min(text_.find_first_of("\r\n", at_), text_.size()); }

  void keep(csv_row row) {
    while (!row.cells.empty() && row.cells.back().empty()) row.cells.pop_back();
    if (row.cells.empty()) return;
    if (result_.rows.size() >= csv_rows_max) {
      complain(row_, 0, "csv-too-large",
               fmt::format("The file has more than {} rows.", csv_rows_max),
               "A rule table has a few hundred; this looks like another file.");
      stopped_ = true;
      return;
    }
    result_.rows.push_back(std::move(row));
  }

  std::string read_cell(std::uint32_t column) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    std::string cell =
        at_ < text_.size() && text_[at_] == '"' ? read_quoted(column) : read_plain(column);
    std::string clean(trimmed(cell));
    if (clean.size() > csv_cell_bytes_max) {
      complain(row_, column, "csv-too-large",
               fmt::format("The cell has more than {} KiB.", csv_cell_bytes_max >> 10U));
      clean.clear();
    }
    auto const is_control = [](char c) {
      return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    };
    if (std::any_of(clean.begin(), clean.end(), is_control)) {
      complain(row_, column, "csv-control-character",
               "The cell holds an invisible control character.", "Type the cell's text again.");
    }
    return clean;
  }

  std::string read_plain(std::uint32_t column) {
    auto const end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string cell(text_.substr(at_, end - at_));
    at_ = end;
    if (cell.find('"') != std::string::npos) {
      complain(row_, column, "csv-quote",
               "A quote stands inside a cell that does not begin with one.",
               "Put the whole cell in quotes and double the quotes inside it.");
    }
    return cell;
  }

  // RFC 4180, 2.5 to 2.7: a doubled quote is one quote, commas and line breaks are text.
  std::string read_quoted(std::uint32_t column) {
    std::string cell;
    for (++at_;;) {
      auto const quote = text_.find('"', at_);
      if (quote == std::string_view::npos) {
        complain(row_, column, "csv-quote", "The quote that opens this cell is never closed.",
                 "Look for a single \" in this cell or the cells below it.");
        stopped_ = true;
        at_ = text_.size();
        return {};
      }
      cell += text_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (at_ >= text_.size() || text_[at_] != '"') break;
      cell += '"';
      ++at_;
    }
    auto const end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    if (!trimmed(text_.substr(at_, end - at_)).empty()) {
      complain(row_, column, "csv-quote", "Text stands after the quote that closes this cell.",
               "Put the whole cell in quotes and double the quotes inside it.");
    }
    at_ = end;
    return cell;
  }

  void check_delimiter() {
    if (result_.rows.empty() || result_.rows.front().cells.size() != 1) return;
    auto const& header = result_.rows.front().cells.front();
    auto const found = header.find_first_of(";\t|");
    if (found == std::string::npos) return;
    // Whatever else was found follows from it.
    result_.problems.clear();
    auto const name = header[found] == ';' ? "semicolons" : header[found] == '|' ? "bars" : "tabs";
    complain(result_.rows.front().number, 1, "csv-delimiter",
             fmt::format("The columns are divided by {}, not by commas.", name), save_hint);
  }

  std::string_view file_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t row_ = 0;
  bool stopped_ = false;
  csv_file result_;
};

bool looks_like_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

}  // namespace

csv_file read_csv(named_text file) {
  return csv_reader(file).read();
}

void append_csv_cell(std::string& line, std::string_view cell, formula_policy policy) {
  bool const disarm = policy == formula_policy::disarm && looks_like_formula(cell);
  if (!disarm && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += cell;
    return;
  }
  line += '"';
  if (disarm) line += '\'';
  for (char const letter : cell) {
    if (letter == '"') line += '"';
    line += letter;
  }
  line += '"';
}

}  // namespace intake::forms::insurance
