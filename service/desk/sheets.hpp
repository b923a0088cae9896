#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"
#include "service/invitations.hpp"

#include <string>
#include <string_view>

/// Links and codes for patients, as staff hand them out.
namespace intake::service::desk {

/// A link to the packet for that person, by whoever is signed in; the caller says for what.
invitation_order order_of(application const&, call const&, expected_person);

/// Stored, and in the trail, before anybody sees its secret. Throws db::unavailable.
new_invitation make_link(application&, call const&, invitation_order const&);

/// The person's language where pages are in it; else English.
language language_of(expected_person const&);

struct sheet {
  std::string back;
  language spoken = language::en;
  /// The key of what the patient reads first.
  std::string_view title;
};

/// The link, large enough for a camera, with what to do in the patient's language. It is shown this
/// once: only a hash of it is kept.
response show_sheet(application const&, call const&, new_invitation const&, sheet const&);

/// A code that begins it on a tablet of the clinic, made now.
response show_device_code(application&, call const&, invitation_order, std::string const& back);

}  // namespace intake::service::desk
