#include "forms/insurance/calendar.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

std::optional<int> digits(std::string_view text, std::size_t most) {
  if (text.empty() || text.size() > most) return std::nullopt;
  for (char const c : text) {
    if (c < '0' || c > '9') return std::nullopt;
  }
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<date> existing(std::optional<int> year, std::optional<int> month,
                             std::optional<int> day) {
  if (!year || !month || !day || *year < 1850 || *year > 2200) return std::nullopt;
  std::chrono::year_month_day const ymd{std::chrono::year{*year},
                                        std::chrono::month{static_cast<unsigned>(*month)},
                                        std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok()) return std::nullopt;
  return date{ymd};
}

}  // namespace

std::optional<date> read_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return existing(digits(text.substr(0, 4), 4), digits(text.substr(5, 2), 2),
                  digits(text.substr(8, 2), 2));
}

std::optional<written_date> read_table_date(std::string_view text) {
  if (auto const iso = read_iso_date(text)) return written_date{*iso, date_style::iso};
  auto const first = text.find('/');
  auto const second = first == std::string_view::npos ? first : text.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  auto const day = existing(digits(text.substr(second + 1), 4), digits(text.substr(0, first), 2),
                            digits(text.substr(first + 1, second - first - 1), 2));
  if (!day) return std::nullopt;
  return written_date{*day, date_style::united_states};
}

std::string write_date(date day) {
  if (day == date::min() || day == date::max()) return {};
  std::chrono::year_month_day const ymd{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string spoken_date(date day, std::string_view language) {
  using names = std::array<std::string_view, 12>;
  static constexpr names en{"January", "February", "March",     "April",   "May",      "June",
                            "July",    "August",   "September", "October", "November", "December"};
  static constexpr names es{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                            "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
  static constexpr names ht{"janvye", "fevriye", "mas",     "avril", "me",     "jen",
                            "jiyè",   "out",     "septanm", "oktòb", "novanm", "desanm"};
  std::chrono::year_month_day const ymd{day};
  auto const number = static_cast<unsigned>(ymd.day());
  auto const year = static_cast<int>(ymd.year());
  auto const month = static_cast<unsigned>(ymd.month()) - 1;
  if (language == "es") return fmt::format("{} de {} de {}", number, es[month], year);
  if (language == "ht") return fmt::format("{} {} {}", number, ht[month], year);
  return fmt::format("{} {}, {}", en[month], number, year);
}

int whole_years(date born, date on) {
  std::chrono::year_month_day const birth{born};
  std::chrono::year_month_day const now{on};
  int const years = static_cast<int>(now.year()) - static_cast<int>(birth.year());
  bool const birthday_to_come =
      now.month() < birth.month() || (now.month() == birth.month() && now.day() < birth.day());
  return birthday_to_come ? years - 1 : years;
}

}  // namespace intake::forms::insurance
