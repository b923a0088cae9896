#pragma once
#include "forms/library.hpp"
#include "forms/plan/packets.hpp"
#include "forms/plan/safety_alerts.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// The forms of a folder, loaded, with the texts they were loaded from: a client gets the very
/// bytes that stand in the file.
struct form_store {
  forms::library library;
  /// By url|version.
  std::map<std::string, std::string, std::less<>> texts;
  /// From `plan/packets.json` of the folder; empty where it has none.
  std::vector<forms::packet_plan> packets;
  /// From `plan/safety-alerts.json`; empty where the folder has none.
  std::vector<forms::safety_alert> alerts;
};

/// Loads every *.json of the folder that is a form or a value set, and the plan beside them. Throws
/// std::runtime_error with one sentence and a hint where one can't be used.
form_store load_forms(std::string const& folder);

/// The same forms, with other days for the texts of these editions; files stay as they are.
form_store with_days(form_store const&, std::span<forms::text_edition const>);

}  // namespace intake::service
