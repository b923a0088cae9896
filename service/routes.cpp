#include "service/routes.hpp"

#include "service/accounts/accounts.hpp"
#include "service/billing/billing.hpp"
#include "service/clinic/clinic.hpp"
#include "service/desk/desk.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/formats.hpp"
#include "service/health.hpp"
#include "service/limits.hpp"
#include "service/patients/insurance.hpp"
#include "service/patients/patients.hpp"
#include "service/reports/reports.hpp"

#include <algorithm>

namespace intake::service {
namespace {

using enum http_method;
using enum db::account_role;

constexpr std::size_t nothing = 0;
constexpr std::size_t page_bytes = 256 * 1024;
constexpr std::size_t tables_bytes = 4 * 1024 * 1024;
constexpr std::size_t answer_files_bytes_max = std::size_t{17} << 20;
constexpr std::size_t button_bytes = 4096;
/// A sign-in that carries what was typed before a session ended, sealed, in base64 and encoded.
constexpr std::size_t with_kept_bytes = 256 * 1024;
/// A picture that is too large is to be told so, not cut off.
constexpr std::size_t logo_form_bytes = 1024 * 1024;
constexpr std::size_t chosen_bytes = 16 * 1024;
constexpr std::size_t day_list_bytes = 1024 * 1024;
constexpr std::size_t scan_bytes = attachment_bytes_max + button_bytes;

constexpr role_set everybody{};
constexpr role_set staff{front_desk, clinician, billing, manager, administrator};
constexpr role_set rule_keepers{billing, manager};
constexpr role_set day_keepers{front_desk, clinician, manager};
constexpr role_set correction_askers{front_desk, clinician, billing, manager};
constexpr role_set account_keepers{manager, administrator};
constexpr role_set overseers{manager, administrator};
constexpr role_set numbers_readers{manager};
constexpr role_set clinic_keepers{manager};
constexpr role_set record_exporters{clinician, manager};
constexpr role_set record_readers{front_desk, clinician, billing, manager};

/// A resource for clients that take JSON.
template <handler Handle>
response in_json(application& app, call const& c) {
  auto refusal = fhir::not_acceptable(c.asked);
  return refusal ? *std::move(refusal) : Handle(app, c);
}

// What may be asked, by whom, and why a record is touched.
constexpr route table[] = {
    {get, "/healthz", healthz, everybody},
    {get, "/readyz", readyz, everybody},

    {get, "/", patients::home, everybody},
    {get, "/assets/{name}", patients::asset_file, everybody},
    {get, "/paper/{kind}", patients::blank_packet, everybody},
    {post, "/visit", patients::visit_start, everybody, csrf_check::own_page, 4096,
     "patient-begins"},
    {get, "/visit", patients::task_list, everybody},
    {get, "/visit/check", patients::visit_check, everybody},
    {post, "/visit/send", patients::visit_send, everybody, csrf_check::own_page, 4096,
     "patient-submits"},
    {get, "/visit/received", patients::visit_received, everybody},
    {get, "/visit/copy.pdf", patients::visit_copy, everybody, csrf_check::none, nothing,
     "copy-for-patient"},
    {post, "/visit/another", patients::visit_another, everybody, csrf_check::own_page, 4096,
     "patient-begins"},
    {post, "/visit/leave", patients::visit_leave, everybody, csrf_check::own_page, 4096},
    {get, "/visit/{form}/{page}", patients::visit_page, everybody},
    {post, "/visit/{form}/{page}", patients::visit_page_save, everybody, csrf_check::own_page,
     page_bytes, "patient-saves", page_with_files_bytes_max},
    {get, "/resume", patients::resume_page, everybody},
    {post, "/resume", patients::resume, everybody, csrf_check::own_page, 4096, "patient-resumes"},

    {get, "/visit/help", patients::visit_help_page, everybody},
    {post, "/visit/help", patients::visit_help, everybody, csrf_check::own_page, 4096,
     "patient-asks-for-help"},
    {get, "/visit/correction", patients::correction_page, everybody, csrf_check::none, nothing,
     "patient-corrects"},
    {post, "/visit/correction", patients::correction, everybody, csrf_check::own_page, page_bytes,
     "patient-corrects", page_with_files_bytes_max},
    {get, "/invited/{code}", patients::invited_page, everybody},
    {post, "/invited/{code}", patients::invited, everybody, csrf_check::own_page, 4096,
     "patient-begins"},
    {get, "/device", patients::device_page, everybody},
    {post, "/device", patients::device_start, everybody, csrf_check::own_page, 4096,
     "patient-begins"},
    {get, "/device/still-there", patients::still_there, everybody},
    {get, "/device/end", patients::device_end, everybody},
    {get, "/arrived", patients::arrived_page, everybody},
    {post, "/arrived", patients::arrived, everybody, csrf_check::own_page, 4096,
     "patient-asks-whether-it-arrived"},

    {get, "/forms", patients::form_list, everybody},
    {get, "/forms/{id}", patients::form_page, everybody},
    {post, "/forms/{id}", patients::form_send, everybody, csrf_check::own_page, page_bytes,
     "patient-submits", page_with_files_bytes_max},

    {get, "/insurance", patients::insurance_page, everybody},
    {post, "/insurance", patients::insurance_check, everybody, csrf_check::own_page, 8192},

    {get, "/fhir/metadata", in_json<fhir::metadata>, everybody},
    {get, "/fhir/Questionnaire", in_json<fhir::questionnaire_search>, everybody},
    {get, "/fhir/Questionnaire/{id}", in_json<fhir::questionnaire_read>, everybody},
    {get, "/fhir/InsurancePlan", in_json<fhir::insurance_plan_search>, everybody},
    {get, "/fhir/InsurancePlan/{id}", in_json<fhir::insurance_plan_read>, everybody},
    {get, "/fhir/Coverage", in_json<fhir::coverage_search>, everybody, csrf_check::none, 0,
     "coverage"},
    {get, "/fhir/Coverage/{id}", in_json<fhir::coverage_read>, everybody, csrf_check::none, 0,
     "coverage"},
    {get, "/fhir/CoverageEligibilityResponse", in_json<fhir::eligibility_search>, everybody,
     csrf_check::none, 0, "coverage"},
    {get, "/fhir/CoverageEligibilityResponse/{id}", in_json<fhir::eligibility_read>, everybody,
     csrf_check::none, 0, "coverage"},
    {post, "/fhir/Coverage/_search", in_json<fhir::coverage_search>, everybody, csrf_check::none,
     button_bytes, "coverage"},
    {post, "/fhir/CoverageEligibilityResponse/_search", in_json<fhir::eligibility_search>,
     everybody, csrf_check::none, button_bytes, "coverage"},
    {get, "/fhir/QuestionnaireResponse", in_json<fhir::response_search>, everybody,
     csrf_check::none, 0, "api"},
    {post, "/fhir/QuestionnaireResponse/_search", in_json<fhir::response_search>, everybody,
     csrf_check::none, button_bytes, "api"},
    {get, "/fhir/QuestionnaireResponse/{id}", in_json<fhir::response_read>, everybody,
     csrf_check::none, 0, "api"},
    {get, "/fhir/QuestionnaireResponse/{id}/_history/{version}", in_json<fhir::response_read>,
     everybody, csrf_check::none, 0, "api"},
    {get, "/fhir/QuestionnaireResponse/{id}/$extract", in_json<fhir::response_extract>, everybody,
     csrf_check::none, 0, "api"},
    {post, "/fhir/QuestionnaireResponse/{id}/$extract", in_json<fhir::response_extract>, everybody,
     csrf_check::none, button_bytes, "api"},
    {get, "/fhir/Patient", in_json<fhir::patient_search>, everybody, csrf_check::none, 0, "api"},
    {post, "/fhir/Patient/_search", in_json<fhir::patient_search>, everybody, csrf_check::none,
     button_bytes, "api"},
    {get, "/fhir/Patient/{id}", in_json<fhir::patient_read>, everybody, csrf_check::none, 0, "api"},
    {get, "/fhir/Consent", in_json<fhir::consent_search>, everybody, csrf_check::none, 0, "api"},
    {post, "/fhir/Consent/_search", in_json<fhir::consent_search>, everybody, csrf_check::none,
     button_bytes, "api"},
    {get, "/fhir/Consent/{id}", in_json<fhir::consent_read>, everybody, csrf_check::none, 0, "api"},
    {get, "/fhir/DocumentReference", in_json<fhir::document_search>, everybody, csrf_check::none, 0,
     "api"},
    {post, "/fhir/DocumentReference/_search", in_json<fhir::document_search>, everybody,
     csrf_check::none, button_bytes, "api"},
    {get, "/fhir/DocumentReference/{id}", in_json<fhir::document_read>, everybody, csrf_check::none,
     0, "api"},
    {get, "/fhir/Binary/{id}", fhir::binary_read, everybody, csrf_check::none, 0,
     "copy-for-a-program"},
    {post, "/fhir/CoverageEligibilityRequest/$submit", in_json<fhir::eligibility_submit>, everybody,
     csrf_check::none, chosen_bytes, "coverage"},
    {post, "/fhir/QuestionnaireResponse", in_json<fhir::response_create>, everybody,
     csrf_check::none, packet_with_files_bytes_max, "client-submits", 0, session_touch::counts,
     fhir::response_create_is_quick},

    {get, "/desk/sign-in", accounts::sign_in_page, everybody},
    {post, "/desk/sign-in", accounts::sign_in, everybody, csrf_check::own_page, with_kept_bytes,
     "sign-in"},
    {post, "/desk/sign-in/second", accounts::sign_in_second, everybody, csrf_check::own_page,
     with_kept_bytes, "sign-in"},
    {post, "/desk/sign-out", accounts::sign_out, staff, csrf_check::session_token, button_bytes,
     "sign-out"},
    {get, "/desk/set-up", accounts::set_up_page, everybody},
    {post, "/desk/set-up", accounts::set_up, everybody, csrf_check::own_page, button_bytes,
     "own-account"},
    {get, "/desk/account", accounts::account_page, staff},
    {post, "/desk/account/password", accounts::password_change, staff, csrf_check::session_token,
     button_bytes, "own-account"},
    {post, "/desk/account/app", accounts::app_begin, staff, csrf_check::session_token, button_bytes,
     "own-account"},
    {post, "/desk/account/app/confirm", accounts::app_confirm, staff, csrf_check::session_token,
     button_bytes, "own-account"},
    {post, "/desk/account/app/remove", accounts::app_remove, staff, csrf_check::session_token,
     button_bytes, "own-account"},
    {post, "/desk/account/passkey", accounts::passkey_add, staff, csrf_check::session_token,
     chosen_bytes, "own-account"},
    {post, "/desk/account/passkey/remove", accounts::passkey_remove, staff,
     csrf_check::session_token, button_bytes, "own-account"},
    {post, "/desk/account/recovery", accounts::recovery_renew, staff, csrf_check::session_token,
     button_bytes, "own-account"},
    {post, "/desk/account/sign-out-everywhere", accounts::sign_out_everywhere, staff,
     csrf_check::session_token, button_bytes, "own-account"},

    {get, "/desk/accounts", accounts::staff_list, account_keepers, csrf_check::none, nothing,
     "accounts"},
    {post, "/desk/accounts", accounts::staff_add, account_keepers, csrf_check::session_token,
     button_bytes, "accounts"},
    {get, "/desk/accounts/{id}", accounts::staff_page, account_keepers, csrf_check::none, nothing,
     "accounts"},
    {post, "/desk/accounts/{id}", accounts::staff_change, account_keepers,
     csrf_check::session_token, button_bytes, "accounts"},
    {get, "/desk/submissions/{id}/emergency", accounts::break_glass_page, day_keepers,
     csrf_check::none, nothing, "emergency"},
    {post, "/desk/submissions/{id}/emergency", accounts::break_glass, day_keepers,
     csrf_check::session_token, button_bytes, "emergency"},
    {get, "/desk/emergencies", accounts::broken_glass_list, overseers, csrf_check::none, nothing,
     "oversight"},
    {post, "/desk/emergencies/{id}/seen", accounts::broken_glass_seen, overseers,
     csrf_check::session_token, button_bytes, "oversight"},

    {get, "/desk/reports", reports::reports_page, overseers, csrf_check::none, nothing,
     "oversight"},
    {get, "/desk/reports.csv", reports::reports_export, overseers, csrf_check::none, nothing,
     "oversight"},

    {get, "/desk/numbers", reports::numbers_page, numbers_readers, csrf_check::none, nothing,
     "oversight"},
    {get, "/desk/clinic", clinic::clinic_page, overseers, csrf_check::none, nothing, "oversight"},
    {get, "/desk/clinic/settings/{key}", clinic::setting_page, clinic_keepers, csrf_check::none,
     nothing, "clinic"},
    {post, "/desk/clinic/settings/{key}", clinic::setting_change, clinic_keepers,
     csrf_check::session_token, button_bytes, "clinic", logo_form_bytes},
    {get, "/desk/clinic/places", clinic::place_new, clinic_keepers, csrf_check::none, nothing,
     "clinic"},
    {post, "/desk/clinic/places", clinic::place_add, clinic_keepers, csrf_check::session_token,
     button_bytes, "clinic"},
    {get, "/desk/clinic/places/{id}", clinic::place_page, clinic_keepers, csrf_check::none, nothing,
     "clinic"},
    {post, "/desk/clinic/places/{id}", clinic::place_change, clinic_keepers,
     csrf_check::session_token, button_bytes, "clinic"},
    {get, "/desk/clinic/editions/{id}", clinic::edition_page, clinic_keepers, csrf_check::none,
     nothing, "clinic"},
    {post, "/desk/clinic/editions/{id}", clinic::edition_change_days, clinic_keepers,
     csrf_check::session_token, button_bytes, "clinic"},
    {get, "/desk/consents-due", reports::consents_due_page, numbers_readers, csrf_check::none,
     nothing, "oversight"},
    {post, "/desk/submissions/{id}/export", desk::record_export, record_exporters,
     csrf_check::session_token, button_bytes, "record-export"},

    {get, "/desk/today", desk::today, record_readers, csrf_check::none, nothing, "day-list"},
    {post, "/desk/today/walk-in", desk::walk_in, day_keepers, csrf_check::session_token,
     button_bytes, "day-list"},
    {get, "/desk/day-list", desk::day_list_page, day_keepers},
    {post, "/desk/day-list", desk::day_list_upload, day_keepers, csrf_check::session_token,
     2 * day_list_bytes, "day-list", day_list_bytes},
    {post, "/desk/keys", desk::keys_set, record_readers, csrf_check::session_token, button_bytes},
    {get, "/desk/appointments/{id}", desk::appointment_page, record_readers, csrf_check::none,
     nothing, "day-list"},
    {post, "/desk/appointments/{id}/state", desk::appointment_state, day_keepers,
     csrf_check::session_token, button_bytes, "day-list"},
    {post, "/desk/appointments/{id}/match", desk::appointment_match, day_keepers,
     csrf_check::session_token, button_bytes, "day-list"},
    {post, "/desk/appointments/{id}/invite", desk::invite_appointment, day_keepers,
     csrf_check::session_token, button_bytes, "invitation"},
    {post, "/desk/appointments/{id}/send", desk::send_appointment_link, day_keepers,
     csrf_check::session_token, button_bytes, "invitation"},
    {post, "/desk/invitations/{id}/resend", desk::resend_invitation, day_keepers,
     csrf_check::session_token, button_bytes, "invitation"},
    {post, "/desk/appointments/{id}/device", desk::device_code, day_keepers,
     csrf_check::session_token, button_bytes, "invitation"},
    {post, "/desk/appointments/{id}/fill-in", desk::fill_in, day_keepers, csrf_check::session_token,
     button_bytes, "staff-entry"},
    {get, "/desk/invitations", desk::invitations_page, day_keepers, csrf_check::none, nothing,
     "invitation"},
    {post, "/desk/invitations", desk::invite, day_keepers, csrf_check::session_token, button_bytes,
     "invitation"},
    {get, "/desk/help", desk::help_list, day_keepers, csrf_check::none, nothing, "staff-entry"},
    {post, "/desk/help/{id}/settled", desk::help_settled, day_keepers, csrf_check::session_token,
     button_bytes, "staff-entry"},
    {post, "/desk/help/{id}", desk::help_take, day_keepers, csrf_check::session_token, button_bytes,
     "staff-entry"},
    {get, "/desk/submissions/{id}", desk::submission_page, day_keepers, csrf_check::none, nothing,
     "open-for-visit"},
    {post, "/desk/submissions/{id}/ask-again", desk::ask_again, correction_askers,
     csrf_check::session_token, button_bytes, "correction"},
    {get, "/desk/submissions/{id}/missing/{number}", desk::missing_page, day_keepers,
     csrf_check::none, nothing, "missing-item"},
    {post, "/desk/submissions/{id}/missing/{number}", desk::missing_settle, day_keepers,
     csrf_check::session_token, button_bytes, "missing-item", scan_bytes},
    {get, "/desk/submissions/{id}/missing/{number}.pdf", desk::missing_paper, day_keepers,
     csrf_check::none, nothing, "missing-item"},
    {post, "/desk/submissions/{id}/missing/{number}/link", desk::missing_link, day_keepers,
     csrf_check::session_token, button_bytes, "invitation"},
    {post, "/desk/submissions/{id}/missing/{number}/tablet", desk::missing_tablet, day_keepers,
     csrf_check::session_token, button_bytes, "invitation"},
    {post, "/desk/submissions/{id}/missing/{number}/fill-in", desk::missing_fill_in, day_keepers,
     csrf_check::session_token, button_bytes, "staff-entry"},
    {get, "/desk/settlements/{id}/scan", desk::settlement_scan, day_keepers, csrf_check::none,
     nothing, "copy-for-visit"},
    {post, "/desk/submissions/{id}/acts", desk::act_on_record, day_keepers,
     csrf_check::session_token, button_bytes, "record-note"},
    {post, "/desk/submissions/{id}/fill-in", desk::record_fill_in, day_keepers,
     csrf_check::session_token, button_bytes, "staff-entry"},
    {post, "/desk/submissions/{id}/seen", desk::alert_seen, day_keepers, csrf_check::session_token,
     button_bytes, "day-list"},
    {get, "/desk/work", desk::work_page, record_readers, csrf_check::none, nothing, "work-list"},
    {get, "/desk/work/news", desk::work_news, record_readers, csrf_check::none, nothing,
     "work-list", 0, session_touch::none},
    {post, "/desk/work/{id}", desk::work_act, record_readers, csrf_check::session_token,
     button_bytes, "work-list"},
    {get, "/desk/search", desk::search_page, record_readers},
    {post, "/desk/search", desk::search_run, record_readers, csrf_check::session_token,
     button_bytes, "search"},
    {get, "/desk", desk::submissions_list, record_readers, csrf_check::none, nothing, "work-list"},
    {get, "/desk/submissions/{id}.pdf", desk::pdf_download, record_readers, csrf_check::none,
     nothing, "copy-for-visit"},
    {post, "/desk/copies", desk::copies_start, record_readers, csrf_check::session_token,
     chosen_bytes, "copies-for-visits"},
    {get, "/desk/copies/{job}", desk::copies_progress, record_readers},
    {get, "/desk/copies/{job}.pdf", desk::copies_download, record_readers, csrf_check::none,
     nothing, "copies-for-visits"},
    {get, "/desk/copies/{job}.zip", desk::copies_download, record_readers, csrf_check::none,
     nothing, "copies-for-visits"},
    {get, "/desk/submissions/{id}/attachments", desk::attachments_list, record_readers,
     csrf_check::none, nothing, "copy-for-visit"},
    {get, "/desk/submissions/{id}/attachments/{number}", desk::attachment_download, record_readers,
     csrf_check::none, nothing, "copy-for-visit"},

    {get, "/desk/decisions", billing::decisions_list, rule_keepers, csrf_check::none, nothing,
     "work-list"},
    {get, "/desk/decisions/calls", billing::decision_calls_page, rule_keepers, csrf_check::none,
     nothing, "call-list"},
    {get, "/desk/decisions.csv", billing::decisions_export, rule_keepers, csrf_check::none, nothing,
     "export"},
    {get, "/desk/eligibility", billing::eligibility_list, rule_keepers, csrf_check::none, nothing,
     "eligibility"},
    {get, "/desk/eligibility.csv", billing::eligibility_export, rule_keepers, csrf_check::none,
     nothing, "export"},
    {get, "/desk/eligibility/files", billing::eligibility_files, rule_keepers},
    {post, "/desk/eligibility/files", billing::eligibility_files_upload, rule_keepers,
     csrf_check::session_token, button_bytes, "eligibility", answer_files_bytes_max},
    {post, "/desk/eligibility/batch", billing::eligibility_batch, rule_keepers,
     csrf_check::session_token, button_bytes, "eligibility"},
    {get, "/desk/eligibility/received/{id}", billing::eligibility_received_file, rule_keepers,
     csrf_check::none, nothing, "eligibility"},
    {post, "/desk/eligibility/enrolments/{number}", billing::enrolment_settled, rule_keepers,
     csrf_check::session_token, button_bytes, "eligibility"},
    {get, "/desk/eligibility/batches/{id}", billing::eligibility_batch_file, rule_keepers,
     csrf_check::none, nothing, "eligibility"},
    {get, "/desk/coverages/{id}/{number}", billing::coverage_page, rule_keepers, csrf_check::none,
     nothing, "eligibility"},
    {post, "/desk/coverages/{id}/{number}/ask", billing::ask_now, rule_keepers,
     csrf_check::session_token, button_bytes, "eligibility"},
    {get, "/desk/coverages/{id}/{number}/by-hand", billing::check_by_hand_page, rule_keepers,
     csrf_check::none, nothing, "eligibility"},
    {post, "/desk/coverages/{id}/{number}/by-hand", billing::check_by_hand, rule_keepers,
     csrf_check::session_token, page_bytes, "eligibility", page_with_files_bytes_max},
    {get, "/desk/checks/{check}/answer", billing::check_answer, rule_keepers, csrf_check::none,
     nothing, "eligibility"},
    {get, "/desk/checks/{check}/attachment", billing::check_attachment, rule_keepers,
     csrf_check::none, nothing, "eligibility"},
    {get, "/desk/rules", billing::rules_list, rule_keepers},
    {post, "/desk/rules", billing::rules_upload, rule_keepers, csrf_check::session_token,
     tables_bytes, "rules"},
    {get, "/desk/rules/{hash}", billing::rule_set_page, rule_keepers},
    {get, "/desk/rules/{hash}/calls", billing::rule_set_calls, rule_keepers, csrf_check::none,
     nothing, "call-list"},
    {post, "/desk/rules/{hash}/approve", billing::rule_set_approve, rule_keepers,
     csrf_check::session_token, button_bytes, "rules"},
    {post, "/desk/rules/{hash}/activate", billing::rule_set_activate, rule_keepers,
     csrf_check::session_token, button_bytes, "rules"},
    {post, "/desk/rules/{hash}/leave", billing::rule_set_leave, rule_keepers,
     csrf_check::session_token, button_bytes, "rules"},
};

static_assert(std::ranges::all_of(table,
                                  [](route const& r) { return well_formed_pattern(r.pattern); }));
// A page that changes something is never open to another site's form.
static_assert(std::ranges::none_of(table, [](route const& r) {
  return r.method == post && r.csrf == csrf_check::none && !r.pattern.starts_with("/fhir/");
}));

}  // namespace

std::span<route const> routes() {
  return table;
}

}  // namespace intake::service
