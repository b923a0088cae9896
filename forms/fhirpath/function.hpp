#pragma once
#include "forms/fhirpath/value.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace intake::forms::fhirpath {

struct call;

/// A function of FHIRPath.
struct function_row {
  std::string_view name;
  std::size_t arguments_min;
  std::size_t arguments_max;
  collection (*run)(call&);
  /// Its argument is the name of a type.
  bool takes_type = false;
};

/// Null for a name that there is not.
function_row const* find_function(std::string_view name);

// The families, a file each.
std::span<function_row const> existence_functions();
std::span<function_row const> filter_functions();
std::span<function_row const> set_functions();
std::span<function_row const> conversion_functions();
std::span<function_row const> text_functions();
std::span<function_row const> encoding_functions();
std::span<function_row const> number_functions();
std::span<function_row const> boundary_functions();
std::span<function_row const> tree_functions();
std::span<function_row const> form_functions();

}  // namespace intake::forms::fhirpath
