#pragma once
#include "certs/blind_index.hpp"
#include "certs/kek.hpp"
#include "db/submissions.hpp"
#include "service/summary.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Finding a patient's forms by what somebody typed, without a query that the database could read.
namespace intake::service {

/// The record and the version that a paper copy was made from; version 0: any.
struct copy_code {
  certs::uuid record;
  std::int32_t version = 0;
};

/// What a typed text asks for. Words of a name are folded (certs/name_fold.hpp).
struct search_question {
  std::vector<std::string> words;
  /// FHIR date; empty: not asked.
  std::string birth_date;
  /// Four digits.
  std::string last_four;
  /// A whole telephone number, and a member number; a row fits that has either.
  std::string phone;
  std::string member_id;
  std::string receipt;
  /// What the square code on a copy's last page says; then nothing else is asked.
  std::optional<copy_code> copy{};

  bool empty() const;
  /// No part of it finds anything by itself: words of one or two letters find only themselves.
  bool is_too_short() const;
};

/// "garcia mar", "3/9/1958", "0101", "305-555-0101", "7KD2M-9QX3C", "1EG4-TE5-MK73", any together;
/// or what a copy's code says, as a scanner or a person types it.
search_question read_search(std::string_view typed);

/// Whether the newest version's summary says what was asked. Telephone and member numbers are
/// decided by their tokens alone, which are full-width.
bool fits(search_question const&, summary const&);

struct found_submission {
  db::submission_head head;
  /// Nothing where it does not open.
  std::optional<summary> sent;
};

struct search_page {
  std::vector<found_submission> found;
  /// Where the next page begins; nothing: all was looked at.
  std::optional<certs::uuid> next;
};

/// The next page below `below`: at most `rows_max` that fit, out of at most 500 that were opened.
/// Throws db::unavailable.
search_page search(db::pool& desk, certs::keyring const&, certs::kek_provider const&,
                   search_question const&, std::optional<certs::uuid> below, std::size_t rows_max);

}  // namespace intake::service
