#pragma once
#include "db/audit_chain.hpp"
#include "db/audit_log.hpp"
#include "db/pool.hpp"

#include <string>
#include <vector>

/// The heads of the audit chains, to be written down where nobody who can write the database can
/// write: against those, even a trail that was rewritten whole with its key, put back to an earlier
/// day or removed does not fit.
namespace intake::db {

struct outside_head {
  std::string chain;
  chain_position position;
};

/// Of every chain that has an entry. Role intake_desk; throws `unavailable`.
std::vector<outside_head> current_heads(pool&);

/// Asks for each head whether the trail still has that entry. Names for each chain the first entry
/// that may be another one: the one after the last head that fits. Role intake_desk; throws
/// `unavailable`.
std::vector<audit_finding> compare_heads(pool&, std::vector<outside_head> heads);

}  // namespace intake::db
