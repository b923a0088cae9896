#pragma once
#include "certs/uuid.hpp"
#include "service/config.hpp"
#include "service/eligibility/asking.hpp"

/// The line that `[eligibility] clearinghouse_…` describes.
namespace intake::service::eligibility {

/// One connection of its own, for one thread; config and world must outlive it.
clearinghouse_line open_line(config const&, certs::world const&);

/// "Tried against a simulator and public samples only …" until a clearinghouse is configured;
/// empty then.
std::string tried_only(config const&);

}  // namespace intake::service::eligibility
