#pragma once
#include "forms/json_writer.hpp"
#include "forms/x12/benefits.hpp"

namespace intake::forms::x12 {

/// A 271 as one object: its people, and for each answer the verdict on the day that was asked for
/// (0: none), plans, money, limits, authorisations, messages, rejections, and every row as it was
/// said. Every row carries the number of its segment.
void write_response(json_writer&, response const&, day_number asked);

}  // namespace intake::forms::x12
