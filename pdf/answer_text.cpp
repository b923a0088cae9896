#include "pdf/answer_text.hpp"

#include "forms/compare.hpp"
#include "forms/values.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

namespace intake::pdf {
namespace {

/// A number of exactly as many digits; -1 where there are others.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  if (at + count > text.size()) return -1;
  auto const* end = text.data() + at + count;
  auto const [stopped, error] = std::from_chars(text.data() + at, end, number);
  return error == std::errc{} && stopped == end && number >= 0 ? number : -1;
}

void replace(std::string& text, std::string_view what, std::string_view with) {
  if (auto const at = text.find(what); at != std::string::npos) {
    text.replace(at, what.size(), with);
  }
}

forms::answer_option const* chosen_option(forms::item const& question,
                                          forms::answer_value const& value) {
  auto const& options = forms::options_of(question);
  auto const found = std::find_if(options.begin(), options.end(), [&](auto const& option) {
    return forms::same_choice(option.value, value);
  });
  return found == options.end() ? nullptr : &*found;
}

}  // namespace

std::string printed_date_time(std::string_view text, copy_words const& words) {
  auto const at = text.find('T');
  if (at == std::string_view::npos) return printed_date(text, words);
  auto const zone = text.find_first_of("Z+-", at);
  auto const time = text.substr(at + 1, zone == std::string_view::npos ? zone : zone - at - 1);
  auto out = printed_date(text.substr(0, at), words) + ", " + printed_time(time);
  if (zone == std::string_view::npos) return out;
  auto const offset = text.substr(zone);
  return out + (offset == "Z" ? " UTC" : fmt::format(" UTC{}", offset));
}

namespace {

/// "card.png (265 bytes)": never the data itself.
std::string attached(forms::attachment const& file, copy_words const& words) {
  auto title = file.title.empty() ? file.content_type : file.title;
  auto out = words.attached;
  replace(out, "{title}", title);
  return out;
}

/// The first line of an answer, where that is long its beginning.
std::string beginning_of(std::string_view text) {
  constexpr std::size_t code_points_max = 60;
  auto const line = text.substr(0, text.find('\n'));
  std::size_t seen = 0;
  std::size_t end = 0;
  for (; end < line.size(); ++end) {
    bool const begins = (static_cast<unsigned char>(line[end]) & 0xC0U) != 0x80U;
    if (begins && ++seen > code_points_max) break;
  }
  return std::string(line.substr(0, end)) + (end < text.size() ? "…" : "");
}

}  // namespace

std::string printed_date(std::string_view date, copy_words const& words) {
  auto const year = digits(date, 0, 4);
  auto const month = date.size() > 4 && date[4] == '-' ? digits(date, 5, 2) : -1;
  bool const whole = date.size() == 10 && date[7] == '-';
  auto const day = whole ? digits(date, 8, 2) : -1;
  bool const known = year >= 0 && month >= 1 && month <= 12 && (date.size() == 7 || day >= 1);
  if (!known) return std::string(date);
  auto out = whole ? words.date : words.month_and_year;
  replace(out, "{month}", words.months[static_cast<std::size_t>(month - 1)]);
  replace(out, "{day}", std::to_string(day));
  replace(out, "{year}", date.substr(0, 4));
  return out;
}

std::string printed_time(std::string_view time) {
  auto const hour = digits(time, 0, 2);
  auto const minute = digits(time, 3, 2);
  if (hour < 0 || hour > 23 || minute < 0 || time[2] != ':') return std::string(time);
  auto const rest = time.substr(5);
  bool const only_zeros = rest.find_first_not_of(":.0") == std::string_view::npos;
  return fmt::format("{}:{:02}{} {}", hour % 12 == 0 ? 12 : hour % 12, minute,
                     only_zeros ? std::string_view{} : rest, hour < 12 ? "AM" : "PM");
}

std::string printed_value(forms::item const& question, forms::answer_value const& value,
                          std::string_view language, copy_words const& words) {
  auto const* option = chosen_option(question, value);
  // An option that is a date or a time has no words of its own.
  bool const worded = !std::holds_alternative<forms::fhir_date>(value) &&
                      !std::holds_alternative<forms::fhir_date_time>(value) &&
                      !std::holds_alternative<forms::fhir_time>(value);
  if (option != nullptr && worded) return std::string(option->label.in(language));
  if (auto const* flag = std::get_if<bool>(&value)) return *flag ? words.yes : words.no;
  if (auto const* date = std::get_if<forms::fhir_date>(&value)) {
    return printed_date(date->text, words);
  }
  if (auto const* when = std::get_if<forms::fhir_date_time>(&value)) {
    return printed_date_time(when->text, words);
  }
  if (auto const* time = std::get_if<forms::fhir_time>(&value)) return printed_time(time->text);
  if (auto const* file = std::get_if<forms::attachment>(&value)) return attached(*file, words);
  return forms::plain_text(value);
}

std::string printed_answers(forms::item const& question, std::vector<forms::answer> const& given,
                            std::string_view language, copy_words const& words) {
  std::string out;
  for (auto const& each : given) {
    if (!out.empty()) out += '\n';
    out += printed_value(question, each.value, language, words);
  }
  return out;
}

std::string own_words_of(forms::item const& question, std::vector<forms::answer> const& given,
                         copy_facts const& about) {
  std::string out;
  for (auto const& each : given) {
    auto const* option = chosen_option(question, each.value);
    auto const own = option == nullptr ? std::string() : in_own_words(option->label, about);
    if (!out.empty() && !own.empty()) out += '\n';
    out += own;
  }
  return out;
}

std::vector<answer_name> names_of(forms::item const& item, std::vector<forms::answer> const& given,
                                  copy_facts const& about) {
  std::vector<answer_name> names(given.size());
  if (given.size() < 2) return names;
  std::vector<std::string> all;
  std::map<std::string, int> seen;
  for (auto const& each : given) {
    all.push_back(beginning_of(printed_value(item, each.value, about.copy_language, about.words)));
    ++seen[all.back()];
  }
  for (std::size_t at = 0; at < given.size(); ++at) {
    auto own = beginning_of(own_words_of(item, {given[at]}, about));
    if (own.empty()) own = all[at];
    bool const alone = seen[all[at]] == 1;
    auto const number = alone ? std::string() : fmt::format(" ({})", at + 1);
    names[at] = {all[at] + number + ": ", own + number + ": "};
  }
  return names;
}

std::string question_text(forms::item const& item, copy_facts const& about) {
  auto const prefix = in_copy(item.prefix, about);
  auto const text = in_copy(item.text, about);
  return prefix.empty() ? text : prefix + ' ' + text;
}

std::string in_copy(forms::localized_text const& text, copy_facts const& about) {
  return std::string(text.in(about.copy_language));
}

std::string in_own_words(forms::localized_text const& text, copy_facts const& about) {
  if (about.patient_language.empty() || about.patient_language == about.copy_language) return {};
  auto const own = text.in(about.patient_language);
  return own == text.in(about.copy_language) ? std::string() : std::string(own);
}

}  // namespace intake::pdf
