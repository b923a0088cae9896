#pragma once
#include "db/audit_log.hpp"
#include "db/rows.hpp"

#include <optional>

#include <pqxx/result.hxx>

namespace intake::db {

/// A row of audit_event as it stands in the table.
struct stored_event {
  audit_event event;
  std::optional<certs::hash256> record;
  certs::hash256 link{};
};

/// What event_of reads, of audit_event e LEFT JOIN audit_head h.
#define INTAKE_EVENT_COLUMNS \
  "e.chain, e.number, h.name, " INTAKE_BOUNDED_MICROSECONDS_OF("e.at")               \
  ", e.action, e.who, e.actor, e.outcome, e.subject, e.version, "                    \
  "array_to_string(e.shown, E'\\n', '?'), e.purpose, e.request_id, e.address, "      \
  "e.content, e.record, e.link "
#define INTAKE_EVENT_TABLES "audit_event e LEFT JOIN audit_head h ON h.chain = e.chain "

/// Throws `unavailable` where a value is not one that the table's checks allow.
stored_event event_of(pqxx::row const&);

}  // namespace intake::db
