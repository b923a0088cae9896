#pragma once
#include "forms/fhirpath/expression.hpp"

#include <string>
#include <vector>

namespace intake::forms::fhirpath {

/// What an expression names: enough to see that a form goes round in a circle.
struct expression_references {
  /// Texts that a linkId is compared with.
  std::vector<std::string> link_ids;
  std::vector<std::string> variables;
};

expression_references references_of(expression const&);

}  // namespace intake::forms::fhirpath
