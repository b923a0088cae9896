#pragma once
#include "db/work_items.hpp"
#include "service/application.hpp"
#include "service/summary.hpp"

#include <string>

/// The worklist: what came and is for no appointment.
namespace intake::service::desk {

/// Somebody must look before the patient is seen: an alert, something missing, a plan to be called.
bool needs_attention(summary const&);

/// Sorts what came since the last look into the list, and takes out what was matched. Cheap where
/// nothing happened. Throws db::unavailable.
void sort_in_work(application&, certs::utc_time now);

/// "just now", "1 min ago", "3 h ago", "2 days ago".
std::string ago_words(certs::utc_time at, certs::utc_time now);

/// "marked done 1 min ago by money (billing)".
std::string last_act_words(application&, db::work_item const&, certs::utc_time now);

}  // namespace intake::service::desk
