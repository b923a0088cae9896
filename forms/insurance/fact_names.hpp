#pragma once
#include <optional>
#include <string>
#include <string_view>

/// What facts are called where a person types their names: in tests.csv, on the command line.
namespace intake::forms::insurance {

/// The name that `visit_from_values` or `coverage_from_values` reads, for that name or for another
/// that tests.csv takes for it ("accident", "date"), without regard to case and punctuation.
std::optional<std::string_view> fact_named(std::string_view said);

/// "Did you mean payer?", or all there are.
std::string fact_name_hint(std::string_view said);

}  // namespace intake::forms::insurance
