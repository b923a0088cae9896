#pragma once
#include "db/eligibility_requests.hpp"
#include "service/application.hpp"
#include "service/eligibility/exchange.hpp"
#include "service/eligibility/work_list.hpp"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

/// Questions over the line: from somebody's wish to an answer that is kept, or to words that say
/// why there is none. Never inside a request.
namespace intake::service::eligibility {

/// Of the outbox row that a submission leaves where a line is configured.
inline constexpr std::string_view received_topic = "submission-received";

/// Sends one 270 and waits for what comes back.
using clearinghouse_line =
    std::function<exchange_outcome(std::string const& x12, std::stop_token const&)>;

/// How long until a person is told that it takes long.
inline constexpr std::chrono::seconds still_waiting_after{20};
/// The most times one wish is sent: once, once more, and five times in the quarter of an hour
/// after.
inline constexpr int sendings_max = 7;

struct wish {
  certs::uuid submission;
  std::int16_t coverage = 1;
  db::request_reason why = db::request_reason::demand;
  /// YYYY-MM-DD; empty: the visit's day.
  std::string service_date{};
  std::optional<certs::uuid> actor{};
  bool off_peak = false;
};
/// False where that coverage waits as urgently already, or is being asked about.
bool queue(db::pool&, wish const&, certs::utc_time now);

/// A wish for every coverage of the submissions that came since; how many submissions were seen to.
/// Role intake_billing.
std::size_t queue_submissions(application&, certs::utc_time now);

/// Takes the most urgent wish that is due, asks, and keeps what came. False: nothing is due.
/// Throws db::unavailable; what it had taken is taken again after two minutes.
bool ask_next(application&, clearinghouse_line const&, std::stop_token const& stop);

/// Where a wish stands, in words; empty where there is nothing to say beyond its answer.
struct asking_words {
  std::string text{};
  /// It is not at its end: looking again is worth while.
  bool goes_on = false;
};
asking_words words_of(application const&, db::eligibility_request const&, certs::utc_time now);

}  // namespace intake::service::eligibility
