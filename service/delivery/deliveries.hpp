#pragma once
#include "db/deliveries.hpp"
#include "service/application.hpp"
#include "service/appointment_book.hpp"
#include "service/invitations.hpp"

#include <optional>
#include <string>
#include <vector>

/// Links on their way to patients: promised by a request, sent by a worker, never the other way.
namespace intake::service::delivery {

/// The ways that the clinic has set up and that lead to this person.
std::vector<db::delivery_way> ways_to(config const&, expected_person const&);

/// "by e-mail to nora@example.com", "as a text message to 305-555-0101".
std::string way_words(db::delivery_way, expected_person const&);

/// Seals the message with the link and stores it to be sent. `url` is the link. Throws
/// db::unavailable.
void promise(application&, db::invitation const&, db::delivery_way, expected_person const&,
             std::string const& url);

/// What became of a round: messages that were taken over, postponed, given up.
struct round {
  int handed_over = 0;
  int postponed = 0;
  int given_up = 0;
};

/// Sends what is due. Each handing over is in the audit trail. Throws db::unavailable.
round deliver_due(application&);

/// "being sent", "handed to the mail", "not delivered: …"; empty where it was never sent.
std::string standing_words(std::optional<db::delivery_standing> const&);

}  // namespace intake::service::delivery
