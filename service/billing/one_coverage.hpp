#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/eligibility/work_list.hpp"

#include <optional>

namespace intake::service::billing {

/// The coverage that `/desk/coverages/{id}/{number}` names, out of the newest version of its
/// answers; nothing where there is none, or its record does not open.
std::optional<eligibility::work_row> one_coverage(application&, call const&);

}  // namespace intake::service::billing
