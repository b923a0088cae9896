#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Payers that the clinic must enrol with before they answer. All functions here need the role
/// intake_desk or intake_billing and throw `unavailable`.
namespace intake::db {

struct session_scope;

struct enrolment_task {
  std::int64_t number = 0;
  /// As the clinic's tables print it.
  std::string payer;
  /// X12 005010X279A1, AAA03: 41, 43, 50 or 51.
  std::string code;
  certs::utc_time opened{};
};

/// When a payer's last task was settled.
struct settled_enrolment {
  std::string payer;
  certs::utc_time settled{};
};

/// Nothing where the payer's task is open already, or was settled after `asked`: such an answer
/// speaks of the time before.
void insert_enrolment_task(session_scope const&, enrolment_task const&, certs::utc_time asked);

/// The oldest first.
std::vector<enrolment_task> open_enrolment_tasks(pool&);
std::vector<settled_enrolment> settled_enrolments(pool&);

/// The payer of the task; nothing where there is none that is open.
std::optional<std::string> settle_enrolment_task(pool&, std::int64_t number, certs::uuid actor,
                                                 certs::utc_time at);

}  // namespace intake::db
