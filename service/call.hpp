#pragma once
#include "db/sessions.hpp"
#include "service/http/request.hpp"
#include "service/http/router.hpp"
#include "service/texts/texts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// A request on its way to a handler: what was asked, and what the guards found out about it.
struct call {
  request const& asked;
  path_parameters const& path;
  /// The route's audit purpose.
  std::string_view purpose;
  language spoken = language::en;
  /// Set on every route that names roles.
  std::optional<db::resumed_session> staff;
  /// The record is open beyond the person's role (accounts/break_glass.cpp): `staff` has the role
  /// of a clinician for this call, and `purpose` the reason.
  bool emergency = false;
};

}  // namespace intake::service
