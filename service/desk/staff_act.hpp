#pragma once
#include "db/audit_entry.hpp"
#include "service/alerts.hpp"
#include "service/call.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What the desk's pages share.
namespace intake::service::desk {

/// How much of an alert the signed-in person may know.
alert_reader reader_of(call const&);

/// The version that `?version=` names; nothing: the newest.
std::optional<std::int32_t> asked_version(call const&);

/// The value of a field of the body; empty where it is not there.
std::string field_of_body(call const&, std::string_view name);

}  // namespace intake::service::desk
