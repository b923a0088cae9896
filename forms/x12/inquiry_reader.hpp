#pragma once
#include "forms/x12/inquiry.hpp"
#include "forms/x12/loops.hpp"

namespace intake::forms::x12 {

/// Reads a 270 whose segments are placed.
inquiry read_inquiry(transaction_set const&, loop_tree const&, remarks&);

/// The envelope of a group, as a writer would take it.
inquiry_envelope envelope_of(segment const& isa, functional_group const&);

}  // namespace intake::forms::x12
