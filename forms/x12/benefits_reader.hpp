#pragma once
#include "forms/x12/benefits.hpp"
#include "forms/x12/loops.hpp"

namespace intake::forms::x12 {

/// Reads a 271 whose segments are placed. An answer is made of every subscriber without dependents,
/// of every dependent, and of every rejection above them with nobody below it.
response read_response(transaction_set const&, loop_tree const&, remarks&);

}  // namespace intake::forms::x12
