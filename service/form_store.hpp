#pragma once
#include "forms/library.hpp"

#include <map>
#include <string>
#include <string_view>

namespace intake::service {

/// The forms of a folder, loaded, with the texts they were loaded from: a client gets the very
/// bytes that stand in the file.
struct form_store {
  forms::library library;
  /// By url|version.
  std::map<std::string, std::string, std::less<>> texts;
};

/// Loads every *.json of the folder that is a form or a value set. Throws std::runtime_error with
/// one sentence and a hint where one can't be used.
form_store load_forms(std::string const& folder);

}  // namespace intake::service
