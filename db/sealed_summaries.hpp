#pragma once
#include "db/new_submission.hpp"
#include "db/pool.hpp"

#include <functional>

namespace intake::db {

/// A version as far as its summary: what opens it, and what it is found by.
struct sealed_summary {
  certs::uuid id;
  std::int32_t version = 0;
  std::vector<std::string> forms;
  certs::wrapped_key key;
  certs::bytes sealed;
  std::vector<search_token> tokens;
};

/// Every version that has a data key and a summary, in one snapshot, without holding them all. Role
/// intake_desk; throws `unavailable`.
void for_each_sealed_summary(pool&, std::function<void(sealed_summary const&)> const& use);

}  // namespace intake::db
