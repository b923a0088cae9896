#include "service/appointment_import.hpp"

#include "forms/insurance/calendar.hpp"
#include "forms/insurance/csv.hpp"
#include "service/texts/texts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace intake::service {
namespace {

using namespace forms::insurance;

enum class needed { always, maybe };

struct column {
  std::string_view name;
  needed there = needed::maybe;
};

constexpr std::array columns{
    column{"number", needed::always},
    column{"date", needed::always},
    column{"time", needed::always},
    column{"family", needed::always},
    column{"given", needed::always},
    column{"birth_date", needed::always},
    column{"location"},
    column{"phone"},
    column{"mail"},
    column{"visit"},
    column{"reason"},
    column{"language"},
};

std::string column_names() {
  std::string all;
  for (auto const& each : columns) all += (all.empty() ? "" : ", ") + std::string(each.name);
  return all;
}

/// "14:05", "2:05 PM", "2:05pm".
std::optional<std::chrono::minutes> read_time(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  int hours = 0;
  int minutes = 0;
  auto const* const end = text.data() + text.size();
  auto const first = std::from_chars(text.data(), text.data() + colon, hours);
  auto const second = std::from_chars(text.data() + colon + 1, end, minutes);
  if (first.ec != std::errc{} || first.ptr != text.data() + colon) return std::nullopt;
  if (second.ec != std::errc{} || second.ptr != text.data() + colon + 3) return std::nullopt;
  std::string half;
  for (auto const* at = second.ptr; at != end; ++at) {
    if (*at != ' ' && *at != '.') half += static_cast<char>(*at | 0x20);
  }
  if (!half.empty()) {
    if ((half != "am" && half != "pm") || hours < 1 || hours > 12) return std::nullopt;
    hours = hours % 12 + (half == "pm" ? 12 : 0);
  }
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return std::chrono::hours(hours) + std::chrono::minutes(minutes);
}

class list_reader {
 public:
  list_reader(std::string_view file_name, locations const& places,
              std::span<forms::packet_plan const> packets)
      : file_(file_name), places_(places), packets_(packets) {}

  appointment_list read(std::string_view text) {
    auto table = read_csv({file_, text});
    list_.problems = std::move(table.problems);
    if (has_error(list_.problems) || !read_header(table)) return std::move(list_);
    for (std::size_t i = 1; i < table.rows.size(); ++i) read_row(table.rows[i]);
    return std::move(list_);
  }

 private:
  void complain(std::uint32_t row, std::string_view name, std::string message, std::string hint) {
    auto const at = at_.find(name);
    finding one;
    one.code = "appointment";
    one.file = file_;
    one.row = row;
    one.column = at == at_.end() ? 0 : static_cast<std::uint32_t>(at->second + 1);
    one.column_name = std::string(at == at_.end() ? "" : name);
    one.message = std::move(message);
    one.hint = std::move(hint);
    list_.problems.push_back(std::move(one));
  }

  bool read_header(csv_file const& table) {
    if (table.rows.empty()) {
      complain(0, "", "the file is empty", "its first row names the columns: " + column_names());
      return false;
    }
    auto const& header = table.rows.front();
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
      auto const& name = header.cells[i];
      bool const known = std::ranges::find(columns, name, &column::name) != columns.end();
      bool const first = known && at_.emplace(name, i).second;
      if (first) continue;
      complain(header.number, name,
               known ? "this column stands there twice" : "there is no column \"" + name + "\"",
               "columns are " + column_names());
    }
    for (auto const& each : columns) {
      if (each.there == needed::maybe || at_.contains(each.name)) continue;
      complain(header.number, each.name, "the column \"" + std::string(each.name) + "\" is missing",
               "columns are " + column_names());
    }
    return list_.problems.empty();
  }

  std::string cell(csv_row const& row, std::string_view name) const {
    auto const at = at_.find(name);
    if (at == at_.end() || at->second >= row.cells.size()) return {};
    return row.cells[at->second];
  }

