#pragma once
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Links that are sent to patients: an outbox of their own, because what is sent is a secret. All
/// functions here need the role intake_desk and throw `unavailable`.
namespace intake::db {

enum class delivery_way : std::uint8_t { mail, phone };
/// "mail", "phone".
std::string_view to_string(delivery_way);
std::optional<delivery_way> parse_delivery_way(std::string_view);

enum class delivery_state : std::uint8_t { waiting, handed_over, failed };

struct delivery {
  certs::uuid id;
  certs::uuid invitation;
  delivery_way way = delivery_way::mail;
  certs::utc_time created{};
  std::optional<certs::uuid> actor;
  /// Address and text, sealed.
  certs::wrapped_key key;
  certs::bytes content;
  /// How often it was taken, this time included.
  std::int32_t attempts = 0;
  /// Which taking this is: who was too slow cannot end what another has taken since.
  certs::utc_time taken_until{};
  /// The link is over, was taken back or used: there is nothing to send any more.
  bool is_pointless = false;
};

/// How the newest message with a link stands.
struct delivery_standing {
  certs::uuid invitation;
  delivery_way way = delivery_way::mail;
  delivery_state state = delivery_state::waiting;
  std::int32_t attempts = 0;
  std::optional<certs::utc_time> ended;
  std::string reason;
};

void add_delivery(pool&, delivery const&);

/// Takes up to `rows_max` that are due, oldest first; nobody else gets them until `now + hold`.
std::vector<delivery> take_deliveries(pool&, int rows_max, certs::utc_time now,
                                      std::chrono::seconds hold);

/// Nothing of what was to be sent is kept. False where somebody else has taken it since.
[[nodiscard]] bool end_delivery(pool&, delivery const&, delivery_state, std::string_view reason,
                                certs::utc_time now);
[[nodiscard]] bool try_delivery_later(pool&, delivery const&, std::string_view reason,
                                      certs::utc_time not_before);

/// Of those that were sent at all.
std::vector<delivery_standing> delivery_standings(pool&, std::span<certs::uuid const> invitations);

}  // namespace intake::db
