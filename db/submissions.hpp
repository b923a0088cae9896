#pragma once
#include "certs/uuid.hpp"
#include "db/new_submission.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

/// What every stored version has in common; times and texts as they were stored.
struct submission_head {
  certs::uuid id;
  std::int32_t version = 0;
  std::string receipt;
  /// When version 1 came, and when this version came.
  certs::utc_time first_received{};
  certs::utc_time received{};
  std::vector<std::string> forms;
  certs::hash256 body_hash{};
  /// Empty after the key was destroyed (retention): the parts can never be opened again.
  std::optional<certs::wrapped_key> key;
};

/// A row of a list: the newest version, its summary still sealed, its answers not even read.
struct listed_submission {
  submission_head head;
  certs::bytes summary;
};

/// A whole version, every part still sealed.
struct opened_submission {
  submission_head head;
  std::vector<sealed_part> parts;
  /// When the record was made void; nothing where it counts.
  std::optional<certs::utc_time> void_since{};
};

/// Where a page of a list ended: the next page begins after it.
struct page_mark {
  certs::utc_time first_received{};
  certs::uuid id;
};
/// Beyond every time and id that can be stored: the mark of the first page.
inline constexpr page_mark first_page{certs::utc_time(std::chrono::days(400'000)), {}};

/// Submissions that are not void, the newest first reception first; `rows_max` 1-500. All functions
/// here throw `unavailable`.
std::vector<listed_submission> list_newest(pool&, std::optional<page_mark> after, int rows_max);

/// Submissions of which any version carries that token; buckets are coarse, so the caller decrypts
/// and filters.
std::vector<listed_submission> list_by_token(pool&, search_token const&,
                                             std::optional<page_mark> after, int rows_max);

/// The newest version of each of these, in no particular order.
std::vector<listed_submission> list_by_ids(pool&, std::span<certs::uuid const> ids);

/// The given version, or the newest.
std::optional<opened_submission> open_submission(pool&, certs::uuid id,
                                                 std::optional<std::int32_t> version = {});

/// The newest version of each of these with the parts `summary` and `answers` alone, in no
/// particular order: for who needs no files.
std::vector<opened_submission> open_answers(pool&, std::span<certs::uuid const> ids);

/// The newest version of the submission with that receipt.
std::optional<opened_submission> open_receipt(pool&, std::string_view receipt);

/// All versions, oldest first, without their parts.
std::vector<submission_head> list_versions(pool&, certs::uuid id);

/// Whether that receipt was given, without saying for what.
std::optional<certs::uuid> find_receipt(pool&, std::string_view receipt);

}  // namespace intake::db