  std::string read_date(csv_row const& row, std::string_view name) {
    auto const text = cell(row, name);
    auto const read = read_table_date(text);
    if (read) return write_date(read->day);
    complain(row.number, name, text.empty() ? "there is no date" : "this is no date",
             "write it as 2026-11-28 or 11/28/2026");
    return {};
  }

  void read_start(csv_row const& row, appointment_entry& entry) {
    auto const id = cell(row, "location");
    auto const* const place = id.empty() ? &places_.first_open() : places_.find(id);
    auto const date = read_iso_date(read_date(row, "date"));
    auto const time = read_time(cell(row, "time"));
    if (place == nullptr) {
      complain(row.number, "location", "there is no location of that id",
               "the page Clinic names them");
    } else if (place->is_closed) {
      complain(row.number, "location", "this location is closed",
               "nothing new is booked there; the page Clinic opens it again");
    }
    if (!time) {
      complain(row.number, "time", "this is no time", "write it as 14:05 or 2:05 PM");
    }
    if (place == nullptr || !time || !date) return;
    entry.location = place->id;
    auto const starts = place->clock->instant(*date, *time);
    if (starts) {
      entry.starts_at = *starts;
    } else {
      complain(row.number, "time", "the clocks skip this time on that day",
               "summer time begins; the next hour is there");
    }
  }

  void check_age(csv_row const& row, appointment_entry const& entry) {
    auto const born = forms::insurance::read_iso_date(entry.who.birth_date);
    if (!born || entry.starts_at == certs::utc_time{}) return;
    if (certs::utc_time(std::chrono::sys_days(*born)) <= entry.starts_at) return;
    complain(row.number, "birth_date", "the patient would be born after the visit",
             "years have four digits: 1961, not 2061");
  }

  void read_row(csv_row const& row) {
    appointment_entry entry;
    entry.number = cell(row, "number");
    entry.who = {.family = cell(row, "family"),
                 .given = cell(row, "given"),
                 .birth_date = read_date(row, "birth_date"),
                 .phone = cell(row, "phone"),
                 .mail = cell(row, "mail"),
                 .visit_kind = cell(row, "visit"),
                 .reason = cell(row, "reason"),
                 .language = cell(row, "language")};
    if (entry.number.empty()) {
      complain(row.number, "number", "there is no number",
               "the schedule's own number of the appointment: by it a second import finds it");
    } else if (!numbers_.insert(entry.number).second) {
      complain(row.number, "number", "this number stands there twice", "numbers are unique");
    }
    if (entry.who.family.empty()) {
      complain(row.number, "family", "there is no name", "the patient's last name");
    }
    read_start(row, entry);
    check_age(row, entry);
    check_words(row, entry.who);
    list_.entries.push_back(std::move(entry));
  }

  void check_words(csv_row const& row, expected_person& who) {
    if (who.visit_kind.empty() && !packets_.empty() && !packets_.front().visit_kinds.empty()) {
      who.visit_kind = packets_.front().visit_kinds.front();
    } else if (!packets_.empty() && forms::plan_for(packets_, who.visit_kind) == nullptr) {
      complain(row.number, "visit", "no packet is for this kind of visit", kinds());
    }
    if (!who.language.empty() && !parse_language(who.language)) {
      complain(row.number, "language", "patients' pages are not in this language", "en, es or ht");
    }
  }

  std::string kinds() const {
    std::string all = "one of";
    for (auto const& plan : packets_) {
      for (auto const& kind : plan.visit_kinds) all += " " + kind;
    }
    return all;
  }

  std::string file_;
  locations const& places_;
  std::span<forms::packet_plan const> packets_;
  std::map<std::string, std::size_t, std::less<>> at_;
  std::set<std::string> numbers_;
  appointment_list list_;
};

}  // namespace

appointment_list read_appointment_list(std::string_view file_name, std::string_view text,
                                       locations const& places,
                                       std::span<forms::packet_plan const> packets) {
  return list_reader(file_name, places, packets).read(text);
}

}  // namespace intake::service
