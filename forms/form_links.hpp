#pragma once
#include "forms/form_reader.hpp"
#include "forms/item.hpp"

#include <set>
#include <string>
#include <vector>

namespace intake::forms {

/// Where items came from, for findings.
struct item_places {
  std::vector<std::string> const& paths;
  std::vector<json_value const*> const& json;
  /// Link ids that several items had.
  std::set<std::string, std::less<>> const& ambiguous;
  finding_log& log;
};

/// What can be said only when all items are known: resolves the questions of enableWhen, refuses
/// circles, and reports what can never work.
void link_items(std::vector<item>& items, item_places const&);

}  // namespace intake::forms
