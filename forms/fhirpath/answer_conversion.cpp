#include "forms/fhirpath/answer_conversion.hpp"

#include "forms/fhirpath/node.hpp"
#include "forms/item.hpp"
#include "forms/units.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

using converted = std::optional<answer_value>;

std::string child_text(value const& of, std::string_view name) {
  collection found;
  child_sink sink{name, found};
  give_children(of, sink);
  auto const text = found.size() == 1 ? text_view_of(found[0]) : std::nullopt;
  return std::string{text.value_or(std::string_view{})};
}

converted to_boolean(item const&, value const& of) {
  auto const* flag = of.as<bool>();
  return flag == nullptr ? converted{} : converted{*flag};
}

converted to_integer_answer(item const&, value const& of) {
  if (auto const* whole = of.as<std::int32_t>()) return *whole;
  auto const* exact = of.as<number>();
  auto const whole = exact == nullptr ? std::nullopt : to_integer(exact->value);
  return whole ? converted{*whole} : converted{};
}

converted to_decimal(item const&, value const& of) {
  if (auto const* whole = of.as<std::int32_t>()) return fhir_decimal{std::to_string(*whole)};
  auto const* exact = of.as<number>();
  return exact == nullptr ? converted{} : converted{fhir_decimal{exact->to_text()}};
}

converted to_date(item const&, value const& of) {
  auto const* time = of.as<temporal>();
  if (time == nullptr || time->kind == temporal_kind::time) return std::nullopt;
  return fhir_date{time->to_text().substr(0, 10)};
}

// FHIR wants seconds and a zone where there is a time at all.
converted to_date_time(item const&, value const& of) {
  auto const* time = of.as<temporal>();
  if (time == nullptr || time->kind == temporal_kind::time) return std::nullopt;
  bool const whole = time->precision >= time_precision::second && time->zoned;
  if (time->precision > time_precision::day && !whole) return std::nullopt;
  return fhir_date_time{time->to_text()};
}

converted to_time(item const&, value const& of) {
  auto const* time = of.as<temporal>();
  bool const whole = time != nullptr && time->kind == temporal_kind::time &&
                     time->precision >= time_precision::second;
  return whole ? converted{fhir_time{time->to_text()}} : converted{};
}

converted to_text(item const&, value const& of) {
  if (auto const* text = of.as<std::string>()) return *text;
  if (auto const* whole = of.as<std::int32_t>()) return std::to_string(*whole);
  if (auto const* exact = of.as<number>()) return exact->to_text();
  if (auto const* time = of.as<temporal>()) return time->to_text();
  if (auto const* held = of.as_measure()) return held->to_text();
  auto const* flag = of.as<bool>();
  return flag == nullptr ? converted{} : converted{std::string{*flag ? "true" : "false"}};
}

converted to_url(item const& question, value const& of) {
  auto text = to_text(question, of);
  return text ? converted{fhir_uri{std::move(std::get<std::string>(*text))}} : converted{};
}

/// The option that a code, text or number names.
converted to_option(item const& question, value const& of) {
  auto const text = to_text(question, of);
  if (!text) return std::nullopt;
  auto const& wanted = std::get<std::string>(*text);
  auto const& options = options_of(question);
  auto const found = std::ranges::find_if(options, [&](answer_option const& option) {
    auto const* code = std::get_if<coding>(&option.value);
    return code == nullptr ? plain_text(option.value) == wanted : code->code == wanted;
  });
  if (found != options.end()) return found->value;
  return question.type == item_type::open_choice ? converted{wanted} : converted{};
}

converted to_quantity(item const& question, value const& of) {
  auto const& units = question.limits.units;
  if (auto const* held = of.as_measure()) {
    auto const unit = held->unit == "1" ? std::string{} : held->unit;
    return quantity{held->value.to_text(), {}, unit, std::string{ucum_system}, held->unit};
  }
  auto const amount = to_decimal(question, of);
  if (!amount || units.size() != 1) return std::nullopt;
  return quantity{std::get<fhir_decimal>(*amount).text,
                  {},
                  units[0].display.empty() ? units[0].code : units[0].display,
                  units[0].system,
                  units[0].code};
}

/// Complex values are answers as they are.
converted to_complex(value const& of) {
  auto const type = type_of(of).name;
  if (type == "Coding") {
    return coding{child_text(of, "system"), child_text(of, "version"), child_text(of, "code"),
                  child_text(of, "display")};
  }
  if (type == "Reference") {
    return reference{
        child_text(of, "reference"), child_text(of, "type"), {}, {}, child_text(of, "display")};
  }
  if (type == "Quantity") {
    return quantity{child_text(of, "value"), child_text(of, "comparator"), child_text(of, "unit"),
                    child_text(of, "system"), child_text(of, "code")};
  }
  return std::nullopt;
}

struct converter_row {
  item_type type;
  converted (*convert)(item const&, value const&);
};
constexpr converter_row converters[] = {
    {item_type::boolean, to_boolean},
    {item_type::decimal, to_decimal},
    {item_type::integer, to_integer_answer},
    {item_type::date, to_date},
    {item_type::date_time, to_date_time},
    {item_type::time, to_time},
    {item_type::string, to_text},
    {item_type::text, to_text},
    {item_type::url, to_url},
    {item_type::choice, to_option},
    {item_type::open_choice, to_option},
    {item_type::quantity, to_quantity},
};

bool takes_complex(item_type type, answer_value const& given) {
  bool const choice = type == item_type::choice || type == item_type::open_choice;
  return (choice && std::holds_alternative<coding>(given)) ||
         (type == item_type::reference && std::holds_alternative<reference>(given)) ||
         (type == item_type::quantity && std::holds_alternative<quantity>(given));
}

}  // namespace

std::optional<answer_value> answer_of(item const& question, value const& of) {
  if (of.as_node() != nullptr) {
    auto complex = to_complex(of);
    if (complex && takes_complex(question.type, *complex)) return complex;
  }
  auto const own = system_value(of);
  auto const row = std::ranges::find(converters, question.type, &converter_row::type);
  if (!own || row == std::end(converters)) return std::nullopt;
  return row->convert(question, *own);
}

std::vector<answer_value> answers_of(item const& question, collection const& all) {
  std::vector<answer_value> result;
  for (auto const& each : all) {
    if (auto found = answer_of(question, each)) result.push_back(std::move(*found));
  }
  return result;
}

}  // namespace intake::forms::fhirpath
