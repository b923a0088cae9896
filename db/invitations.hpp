#pragma once
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

/// Links for one person to one packet. The link itself is not stored: it is found by its selector,
/// and its verifier is compared with a keyed hash.
namespace intake::db {

enum class invitation_purpose : std::uint8_t { packet, device, correction };

using invitation_selector = std::array<std::uint8_t, 16>;

struct invitation {
  certs::uuid id;
  invitation_purpose purpose = invitation_purpose::packet;
  invitation_selector selector{};
  certs::hash256 verifier_hash{};
  std::optional<certs::uuid> appointment;
  /// Of a correction: what is corrected.
  std::optional<certs::uuid> submission;
  /// What the person has begun by it.
  std::optional<certs::uuid> draft;
  /// For whom it is, sealed.
  certs::wrapped_key key;
  certs::bytes content;
  std::int32_t tries = 0;
  certs::utc_time created{};
  /// The account that made it; nothing for a command.
  std::optional<certs::uuid> actor;
  certs::utc_time expires{};
  std::optional<certs::utc_time> opened;
  std::optional<certs::utc_time> received;
  std::optional<certs::utc_time> revoked;
};

/// All functions here throw `unavailable`. Role intake_desk:
void add_invitation(pool&, invitation const&);
/// No link of that purpose to this appointment works any more.
void revoke_invitations(pool&, certs::uuid appointment, invitation_purpose, certs::utc_time now);
/// The newest first, of every purpose but `device`; 1 to 500.
std::vector<invitation> list_invitations(pool&, int rows_max);
std::optional<invitation> find_invitation_by_id(pool&, certs::uuid id);
void revoke_invitation(pool&, certs::uuid id, certs::utc_time now);
std::vector<invitation> list_corrections(pool&, certs::uuid submission);

/// Role intake_portal. Whether it is good still is the caller's to say.
std::optional<invitation> find_invitation(pool&, invitation_selector const&);
/// Counts one more try; returns how many there were since the last right one.
int count_invitation_try(pool&, certs::uuid id);
/// The right birth date was given, and this draft goes on from it. Forgets the tries.
void open_invitation(pool&, certs::uuid id, certs::uuid draft, certs::utc_time now);
void mark_invitation_received(pool&, certs::uuid id, certs::utc_time now);

}  // namespace intake::db
