#pragma once
#include "certs/kek.hpp"
#include "db/pool.hpp"
#include "service/config.hpp"
#include "service/copy.hpp"

namespace intake::service::eligibility {

struct check_source {
  db::pool& rows;
  certs::kek_provider const& keks;
  clinic_time const& clock;
  config const& settings;
};

/// The latest check of each coverage of a record, as staff's copies print it; nothing for the
/// patient's own copy. Throws db::unavailable.
dated_inputs checks_for_copy(check_source const&, db::submission_head const&, opened_record const&,
                             pdf::copy_profile);

}  // namespace intake::service::eligibility
