#pragma once
#include "db/invitations.hpp"
#include "service/appointment_book.hpp"
#include "service/config.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Links for one person to one packet, and what is sealed with them.
namespace intake::service {

/// For whom, and of a correction for what.
struct invitation_content {
  expected_person who{};
  /// url|version and linkId of the one question; empty: a whole packet.
  std::string form{};
  std::string link_id{};
};

struct invitation_order {
  db::invitation_purpose purpose = db::invitation_purpose::packet;
  invitation_content what{};
  std::optional<certs::uuid> appointment{};
  std::optional<certs::uuid> submission{};
  std::optional<certs::uuid> actor{};
  certs::utc_time now{};
  std::chrono::minutes lifetime{};
};

/// The row, and the secret that is in it only as a hash: 43 characters of an address, or ten to be
/// typed where the purpose is `device`.
struct new_invitation {
  db::invitation row;
  std::string secret;
};
new_invitation make_invitation(book_keys const&, invitation_order const&);

/// "https://clinic.example/invited/…".
std::string invitation_url(config const&, std::string_view secret);

/// What an address or a typed code leads to, whether or not it is good; nothing where it was never
/// given. Throws db::unavailable.
std::optional<db::invitation> find_invitation(db::pool& portal, certs::keyring const&,
                                              std::string_view secret);
std::optional<db::invitation> find_device_code(db::pool& portal, certs::keyring const&,
                                               std::string_view typed);

/// Neither over nor taken back.
bool is_good(db::invitation const&, certs::utc_time now);

/// Nothing where it does not open.
std::optional<invitation_content> open_invitation_content(certs::kek_provider const&,
                                                          db::invitation const&);

}  // namespace intake::service
