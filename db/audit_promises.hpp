#pragma once
#include "db/audit_log.hpp"

#include <vector>

#include <pqxx/transaction_base.hxx>

namespace intake::db {

/// What no hash covers, beside what the trail tells of it: keys that are gone without a purge that
/// the trail knows from proposal to end, approvals and purges that it does not know, holds that it
/// knows and that are gone, keys and search tokens of no submission. Part of verify_audit.
void check_promises(pqxx::transaction_base&, std::vector<audit_finding>&);

}  // namespace intake::db
