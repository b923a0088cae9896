#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms::fhirpath::support {

struct expected_output {
  std::string type;
  std::string text;
};

/// One test of the official suite.
struct suite_test {
  std::string group;
  std::string name;
  /// Without its ending; empty where none is needed.
  std::string input;
  std::string expression;
  /// Parsing or evaluating it must fail.
  bool invalid = false;
  /// Only whether there is a result counts.
  bool predicate = false;
  bool ordered = true;
  std::vector<expected_output> outputs;
};

/// Reads the suite's XML, as far as this suite uses XML.
std::vector<suite_test> read_suite(std::string_view xml);

}  // namespace intake::forms::fhirpath::support
