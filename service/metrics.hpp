#pragma once
#include "db/batch_writer.hpp"
#include "service/http/stats.hpp"
#include "service/log.hpp"
#include "service/rules.hpp"

#include <cstdint>
#include <string>

namespace intake::service {

/// Prometheus text exposition format 0.0.4: what the service counts. Nothing in it comes from a
/// patient or a path.
/// `backup_seconds` is when the newest verified backup was made, in Unix time; 0 for none.
std::string write_metrics(server_stats const&, db::batch_writer_counts const&, event_log const&,
                          rules_in_force const&, std::int64_t backup_seconds);

}  // namespace intake::service
