#pragma once
#include "service/application.hpp"
#include "service/clinic/effective.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::service::clinic {

/// Other days for the editions of texts: what they would mean before they are set.
struct edition_change {
  form_store const& before;
  form_store const& after;
  std::string_view edition;
  /// YYYY-MM-DD, the clinic's.
  std::string today;
};

/// From today on: the days on which something about the texts beside this edition changes.
std::vector<std::string> turning_days(edition_change const&);

/// A sentence about a day on which a required text, that could be signed then, could not be signed
/// in any edition; empty: there is none.
std::string why_gap(edition_change const&);

/// How many texts in the newest records would be to be signed again on a day, and how many are
/// anyway.
struct to_sign_again {
  std::string day;
  std::size_t after = 0;
  std::size_t before = 0;
};

/// Opens records: `read` names them, for the trail.
struct counted_change {
  std::vector<to_sign_again> days;
  std::vector<certs::uuid> read;
  std::size_t unread = 0;
};
counted_change count_to_sign_again(application&, edition_change const&);

}  // namespace intake::service::clinic
