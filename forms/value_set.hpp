#pragma once
#include "forms/item.hpp"
#include "forms/json_reader.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// The part of a ValueSet that a form can use: its concepts, listed.
struct value_set {
  std::string url;
  std::string version;
  std::string id;
  /// expansion.contains, else compose.include.concept, as options in source order.
  std::vector<answer_option> options;
  /// False where it draws on whole code systems, filters or other value sets, or where its
  /// expansion says that it is a part: membership is unknown.
  bool complete = true;
};

/// Reads a ValueSet resource; an error only where it is not one.
parsed<value_set> read_value_set(json_document const&, json_value const& resource);

/// Finds a value set by canonical (url or url|version) or, for "#id", by id; null where there is
/// none.
value_set const* find_value_set(std::span<value_set const>, std::string_view canonical);

}  // namespace intake::forms
