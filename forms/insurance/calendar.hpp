#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// Calendar dates, never instants (design §13). Whoever has a clock turns "now" into a date first.
namespace intake::forms::insurance {

using date = std::chrono::sys_days;

/// A first and a last day, both included; an open end is the smallest or largest date.
struct validity {
  date from = date::min();
  date to = date::max();
  bool contains(date day) const { return from <= day && day <= to; }
  bool operator==(validity const&) const = default;
};

/// How a date was written in a table.
enum class date_style : unsigned char { iso, united_states };

struct written_date {
  date day;
  date_style style = date_style::iso;
};

/// YYYY-MM-DD (ISO 8601), years 1850 to 2200; empty for anything else, a day that does not exist
/// included.
std::optional<date> read_iso_date(std::string_view text);

/// As above, and M/D/YYYY, into which US spreadsheets turn dates on their own.
std::optional<written_date> read_table_date(std::string_view text);

/// YYYY-MM-DD; an open end gives the empty text.
std::string write_date(date day);

/// As people read it: "November 24, 2026", "24 de noviembre de 2026", "24 novanm 2026"; languages
/// "en", "es", "ht", any other reads English.
std::string spoken_date(date day, std::string_view language);

/// Whole years between two dates; somebody born on 29 February is a year older on 1 March.
int whole_years(date born, date on);

}  // namespace intake::forms::insurance
