#pragma once
#include "forms/questionnaire.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// One step of a link path: an item and which occurrence (a repeating group) or answer (a repeating
/// question) of it, from 0.
struct path_step {
  item_index item = no_item;
  std::uint32_t repetition = 0;
  bool operator==(path_step const&) const = default;
};

/// The place of an answer: the path of repetitions from the top of the form.
using link_path = std::vector<path_step>;

/// "visits[1]/date": link ids joined by '/', "[n]" where the item repeats and more follows or n was
/// asked for. '%', '/', '[', ']' and ':' inside a linkId are percent-encoded.
std::string write_link_path(questionnaire const&, link_path const&);

/// Reads what `write_link_path` wrote; nothing for a path that the form does not have. A missing
/// "[n]" reads as [0].
std::optional<link_path> read_link_path(questionnaire const&, std::string_view text);

/// The path of an item whose repeating ancestors are all at occurrence 0.
link_path first_path_of(questionnaire const&, item_index);

}  // namespace intake::forms
