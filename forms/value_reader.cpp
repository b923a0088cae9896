#include "forms/value_reader.hpp"

#include "forms/calendar.hpp"
#include "forms/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

namespace intake::forms {
namespace {

constexpr std::array<std::string_view, 12> value_members{
    "valueBoolean",  "valueInteger",  "valueDecimal",    "valueDate",
    "valueDateTime", "valueTime",     "valueString",     "valueUri",
    "valueCoding",   "valueQuantity", "valueAttachment", "valueReference"};

constexpr std::array<std::string_view, 12> suffixes{
    "Boolean", "Integer", "Decimal", "Date",     "DateTime",   "Time",
    "String",  "Uri",     "Coding",  "Quantity", "Attachment", "Reference"};

value_reading wrong_type(std::string_view expected) {
  return {unreadable_value{}, problem_code::wrong_json_type, expected};
}
value_reading fault(problem_code code) {
  return {unreadable_value{}, code, {}};
}
value_reading good(answer_value value) {
  return {std::move(value), std::nullopt, {}};
}

/// A string member of a complex type and where its text goes.
struct text_slot {
  std::string_view name;
  std::string* target;
};

bool is_carried_along(std::string_view member) {
  return member == "id" || member == "extension" || member.starts_with('_');
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// XML, and so FHIR, has no control characters but tab, LF and CR.
bool has_controls(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
}

/// Fills the slots from an object's string members. Members that are neither slots nor `others` are
/// unknown.
std::optional<value_reading> fill(json_value const& object, std::span<text_slot const> slots,
                                  std::initializer_list<std::string_view> others = {}) {
  if (!object.is(json_kind::object)) return wrong_type("object");
  for (auto const& member : object) {
    auto const slot = std::ranges::find(slots, member.key(), &text_slot::name);
    if (slot != slots.end()) {
      if (!member.is(json_kind::string)) return wrong_type("string");
      if (is_blank(member.text())) return fault(problem_code::empty_text);
      if (has_controls(member.text())) return fault(problem_code::malformed_text);
      *slot->target = member.text();
    } else if (!is_carried_along(member.key()) &&
               std::ranges::find(others, member.key()) == others.end()) {
      return fault(problem_code::unknown_member);
    }
  }
  return std::nullopt;
}

value_reading read_coding(json_value const& json) {
  coding value;
  std::array<text_slot, 4> const slots{{{"system", &value.system},
                                        {"version", &value.version},
                                        {"code", &value.code},
                                        {"display", &value.display}}};
  if (auto bad = fill(json, slots, {"userSelected"})) return *bad;
  if (auto const* chosen = json.find("userSelected"); chosen && !chosen->is(json_kind::boolean)) {
    return wrong_type("boolean");
  }
  if (value.code.empty() && value.display.empty()) return fault(problem_code::malformed_coding);
  return good(std::move(value));
}

value_reading read_quantity(json_value const& json) {
  quantity value;
  std::array<text_slot, 4> const slots{{{"comparator", &value.comparator},
                                        {"unit", &value.unit},
                                        {"system", &value.system},
                                        {"code", &value.code}}};
  if (auto bad = fill(json, slots, {"value"})) return *bad;
  if (auto const* number = json.find("value")) {
    if (!number->is(json_kind::number)) return wrong_type("number");
    value.value = number->text();
  }
  constexpr std::array<std::string_view, 5> comparators{"", "<", "<=", ">=", ">"};
  bool const known = std::ranges::find(comparators, value.comparator) != comparators.end();
  // R4 qty-3: a coded unit names its system.
  bool const coded = value.code.empty() || !value.system.empty();
  if (!known || !coded || (value.value.empty() && value.unit.empty() && value.code.empty())) {
    return fault(problem_code::malformed_quantity);
  }
  return good(std::move(value));
}

value_reading read_attachment(json_value const& json) {
  attachment value;
  std::array<text_slot, 7> const slots{{{"contentType", &value.content_type},
                                        {"language", &value.language},
                                        {"data", &value.data},
                                        {"url", &value.url},
                                        {"hash", &value.hash},
                                        {"title", &value.title},
                                        {"creation", &value.creation}}};
  if (auto bad = fill(json, slots, {"size"})) return *bad;
  if (auto const* size = json.find("size")) {
    if (!size->is(json_kind::number)) return wrong_type("number");
    std::uint64_t bytes = 0;
    auto const text = size->text();
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), bytes);
    if (failed != std::errc{} || end != text.data() + text.size()) {
      return fault(problem_code::attachment_size_mismatch);
    }
    value.size_bytes = bytes;
  }
  bool const dated =
      value.creation.empty() || read_date_time(value.creation).fault == calendar_fault::none;
  if (!dated) return fault(problem_code::malformed_date_time);
  if (value.data.empty() && value.url.empty() && value.title.empty() && !is_held(value)) {
    return fault(problem_code::attachment_without_data);
  }
  return good(std::move(value));
}

value_reading read_reference(json_value const& json) {
  reference value;
  std::array<text_slot, 3> const slots{
      {{"reference", &value.target}, {"type", &value.type}, {"display", &value.display}}};
  if (auto bad = fill(json, slots, {"identifier"})) return *bad;
  if (auto const* identifier = json.find("identifier")) {
    std::array<text_slot, 2> const parts{
        {{"system", &value.identifier_system}, {"value", &value.identifier_value}}};
    if (auto bad = fill(*identifier, parts, {"use", "type", "period", "assigner"})) return *bad;
  }
  if (value.target.empty() && value.identifier_value.empty() && value.display.empty()) {
    return fault(problem_code::malformed_reference);
  }
  return good(std::move(value));
}

template <class Value>
value_reading calendar_value(std::string_view text, calendar_reading const& reading,
                             problem_code malformed, problem_code incomplete) {
  switch (reading.fault) {
    case calendar_fault::none:
      return good(Value{std::string{text}});
    case calendar_fault::impossible: {
      bool const good_day =
          read_date(text.substr(0, text.find('T'))).fault != calendar_fault::impossible;
      return fault(good_day ? problem_code::impossible_time : problem_code::impossible_date);
    }
    case calendar_fault::incomplete:
      return fault(incomplete);
    default:
      return fault(malformed);
  }
}

value_reading integer_value(std::string_view text) {
  if (auto const value = read_integer(text)) return good(*value);
  bool const too_large = text.find_first_of(".eE") == std::string_view::npos && is_decimal(text);
  return fault(too_large ? problem_code::integer_out_of_range : problem_code::malformed_integer);
}

// R4 uri: no white space; what else is a URI is looked at when it is used.
value_reading uri_value(std::string_view text) {
  bool const printable =
      std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
  return printable && !text.empty() ? good(fhir_uri{std::string{text}})
                                    : fault(problem_code::malformed_url);
}

value_reading text_value(std::string_view text) {
  if (is_blank(text)) return fault(problem_code::empty_text);
  if (has_controls(text)) return fault(problem_code::malformed_text);
  std::string kept;
  kept.reserve(text.size());
  // One line end for everybody: a page's text area sends CRLF, an API client LF.
  for (auto end = text.find("\r\n"); end != text.npos; end = text.find("\r\n")) {
    kept += text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  kept += text;
  return good(std::move(kept));
}

}  // namespace

std::string_view suffix_of(value_kind kind) {
  return suffixes[static_cast<std::size_t>(kind)];
}

std::string_view member_of(value_kind kind) {
  return value_members[static_cast<std::size_t>(kind)];
}

std::optional<value_kind> kind_of_member(std::string_view member, std::string_view prefix) {
  if (!member.starts_with(prefix)) return std::nullopt;
  auto const found = std::ranges::find(suffixes, member.substr(prefix.size()));
  if (found == suffixes.end()) return std::nullopt;
  return static_cast<value_kind>(found - suffixes.begin());
}

std::optional<value_kind> kind_of(answer_value const& value) {
  // The variant holds the kinds in the same order, behind std::monostate.
  auto const index = value.index();
  if (index == 0 || index > suffixes.size()) return std::nullopt;
  return static_cast<value_kind>(index - 1);
}

value_reading read_primitive(value_kind kind, std::string_view text) {
  switch (kind) {
    case value_kind::boolean:
      if (text != "true" && text != "false") return fault(problem_code::malformed_boolean);
      return good(text == "true");
    case value_kind::decimal:
      if (!is_decimal(text)) return fault(problem_code::malformed_decimal);
      return good(fhir_decimal{std::string{text}});
    case value_kind::integer:
      return integer_value(text);
    case value_kind::date:
      return calendar_value<fhir_date>(text, read_date(text), problem_code::malformed_date,
                                       problem_code::malformed_date);
    case value_kind::date_time:
      return calendar_value<fhir_date_time>(text, read_date_time(text),
                                            problem_code::malformed_date_time,
                                            problem_code::zone_missing);
    case value_kind::time:
      return calendar_value<fhir_time>(text, read_time(text), problem_code::malformed_time,
                                       problem_code::seconds_missing);
    case value_kind::uri:
      return uri_value(text);
    default:
      return text_value(text);
  }
}

value_reading read_value(value_kind kind, json_value const& json) {
  switch (kind) {
    case value_kind::boolean:
      return json.is(json_kind::boolean) ? good(json.is_true()) : wrong_type("boolean");
    case value_kind::decimal:
    case value_kind::integer:
      return json.is(json_kind::number) ? read_primitive(kind, json.text()) : wrong_type("number");
    case value_kind::coding:
      return read_coding(json);
    case value_kind::quantity:
      return read_quantity(json);
    case value_kind::attachment:
      return read_attachment(json);
    case value_kind::reference:
      return read_reference(json);
    default:
      return json.is(json_kind::string) ? read_primitive(kind, json.text()) : wrong_type("string");
  }
}

value_kind main_kind(item_type type) {
  switch (type) {
    case item_type::boolean:
      return value_kind::boolean;
    case item_type::decimal:
      return value_kind::decimal;
    case item_type::integer:
      return value_kind::integer;
    case item_type::date:
      return value_kind::date;
    case item_type::date_time:
      return value_kind::date_time;
    case item_type::time:
      return value_kind::time;
    case item_type::url:
      return value_kind::uri;
    case item_type::choice:
    case item_type::open_choice:
      return value_kind::coding;
    case item_type::attachment:
      return value_kind::attachment;
    case item_type::reference:
      return value_kind::reference;
    case item_type::quantity:
      return value_kind::quantity;
    default:
      return value_kind::string;
  }
}

bool takes_kind(item_type type, value_kind kind) {
  if (type == item_type::open_choice && kind == value_kind::string) return true;
  return type != item_type::group && type != item_type::display && kind == main_kind(type);
}

bool are_comparable(value_kind a, value_kind b) {
  constexpr std::array<std::pair<value_kind, value_kind>, 3> related{
      {{value_kind::integer, value_kind::decimal},
       {value_kind::date, value_kind::date_time},
       {value_kind::string, value_kind::uri}}};
  return a == b || std::ranges::any_of(related, [&](auto const& pair) {
           return pair == std::pair{a, b} || pair == std::pair{b, a};
         });
}

std::string accepted_members(item const& question) {
  std::string names;
  for (auto const& option : options_of(question)) {
    auto const kind = kind_of(option.value);
    auto const name = kind ? member_of(*kind) : std::string_view{};
    if (name.empty() || names.find(name) != std::string::npos) continue;
    names += (names.empty() ? "" : " or ") + std::string{name};
  }
  return names.empty() ? std::string{member_of(main_kind(question.type))} : names;
}

bool accepts(item const& question, value_kind kind) {
  if (takes_kind(question.type, kind)) return true;
  auto const& options = options_of(question);
  bool const listed = std::ranges::any_of(
      options, [&](answer_option const& option) { return kind_of(option.value) == kind; });
  bool const unknown_set = options.empty() && !question.value_set_url.empty();
  return listed ||
         (kind == value_kind::string && question.type == item_type::choice && unknown_set);
}

json_value const* find_value_member(json_value const& element, std::string_view prefix) {
  for (auto const& member : element) {
    if (member.key().size() > prefix.size() && member.key().starts_with(prefix)) return &member;
  }
  return nullptr;
}

}  // namespace intake::forms
