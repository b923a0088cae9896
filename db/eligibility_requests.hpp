#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Questions that are to leave over the line to a clearinghouse, and what became of each. Several
/// workers and instances may take from them. All functions here need the role intake_desk or
/// intake_billing and throw `unavailable`.
namespace intake::db {

/// Who wants it, the most urgent first.
enum class request_reason : std::uint8_t { demand, client, submission, again, ahead };
enum class request_state : std::uint8_t { queued, asking, answered, failed, dropped };

struct eligibility_request {
  std::int64_t number = 0;
  certs::uuid submission;
  std::int16_t coverage = 1;
  request_reason reason = request_reason::ahead;
  /// YYYY-MM-DD; empty: the visit's day.
  std::string service_date{};
  std::optional<certs::uuid> actor{};
  certs::utc_time created{};
  certs::utc_time not_before{};
  bool off_peak = false;
  request_state state = request_state::queued;
  /// How often it was taken, this time included.
  std::int32_t attempts = 0;
  /// When it was taken last; only while it is, or was, asked.
  std::optional<certs::utc_time> taken{};
  std::optional<certs::uuid> inquiry{};
  /// Why the last attempt failed; empty: it did not.
  std::string fault{};
  std::string detail{};
};

/// Adds a wish, or makes one that is queued already as urgent as this one. False: that coverage is
/// being asked about, or waits as urgently.
bool add_request(pool&, eligibility_request const&);

struct taking_rules {
  certs::utc_time now{};
  /// Whether those for quiet hours may be taken.
  bool is_off_peak = false;
  /// No coverage is asked about twice within this time of an unanswered question.
  std::chrono::seconds silence{90};
  /// After this time whoever took one is taken for dead.
  std::chrono::seconds hold{120};
  /// Of all instances together; counted, not locked: two that count at once may be one over.
  std::int64_t in_a_minute_max = 30;
};
/// Takes the most urgent that is due; nothing where none is.
std::optional<eligibility_request> take_request(pool&, taking_rules const&);

/// These change a request only while it is the caller's: taken, and with that many attempts.
void note_inquiry(pool&, eligibility_request const&, certs::uuid inquiry);
void end_request(pool&, eligibility_request const&, request_state, std::string const& fault,
                 std::string const& detail);
void put_back(pool&, eligibility_request const&, certs::utc_time not_before,
              std::string const& fault, std::string const& detail);

/// Whether any answer to it is stored.
bool is_answered(pool&, certs::uuid inquiry);

/// The newest of every coverage of these submissions, in no particular order.
std::vector<eligibility_request> latest_requests(pool&, std::span<certs::uuid const> submissions);

/// How many wait, and how many are under way, in all.
struct request_counts {
  std::int64_t queued = 0;
  std::int64_t asking = 0;
};
request_counts count_requests(pool&);

}  // namespace intake::db
