#include "forms/field_values.hpp"

#include "forms/base64.hpp"
#include "forms/white_space.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view part_of(std::span<question_field const> fields, field_part part) {
  auto const found = std::ranges::find(fields, part, &question_field::part);
  return found == fields.end() ? std::string_view{} : without_unseen_ends(found->field->value);
}

field_reading one_fault(problem_code code) {
  return {{unreadable_value{}}, {code}};
}
field_reading one_value(answer_value value) {
  return {{std::move(value)}, {}};
}

field_reading from_reading(value_reading reading) {
  field_reading result{{std::move(reading.value)}, {}};
  if (reading.fault) result.faults.push_back(*reading.fault);
  return result;
}

/// A month may stay open where the form asks for a month or a year only: entryFormat without a day.
bool asks_for_day(item const& question) {
  auto const format = lower(question.shown.entry_format);
  return format.empty() || format.find('d') != std::string::npos;
}

/// The date of three fields, or of one with YYYY-MM-DD; empty text and a fault where it is none.
std::pair<std::string, std::optional<problem_code>> date_text(
    item const& question, std::span<question_field const> fields) {
  auto const whole = part_of(fields, field_part::value);
  if (!whole.empty()) return {std::string{whole}, std::nullopt};
  auto const year = part_of(fields, field_part::year);
  auto const month = part_of(fields, field_part::month);
  auto const day = part_of(fields, field_part::day);
  for (auto const text : {year, month, day}) {
    if (!text.empty() && (!all_digits(text) || text.size() > 4)) {
      return {{}, problem_code::malformed_date};
    }
  }
  bool const gap = year.empty() || (month.empty() && !day.empty());
  if (gap || (asks_for_day(question) && day.empty())) return {{}, problem_code::incomplete_date};
  if (year.size() != 4 || month.size() > 2 || day.size() > 2) {
    return {{}, problem_code::malformed_date};
  }
  std::string text{year};
  for (auto const part : {month, day}) {
    if (!part.empty()) text += fmt::format("-{:0>2}", part);
  }
  return {std::move(text), std::nullopt};
}

field_reading read_date_fields(item const& question, std::span<question_field const> fields) {
  auto const [text, fault] = date_text(question, fields);
  return fault ? one_fault(*fault) : from_reading(read_primitive(value_kind::date, text));
}

field_reading read_date_time_fields(item const& question, std::span<question_field const> fields) {
  auto [text, fault] = date_text(question, fields);
  if (fault) return one_fault(*fault);
  auto const typed = part_of(fields, field_part::time);
  if (!typed.empty()) {
    auto const time = plain_time(typed);
    if (time.empty()) return one_fault(problem_code::malformed_time);
    text += fmt::format("T{}{}", time, part_of(fields, field_part::zone));
  }
  return from_reading(read_primitive(value_kind::date_time, text));
}

field_reading read_boolean(std::string_view typed) {
  auto const text = lower(typed);
  if (text == "true" || text == "yes" || text == "on") return one_value(true);
  if (text == "false" || text == "no" || text == "off") return one_value(false);
  return one_fault(problem_code::malformed_boolean);
}

field_reading read_quantity(item const& question, std::span<question_field const> fields) {
  quantity value;
  auto typed = part_of(fields, field_part::value);
  value.comparator = typed.substr(0, std::min(typed.find_first_not_of("<>="), typed.size()));
  typed.remove_prefix(value.comparator.size());
  constexpr std::array<std::string_view, 5> comparators{"", "<", "<=", ">=", ">"};
  if (std::ranges::find(comparators, value.comparator) == comparators.end()) {
    return one_fault(problem_code::malformed_decimal);
  }
  value.value = plain_number(typed);
  if (read_primitive(value_kind::decimal, value.value).fault) {
    return one_fault(problem_code::malformed_decimal);
  }
  auto const& units = question.limits.units;
  auto const wanted = part_of(fields, field_part::unit);
  auto const chosen = std::ranges::find_if(units, [&](coding const& unit) {
    return wanted.empty() ? units.size() == 1 : unit.code == wanted || unit.display == wanted;
  });
  if (chosen != units.end()) {
    value.unit = chosen->display.empty() ? chosen->code : chosen->display;
    value.system = chosen->system;
    value.code = chosen->system.empty() ? "" : chosen->code;
  } else {
    value.unit = wanted;
  }
  return one_value(std::move(value));
}

field_reading read_file(std::span<question_field const> fields, std::span<attachment const> held) {
  auto const& field = *fields.front().field;
  if (auto const* known = find_held(held, field.value)) return one_value(*known);
  attachment file;
  if (field.value.starts_with("data:")) {
    // RFC 2397, as a page's script puts a drawn signature into a field.
    auto const comma = field.value.find(";base64,");
    if (comma == std::string_view::npos) return one_fault(problem_code::attachment_not_base64);
    file.content_type = field.value.substr(5, comma - 5);
    file.data = field.value.substr(comma + 8);
    return one_value(std::move(file));
  }
  if (field.content_type.empty()) return one_fault(problem_code::attachment_without_data);
  file.content_type = field.content_type;
  file.data = encode_base64(field.value);
  file.size_bytes = field.value.size();
  file.title = field.file_name;
  return one_value(std::move(file));
}

