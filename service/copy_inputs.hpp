#pragma once
#include "certs/kek.hpp"
#include "db/pool.hpp"
#include "service/copy.hpp"

/// What a staff copy says beside the record, looked up when it is printed.
namespace intake::service {

struct copy_source {
  db::pool& desk;
  certs::kek_provider const& keks;
  form_store const& forms;
  clinic_time const& clock;
  config const& settings;
};

/// Eligibility checks, and what was settled at the desk of what the reader of that copy may know;
/// nothing for the patient's own. Throws db::unavailable.
dated_inputs inputs_for_copy(copy_source const&, db::submission_head const&, opened_record const&,
                             pdf::copy_profile);

}  // namespace intake::service
