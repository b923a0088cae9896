#pragma once
#include "service/http/gate.hpp"
#include "service/http/request.hpp"

#include <string_view>

namespace intake::service {

/// Has Beast's parser read a head that the gate let pass and takes the fields over into `out`,
/// names in lower case.
///
/// False when the two readers disagree on method, version, length, coding or persistence: of a
/// message that two parsers understand differently neither reading may be acted on.
bool read_head(std::string_view head, head_facts const&, request& out);

}  // namespace intake::service
