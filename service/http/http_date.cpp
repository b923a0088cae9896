#include "service/http/http_date.hpp"

#include "service/http/characters.hpp"

#include <algorithm>
#include <chrono>

namespace intake::service {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The fields of a date as they stand in the text; `year` may have two digits.
struct pieces {
  int year = -1, month = -1, day = -1, hour = -1, minute = -1, second = -1;
};

/// Matches text against a form in which d, y, h, i, s stand for digits, b for a month's three
/// letters and '_' for a digit or a space; every other character stands for itself.
bool match(std::string_view form, std::string_view text, pieces& out) {
  if (form.size() != text.size()) return false;
  auto const number = [&](char letter, int& value) {
    for (std::size_t i = 0; i < form.size(); ++i) {
      bool const padding = form[i] == '_' && letter == 'd';
      if (form[i] != letter && !padding) continue;
      if (padding && text[i] == ' ') continue;
      if (!characters::in(characters::set::digit, text[i])) return false;
      value = std::max(value, 0) * 10 + (text[i] - '0');
    }
    return true;
  };
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (std::string_view("bdyhis_").find(form[i]) == std::string_view::npos && form[i] != text[i]) {
      return false;
    }
  }
  auto const month = std::ranges::find(months, text.substr(form.find('b'), 3));
  out.month = static_cast<int>(month - months.begin()) + 1;
  return month != months.end() && number('d', out.day) && number('y', out.year) &&
         number('h', out.hour) && number('i', out.minute) && number('s', out.second);
}

std::optional<certs::utc_time> assemble(pieces const& p) {
  auto const date =
      year{p.year} / month{static_cast<unsigned>(p.month)} / day{static_cast<unsigned>(p.day)};
  // RFC 9110 5.6.7 allows the leap second 60; UTC here has none, so it is the next minute's first.
  if (!date.ok() || p.hour > 23 || p.minute > 59 || p.second > 60) return std::nullopt;
  return certs::utc_time{sys_days{date} + hours{p.hour} + minutes{p.minute} + seconds{p.second}};
}

/// Takes a day's name, in full or cut to `letters`, off the front.
bool take_day(std::string_view& text, std::size_t letters) {
  for (auto const name : days) {
    auto const wanted = name.substr(0, letters);
    if (!text.starts_with(wanted)) continue;
    text.remove_prefix(wanted.size());
    return true;
  }
  return false;
}

void append_padded(std::string& out, unsigned value) {
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

}  // namespace

std::string http_date(certs::utc_time time) {
  auto const midnight = floor<std::chrono::days>(time);
  year_month_day const date{midnight};
  hh_mm_ss const clock{floor<seconds>(time - midnight)};
  std::string out{days[weekday{midnight}.c_encoding()].substr(0, 3)};
  out += ", ";
  append_padded(out, static_cast<unsigned>(date.day()));
  out += ' ';
  out += months[static_cast<unsigned>(date.month()) - 1];
  out += ' ';
  auto const full_year = static_cast<unsigned>(static_cast<int>(date.year()));
  append_padded(out, full_year / 100);
  append_padded(out, full_year % 100);
  for (auto const part :
       {clock.hours().count(), clock.minutes().count(), clock.seconds().count()}) {
    out += out.size() == 16 ? ' ' : ':';
    append_padded(out, static_cast<unsigned>(part));
  }
  return out += " GMT";
}

std::optional<certs::utc_time> read_http_date(std::string_view text, certs::utc_time now) {
  pieces p;
  auto rest = text;
  if (take_day(rest, 3) && match(", dd bbb yyyy hh:ii:ss GMT", rest, p)) return assemble(p);
  rest = text;
  p = {};
  if (take_day(rest, 3) && match(" bbb _d hh:ii:ss yyyy", rest, p)) return assemble(p);
  rest = text;
  p = {};
  if (!take_day(rest, 9) || !match(", dd-bbb-yy hh:ii:ss GMT", rest, p)) return std::nullopt;
  // RFC 9110 5.6.7: a two-digit year that seems more than 50 years ahead is the most recent past
  // year of those digits.
  int const this_year = static_cast<int>(year_month_day{floor<std::chrono::days>(now)}.year());
  p.year += this_year / 100 * 100;
  if (p.year > this_year + 50) p.year -= 100;
  return assemble(p);
}

}  // namespace intake::service
