#pragma once
#include "service/http/request.hpp"
#include "service/http/response.hpp"

#include <optional>

namespace intake::service::fhir {

/// What stands at an address: a resource, which is JSON here, or a Binary, which has the type of
/// its bytes unless the resource is asked for.
enum class format_kind { resource, binary };

/// 406 for a client that takes nothing of what there is: by `_format`, which is stronger than
/// Accept, or by Accept (http://hl7.org/fhir/R4/http.html#mime-type).
std::optional<response> not_acceptable(request const&, format_kind = format_kind::resource);

}  // namespace intake::service::fhir
