#pragma once
#include "certs/kek.hpp"
#include "certs/keyring.hpp"
#include "db/audit_log.hpp"
#include "db/pool.hpp"

#include <vector>

namespace intake::service {

/// What only the keys can tell, beside db::verify_audit: opens the summary of every version with
/// the data key that lies beside it, and makes its search tokens again, but those of member
/// numbers, which are no part of a summary. Role intake_desk; throws `unavailable`.
std::vector<db::audit_finding> check_records(db::pool&, certs::keyring const&,
                                             certs::kek_provider const&);

}  // namespace intake::service
