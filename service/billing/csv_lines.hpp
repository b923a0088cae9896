#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace intake::service::billing {

/// A table for a spreadsheet (RFC 4180). What a patient typed may look like a formula to it: every
/// cell is disarmed.
class csv_lines {
 public:
  void add(std::initializer_list<std::string_view> cells);
  std::string const& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  // Excel takes a file without the mark for Windows-1252.
  std::string text_ = "\xEF\xBB\xBF";
};

}  // namespace intake::service::billing