answer_value const* find_option(item const& question, std::string_view wanted) {
  auto const& options = options_of(question);
  auto const found = std::ranges::find_if(
      options, [&](answer_option const& option) { return option_field_value(option) == wanted; });
  return found == options.end() ? nullptr : &found->value;
}

field_reading read_choice(item const& question, std::span<question_field const> fields) {
  field_reading result;
  auto const other = part_of(fields, field_part::other);
  bool chosen = false;
  bool wants_other = false;
  for (auto const& field : fields) {
    auto const typed = without_unseen_ends(field.field->value);
    if (field.part != field_part::value || typed.empty()) continue;
    if (typed == other_choice) {
      wants_other = true;
    } else if (auto const* value = find_option(question, typed)) {
      result.values.push_back(*value);
      chosen = true;
    } else if (options_of(question).empty() && accepts(question, value_kind::string)) {
      auto text = from_reading(read_primitive(value_kind::string, typed));
      result.values.push_back(std::move(text.values.front()));
      chosen = true;
    } else {
      result.values.emplace_back(unreadable_value{});
      result.faults.push_back(problem_code::not_an_option);
    }
  }
  // Text beside a chosen option is a leftover unless "other" was chosen too.
  bool const takes_other = accepts(question, value_kind::string) && (wants_other || !chosen);
  if (takes_other && !other.empty()) {
    auto text = from_reading(read_primitive(value_kind::string, other));
    std::ranges::move(text.values, std::back_inserter(result.values));
    std::ranges::move(text.faults, std::back_inserter(result.faults));
  } else if (wants_other && !chosen) {
    result.values.emplace_back(unreadable_value{});
    result.faults.push_back(problem_code::empty_text);
  }
  return result;
}

}  // namespace

std::string plain_number(std::string_view typed) {
  std::string text{without_unseen_ends(typed)};
  bool const negative = text.starts_with('-') || text.starts_with("\xE2\x88\x92");
  if (text.starts_with("\xE2\x88\x92")) text.erase(0, 3);
  if (text.starts_with('-') || text.starts_with('+')) text.erase(0, 1);
  // One comma before other than three digits is a decimal comma; "1,500" may mean either.
  auto const comma = text.find(',');
  bool const decimal_comma = comma != std::string::npos && text.find(',', comma + 1) == text.npos &&
                             text.find('.') == text.npos && text.size() - comma != 4;
  if (decimal_comma) text[comma] = '.';
  auto const first = std::min(text.find_first_not_of('0'), text.size());
  bool const bare = first == text.size() || text[first] == '.';
  if (first > 0) text.erase(0, bare ? first - 1 : first);
  if (text.starts_with('.')) text.insert(0, "0");
  if (text.ends_with('.')) text.pop_back();
  return negative && !text.empty() ? "-" + text : text;
}

std::string plain_time(std::string_view typed) {
  auto text = lower(without_unseen_ends(typed));
  std::erase(text, ' ');
  // "p.m." is "pm"; the point of a fraction stays.
  if (text.ends_with("m.")) text.pop_back();
  if (text.ends_with(".m")) text.erase(text.size() - 2, 1);
  if (text.ends_with("am") || text.ends_with("pm")) std::erase(text, '.');
  bool const pm = text.ends_with("pm");
  bool const am = text.ends_with("am");
  if (pm || am) text.resize(text.size() - 2);
  auto const colon = std::min(text.find(':'), text.size());
  auto const hours = text.substr(0, colon);
  auto rest = colon == text.size() ? std::string{} : text.substr(colon + 1);
  if (rest.empty() && (pm || am)) rest = "00";
  if (!all_digits(hours) || hours.size() > 2) return {};
  int hour = std::stoi(hours);
  if ((pm || am) && (hour < 1 || hour > 12)) return {};
  if (pm || am) hour = hour % 12 + (pm ? 12 : 0);
  if (rest.size() == 2) rest += ":00";
  auto result = fmt::format("{:02}:{}", hour, rest);
  return read_primitive(value_kind::time, result).fault ? std::string{} : result;
}

field_reading read_fields(item const& question, std::span<question_field const> fields,
                          std::span<attachment const> held) {
  if (has_options(question)) return read_choice(question, fields);
  auto const typed = part_of(fields, field_part::value);
  switch (question.type) {
    case item_type::boolean:
      return read_boolean(typed);
    case item_type::integer:
      return from_reading(read_primitive(value_kind::integer, plain_number(typed)));
    case item_type::decimal:
      return from_reading(read_primitive(value_kind::decimal, plain_number(typed)));
    case item_type::date:
      return read_date_fields(question, fields);
    case item_type::date_time:
      return read_date_time_fields(question, fields);
    case item_type::time: {
      auto const time = plain_time(typed);
      if (time.empty()) return one_fault(problem_code::malformed_time);
      return one_value(fhir_time{time});
    }
    case item_type::quantity:
      return read_quantity(question, fields);
    case item_type::attachment:
      return read_file(fields, held);
    case item_type::reference:
      return one_value(reference{{}, {}, {}, {}, std::string{typed}});
    default:
      return from_reading(read_primitive(main_kind(question.type), typed));
  }
}

}  // namespace intake::forms
