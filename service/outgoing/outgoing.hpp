#pragma once
#include "db/outbox.hpp"
#include "service/application.hpp"
#include "service/outgoing/counters.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What leaves by itself for other programs of the clinic. Its work is promised in the outbox, in
/// the transaction of the submission.
namespace intake::service::outgoing {

inline constexpr std::string_view webhook_topic = "webhook";
inline constexpr std::string_view folder_topic = "folder";

/// What a program outside is told of, by the topic of its task.
struct record_event {
  std::string_view topic;
  std::string_view name;
};
inline constexpr record_event record_events[] = {{webhook_topic, "submission.received"},
                                                 {"webhook-voided", "submission.voided"},
                                                 {"webhook-restored", "submission.restored"},
                                                 {"webhook-joined", "submission.joined"},
                                                 {"webhook-parted", "submission.parted"}};

/// What staff did to a record, by its topic; nothing where nobody is told. Throws db::unavailable.
void promise_event(application&, std::string_view topic, certs::uuid submission,
                   std::int32_t version);

/// What each new version promises, as this installation is set up.
std::vector<std::string> topics_of(config const&);

/// After how many tries nobody tries any more, and when the next one is: 15 seconds, doubled each
/// time, at most an hour; more than half a day in all.
inline constexpr int attempts_max = 20;
std::chrono::seconds pause_after(int attempts);

/// Puts a task off, or gives it up where that was the last try or no other would help; the log says
/// so. `because` names no patient.
enum class further_tries { sensible, useless };
void failed(application&, counters&, db::outbox_task const&, std::string const& because,
            further_tries);

}  // namespace intake::service::outgoing
