#pragma once
#include "forms/x12/loops.hpp"

namespace intake::forms::x12 {

/// Checks what a 270 or 271 as a whole must have: its header, the levels it can't do without, who
/// may stand in which loop, and what may stand there once only. Only deviations come of it.
void check_set(transaction_set const&, loop_tree const&, remarks&);

}  // namespace intake::forms::x12
