#pragma once
#include "db/batch_writer.hpp"
#include "service/http/stats.hpp"
#include "service/log.hpp"
#include "service/outgoing/counters.hpp"
#include "service/rules.hpp"

#include <cstdint>
#include <string>

namespace intake::service {

/// What is looked at every so often.
struct watched {
  std::int64_t backup_seconds = 0;  ///< when the newest verified backup was made; 0: none
  std::int64_t key_wraps = 0;       ///< under the current key-encryption key
  outgoing::counters const* handed = nullptr;
  std::int64_t certificate_ends = 0;  ///< seconds since 1970
  std::int64_t head_failures = 0;     ///< signed heads that a place outside did not take
  bool database_usable = false;       ///< as /readyz says
};

/// Prometheus text exposition format 0.0.4: what the service counts. Nothing in it comes from a
/// patient or a path.
std::string write_metrics(server_stats const&, db::batch_writer_counts const&, event_log const&,
                          rules_in_force const&, watched const&);

}  // namespace intake::service
