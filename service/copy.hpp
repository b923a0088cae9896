#pragma once
#include "db/submissions.hpp"
#include "pdf/form_copy.hpp"
#include "service/application.hpp"
#include "service/record.hpp"
#include "service/texts/texts.hpp"
#include "service/worker/renderer.hpp"

#include <vector>

namespace intake::service {

/// What a copy needs beside the record: who the clinic is and what draws its text.
struct copy_context {
  config const& settings;
  form_store const& forms;
  clinic_time const& clock;
  certs::keyring const& keys;
  texts const& words;
  renderer& drawer;
};

/// What is looked up beside the record, each with the time that it is true of: the same record and
/// inputs give the same bytes.
struct dated_inputs {
  std::vector<pdf::copy_eligibility> eligibility{};  ///< the last check of each plan, if any
  std::vector<pdf::copy_settlement> settled{};       ///< what staff settled that was missing
};

/// What the copy of a record says: the patient's in the language of the submission, staff's in
/// English with the patient's words beside.
pdf::document copy_of(copy_context const&, db::submission_head const&, opened_record const&,
                      pdf::copy_profile, dated_inputs = {},
                      pdf::copy_extent = pdf::copy_extent::whole);

/// The PDF copy of a record. Everything else in it comes from the stored version, its times too, so
/// it does not matter when it is asked for. Throws render_failed.
pdf::rendered render_copy(copy_context const&, db::submission_head const&, opened_record const&,
                          pdf::copy_profile, dated_inputs = {},
                          pdf::copy_extent = pdf::copy_extent::whole);

/// "7KD2M-9QX3C" of a stored receipt, as people read it.
std::string spoken_receipt(std::string const& stored);

/// "intake-7KD2M-9QX3C-desk.pdf", "intake-7KD2M-9QX3C-desk-summary.pdf": a name that tells a file
/// system nothing about a patient.
std::string copy_file_name(db::submission_head const&, pdf::copy_profile,
                           pdf::copy_extent = pdf::copy_extent::whole);

}  // namespace intake::service
