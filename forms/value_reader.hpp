#pragma once
#include "forms/item.hpp"
#include "forms/json_reader.hpp"
#include "forms/problem_codes.hpp"
#include "forms/values.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace intake::forms {

/// The types of value[x] that a form or a response can hold, by their suffix.
enum class value_kind : std::uint8_t {
  boolean,
  integer,
  decimal,
  date,
  date_time,
  time,
  string,
  uri,
  coding,
  quantity,
  attachment,
  reference
};

/// "Date"; "valueDate".
std::string_view suffix_of(value_kind);
std::string_view member_of(value_kind);
/// The kind of a member "valueCoding", "answerCoding", "initialCoding" or
/// "valueUrl"/"valueCode"-free names; nothing where prefix or suffix do not fit.
std::optional<value_kind> kind_of_member(std::string_view member, std::string_view prefix);
/// The kind a value holds; nothing for none and unreadable ones.
std::optional<value_kind> kind_of(answer_value const&);

/// A value, or what is wrong with its JSON; `expected` names the JSON type where that is what is
/// wrong.
struct value_reading {
  answer_value value;
  std::optional<problem_code> fault;
  std::string_view expected;
};

/// Reads a value of a kind: JSON type strict, lexical form per R4 datatypes, numbers in their own
/// words.
value_reading read_value(value_kind, json_value const&);

/// Reads the text of a primitive value as FHIR writes it: for fields, tables and extensions.
value_reading read_primitive(value_kind, std::string_view text);

/// The kinds a question of this type is answered with, without regard to its options.
bool takes_kind(item_type, value_kind);
/// Two kinds that can be the same or one before the other: integer and decimal, date and dateTime,
/// string and uri; each with itself.
bool are_comparable(value_kind, value_kind);
/// An answer of this kind may be given to the question: its type's, an option's, or text where the
/// options cannot be known. Whether it is one of the options is for validation to say.
bool accepts(item const&, value_kind);
/// The one kind that a type's answers have; string for open-choice free text is not counted.
value_kind main_kind(item_type);
/// How an answer to the question is written, for a person: "valueCoding", "valueInteger or
/// valueDate" by its options.
std::string accepted_members(item const& question);

/// The value[x] member of an element with that prefix ("value", "answer", "initial"); null if none.
json_value const* find_value_member(json_value const& element, std::string_view prefix);

}  // namespace intake::forms
