#pragma once
#include "db/batch_writer.hpp"
#include "service/http/stats.hpp"
#include "service/log.hpp"
#include "service/rules.hpp"

#include <string>

namespace intake::service {

/// Prometheus text exposition format 0.0.4: what the service counts. Nothing in it comes from a
/// patient or a path.
std::string write_metrics(server_stats const&, db::batch_writer_counts const&, event_log const&,
                          rules_in_force const&);

}  // namespace intake::service
