#pragma once
#include "forms/element_reader.hpp"
#include "forms/item.hpp"
#include "forms/value_set.hpp"

#include <optional>

namespace intake::forms {

/// Where a form's value sets come from: its own contained ones first, then those known elsewhere.
struct value_set_sources {
  std::span<value_set const> contained;
  std::span<value_set const> known;
};

/// Reads one item of a Questionnaire without its children; the caller gives it its index, place
/// and, for a display without one, linkId. Nothing where the item refuses the form.
std::optional<item> read_item(form_element const&, value_set_sources const&);

/// Reads the SDC and core extensions of an item into it.
void read_item_extensions(form_element const&, item&);

/// Reads answerOption[] of an item.
std::vector<answer_option> read_options(form_element const&, item_type);

/// Reads a constraint or targetConstraint extension.
std::optional<form_constraint> read_constraint(form_element const&);

/// Reads an audience extension among an element's; nothing where there is none.
std::optional<form_audience> read_audience(form_element const&);

/// Applies the invariants que-1 to que-13 to an item as read, repairing what can be repaired.
void apply_invariants(form_element const&, item&);

}  // namespace intake::forms
