#pragma once
#include "forms/x12/envelope.hpp"

namespace intake::forms::x12 {

/// Checks one segment of a 270 or 271 against its elements: required, type, length, pairs. Only
/// deviations come of it; a segment that is not in the table is left alone.
void check_elements(segment const&, delimiters const&, remarks&);

}  // namespace intake::forms::x12
