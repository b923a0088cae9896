#pragma once
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/new_submission.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What payers said of coverages. Rows are only ever added. All functions here need the role
/// intake_desk or intake_billing and throw `unavailable`.
namespace intake::db {

/// How an answer came.
enum class check_way : std::uint8_t { by_hand, file, clearinghouse };

/// "by-hand".
std::string_view to_string(check_way);

struct eligibility_check {
  certs::uuid id;
  certs::uuid submission;
  /// Of the answers that it was made for.
  std::int32_t version = 1;
  /// From 1, in the patient's order.
  std::int16_t coverage = 1;
  check_way how = check_way::by_hand;
  /// YYYY-MM-DD.
  std::string service_date;
  /// When the payer was asked.
  certs::utc_time as_of{};
  certs::utc_time recorded{};
  /// Nothing where the program read the answer by itself.
  std::optional<certs::uuid> actor;
  /// The question that it answers; nothing for a check by hand.
  std::optional<certs::uuid> inquiry;
  /// Nothing after it was destroyed under the retention policy.
  std::optional<certs::wrapped_key> key;
};

struct new_check {
  eligibility_check head;
  /// Keyed hash of the answer: the same answer to the same question is stored once.
  std::optional<certs::hash256> answer;
  std::vector<sealed_part> parts;
};

/// False: that question has that answer already, and nothing was added.
[[nodiscard]] bool add_check(pool&, new_check const&);

/// A check with its summary, still sealed.
struct listed_check {
  eligibility_check head;
  certs::bytes summary;
};

/// Those of one coverage, the latest question first; at most 200.
std::vector<listed_check> list_checks(pool&, certs::uuid submission, std::int16_t coverage);

/// The latest of every coverage of these submissions, in no particular order.
std::vector<listed_check> latest_checks(pool&, std::span<certs::uuid const> submissions);

std::optional<eligibility_check> find_check(pool&, certs::uuid id);

/// One sealed part of a check or an inquiry; nothing where there is none.
std::optional<certs::bytes> eligibility_part(pool&, certs::uuid owner, std::string_view name);

}  // namespace intake::db
