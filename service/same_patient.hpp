#pragma once
#include "service/application.hpp"
#include "service/search.hpp"

#include <string>
#include <vector>

namespace intake::service {

/// Another record that may be the same patient's, and why.
struct likely_record {
  found_submission one;
  /// "same last name and date of birth", "same telephone".
  std::vector<std::string> reasons;
  /// "another first name: Eva".
  std::vector<std::string> doubts;
};

/// At most 10 other records of the same surname and birth date, the same telephone, or the same
/// first name and birth date. A person decides; nothing follows from it. Throws db::unavailable.
std::vector<likely_record> likely_records(application&, certs::uuid submission, summary const&);

}  // namespace intake::service
