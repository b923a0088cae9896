#pragma once
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Insurance decisions made again for visits to come. Rows are only ever added. All functions here
/// need the role intake_desk and throw `unavailable`.
namespace intake::db {

struct appointment_decision {
  certs::uuid id;
  certs::uuid appointment;
  certs::uuid submission;
  std::int32_t version = 1;
  /// The rules that decided.
  certs::hash256 rule_set{};
  /// When the visit was to begin when it was decided for that day.
  certs::utc_time starts_at{};
  certs::utc_time decided{};
  /// Others than before: somebody must call.
  bool changed = false;
  certs::wrapped_key key;
  certs::bytes content;
  /// Where the visit was to be; empty for one that was decided before this was asked.
  std::string location{};
};

/// Unless the latest one of that appointment was for the same forms, rules, day and place: two
/// programs that look at once leave one row. Whether it was added.
bool add_decision(pool&, appointment_decision const&);

/// The latest of each appointment that begins after `from`.
std::vector<appointment_decision> latest_decisions(pool&, certs::utc_time from);

/// The latest that changed something, of each appointment that begins after `from`, the nearest
/// visit first; at most 500.
std::vector<appointment_decision> list_changed_decisions(pool&, certs::utc_time from);

/// All that were ever made, in the order of their making, those after `number`; at most `rows_max`.
struct numbered_decision {
  std::int64_t number = 0;
  appointment_decision what;
};
std::vector<numbered_decision> list_decisions(pool&, std::int64_t number, int rows_max);

}  // namespace intake::db
