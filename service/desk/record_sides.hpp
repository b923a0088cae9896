#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/pages/page.hpp"
#include "service/record.hpp"
#include "service/record_acts.hpp"

#include <vector>

/// What stands on a record's page beside its answers.
namespace intake::service::desk {

/// Versions, each with its copy; the one shown is marked.
void add_versions(page_model&, application&, certs::uuid, std::int32_t shown);
/// Attached files, as far as the role may open them.
void add_files(page_model&, call const&, db::submission_head const&, opened_record const&);
/// Void, and by whom and why; or the form that makes it so.
void add_void(page_model&, application&, std::vector<noted_act> const&, certs::uuid);
void add_notes(page_model&, application&, std::vector<noted_act> const&, certs::uuid);
/// Other records of the same patient, said by a person or likely; returns the ids it showed.
std::vector<certs::uuid> add_same_patient(page_model&, application&, std::vector<noted_act> const&,
                                          certs::uuid, summary const&);
/// Records of the same patient that this call may open along with it: none in an emergency, which
/// is about one record, whatever somebody has just joined to it.
std::vector<certs::uuid> opened_along(call const&, std::vector<noted_act> const&, certs::uuid);
/// Who has seen, printed or changed it, newest first.
void add_seen_by(page_model&, application&, certs::uuid);

}  // namespace intake::service::desk
