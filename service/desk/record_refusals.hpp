#pragma once
#include "db/audit_entry.hpp"
#include "db/submissions.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

#include <string>
#include <string_view>

namespace intake::service::desk {

/// What the trail says of an act on a record; its purpose is the route's, and `detail` behind it.
db::audit_entry record_act(call const&, db::submission_head const&, std::string_view action,
                           std::string_view detail);

/// A record that does not open, or a copy that is not whole: staff see why, and the trail holds
/// that they tried.
response cannot_show(application&, call const&, db::audit_entry, std::string const& why);

/// 403, and the trail holds that they tried.
response not_yours(application&, call const&, db::audit_entry, std::string_view sentence);

}  // namespace intake::service::desk
