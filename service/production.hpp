#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"
#include "service/config.hpp"
#include "service/installation.hpp"

#include <string>
#include <vector>

namespace intake::service {

/// One thing that stands between an installation and real patients, and what to do about it.
struct obstacle {
  std::string what;
  std::string remedy;
};

/// All of them; empty: production may start. `deciding` are the rules in force. `desk` may be null
/// where the database is not at hand: then the accounts are an obstacle of their own.
std::vector<obstacle> production_obstacles(config const&, installation const&,
                                           named_rule_set const& deciding, db::pool* desk);

/// Those of the clinic's own name and telephone number.
std::vector<obstacle> clinic_obstacles(config const&);

/// The file beside the key file that `intake key escrow` leaves; it names which keys were printed,
/// by their ids.
std::string escrow_record_file(config const&);

}  // namespace intake::service
