#pragma once
#include "db/submissions.hpp"

namespace intake::db {

/// Where a page of changes ended; the next one begins after it.
struct change_mark {
  certs::utc_time at{};
  certs::uuid id;
};

enum class change_order { oldest_first, newest_first };

/// Which records a machine asks for: those whose newest version came in [from, until), that are not
/// void, whose key was not destroyed.
struct change_question {
  certs::utc_time from{};
  certs::utc_time until{};
  /// "url" or "url|version" of a form that was answered; empty: any.
  std::vector<std::string> forms{};
  /// Only these; nothing: all.
  std::optional<std::vector<certs::uuid>> ids{};
  change_order order = change_order::newest_first;
  std::optional<change_mark> after{};
};

/// In the order of the time of the newest version, then of the id; at most `rows_max`. A page of a
/// sparse time may read it all. Throws `unavailable`.
std::vector<submission_head> list_changes(pool&, change_question const&, int rows_max);

}  // namespace intake::db
