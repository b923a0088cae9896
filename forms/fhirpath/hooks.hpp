#pragma once
#include "forms/expression_hooks.hpp"

#include <map>
#include <string>

namespace intake::forms {
class json_value;
}  // namespace intake::forms

namespace intake::forms::fhirpath {

/// What expressions of a form may know beside the form and its answers.
struct expression_world {
  /// The moment, as a FHIR dateTime to the second with the clinic's zone:
  /// 2026-11-28T09:00:00-05:00. A date alone is enough for today(); empty: both fail.
  std::string now;
  /// Resources by name, such as `patient` for %patient; their documents outlive the hooks.
  std::map<std::string, json_value const*, std::less<>> launch;
};

/// Hooks that evaluate what is written in text/fhirpath. Expressions were parsed when their form
/// was loaded; making hooks costs nothing beside, and any number of threads may use the same form.
/// One object of hooks may be used by several threads too: a call keeps nothing.
expression_hooks hooks_for(expression_world);

}  // namespace intake::forms::fhirpath
