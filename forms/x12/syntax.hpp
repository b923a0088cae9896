#pragma once
#include "forms/x12/remarks.hpp"
#include "forms/x12/segments.hpp"

namespace intake::forms::x12 {

/// Checks one segment against its elements: required, type, length, values, pairs, and separators
/// where none may stand. Only deviations come of it; a segment that is not in the table is left
/// alone.
void check_elements(segment const&, delimiters const&, remarks&);

/// The same for ISA, whose elements have fixed widths and name the separators.
void check_isa(segment const&, delimiters const&, remarks&);

}  // namespace intake::forms::x12
