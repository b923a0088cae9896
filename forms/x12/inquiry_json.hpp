#pragma once
#include "forms/json_writer.hpp"
#include "forms/x12/inquiry.hpp"

namespace intake::forms::x12 {

/// A 270 as one object: its levels one inside the other, as the file has them.
void write_inquiry(json_writer&, inquiry const&);

}  // namespace intake::forms::x12
