#pragma once
#include "forms/form_reader.hpp"
#include "forms/item.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// One JSON object of a form with its place, for reading members and reporting on them.
struct form_element {
  json_value const& json;
  std::string path;
  finding_log& log;

  void report(form_rule, std::string_view member = {}, std::string_view detail = {}) const;
  /// The text of a string member; empty and reported if it is of another type or blank.
  std::string text(std::string_view member) const;
  /// A boolean member; false and reported if it is of another type.
  bool flag(std::string_view member) const;
  /// The elements of an array of objects; others are reported and left out.
  std::vector<form_element> objects(std::string_view member) const;
  /// A text with the translations and markdown of its "_member" sibling.
  localized_text localized(std::string_view member) const;
  /// The extensions of this element, each an object with a url.
  std::vector<form_element> extensions() const { return objects("extension"); }
  std::string_view url() const { return json.text_of("url"); }
};

/// A whole, non-negative number member of an extension or element; nothing and reported otherwise.
std::optional<std::uint64_t> read_count(form_element const&, std::string_view member);

/// Reads a value[x] member; nothing and reported where there is none or it cannot be read.
std::optional<answer_value> read_element_value(form_element const&, std::string_view prefix);

/// Reads a Coding member.
std::optional<coding> read_coding_member(form_element const&, std::string_view member);

/// An Expression (valueExpression), or a plain text where an extension allows both.
std::optional<form_expression> read_expression(form_element const& extension);

/// The translations below an element ("_text", a Coding's "_display").
void read_translations(form_element const&, localized_text&);

/// Reports members of the element that are not in the list ('_' siblings and extensions aside).
void check_members(form_element const&, std::span<std::string_view const> known);

}  // namespace intake::forms
