#pragma once
#include "forms/json_writer.hpp"
#include "forms/x12/acknowledgement.hpp"

namespace intake::forms::x12 {

void write_acknowledgement(json_writer&, interchange_acknowledgement const&);
void write_acknowledgement(json_writer&, group_acknowledgement const&);

}  // namespace intake::forms::x12
