#pragma once
#include "forms/answers.hpp"
#include "forms/link_path.hpp"
#include "forms/problem.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// One field of a submitted HTML form, decoded. A file part has its content type and its bytes in
/// `value`; a file that was sent before is named in its place by `held_field`.
struct form_field {
  std::string_view name;
  std::string_view value;
  std::string_view content_type{};
  std::string_view file_name{};
};

/// Parts of an item that take several fields; appended to the name after ':'.
enum class field_part { value, day, month, year, time, unit, other, zone };

/// The name of an item's field on a page: its link path, for a date "dob:day", "dob:month",
/// "dob:year", for the free text of an open choice "race:other", for a quantity "weight" and
/// "weight:unit", for a dateTime the date's parts and "seen:time".
std::string field_name(questionnaire const&, link_path const&, field_part = field_part::value);

/// The value of a choice's field for an option: stable while the option's code is ("system|code" or
/// the text of the value).
std::string option_field_value(answer_option const&);

/// The value of the "other" button of an open choice, whose text stands in the field ":other".
inline constexpr std::string_view other_choice = ":other";

/// The value of the field that keeps an attachment which is held: "held:" and its hash.
std::string held_field(attachment const&);
bool names_held(std::string_view value);
/// What such a value names; null where it is none, or nothing like it is held.
attachment const* find_held(std::span<attachment const> held, std::string_view value);

struct fields_result {
  forms::answers answers;
  std::vector<problem> problems;
};

/// Reads a page's fields. Names that are not of the form (tokens, buttons) are ignored; blank
/// fields are unanswered; text loses outer white space and gets LF line ends; a choice may repeat
/// its name. What cannot be read is a problem and an unreadable_value. The answers equal those of
/// an API client that sends the same. `held`: the attachments that fields may name.
fields_result from_fields(questionnaire const&, std::span<form_field const>,
                          std::span<attachment const> held = {});

struct named_value {
  std::string name;
  std::string value;
  bool operator==(named_value const&) const = default;
};

/// The reverse: fields that show these answers on a page again. Of attachments only drawn
/// signatures and those that are held have a field.
std::vector<named_value> to_fields(questionnaire const&, answers const&);

}  // namespace intake::forms
