#pragma once
#include "db/pool.hpp"
#include "db/submissions.hpp"

#include <optional>
#include <span>
#include <vector>

namespace intake::db {

/// The most tokens that one search asks for at once.
inline constexpr std::size_t search_tokens_max = 4;

/// Submissions that are not void and of which some version carries all of these tokens, by their
/// ids downwards: the next page begins below the last id. Coarse tokens stand for many patients, so
/// the caller opens and filters. 1-4 tokens (nothing is found without one), 1-2,000 rows. Role
/// intake_desk; throws `unavailable`.
std::vector<listed_submission> search_submissions(pool&, std::span<search_token const>,
                                                  std::optional<certs::uuid> below, int rows_max);

}  // namespace intake::db
