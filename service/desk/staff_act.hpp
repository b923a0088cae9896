#pragma once
#include "db/audit_entry.hpp"
#include "service/alerts.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

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

/// The value of a field of the body, of either form type; empty where it is not there.
std::string field_of_body(call const&, std::string_view name);

/// The bytes of the file that came in that field; empty where none was chosen.
std::string_view file_of_body(call const&, std::string_view name);

/// Ten letters at least and at most 500 bytes: "asdf" is no reason.
bool is_reason(std::string_view);

/// Where the button was: one of the desk's own pages, or the day list.
std::string way_back(call const&);

/// A page that says one thing.
response say(application const&, call const&, int status, std::string_view title,
             std::string_view sentence);

}  // namespace intake::service::desk
