#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// The desk's actions, one file each.
namespace intake::service::desk {

/// GET /desk/today: who comes on a day (`?date=`, `?place=`) and what is missing.
response today(application&, call const&);
/// POST /desk/today/walk-in: name and birth date of somebody who has come without an appointment.
response walk_in(application&, call const&);
/// GET /desk/day-list: where the schedule's list is taken over.
response day_list_page(application&, call const&);
/// POST /desk/day-list: what a list says and what is wrong with it; with `act` import it is booked.
response day_list_upload(application&, call const&);
/// POST /desk/keys: whether single letters act on the desk's lists in this browser.
response keys_set(application&, call const&);
/// GET /desk/appointments/{id}
response appointment_page(application&, call const&);
/// POST /desk/appointments/{id}/state: arrived, left, no-show, or one step back.
response appointment_state(application&, call const&);
/// POST /desk/appointments/{id}/match: whose forms are for it, or are not.
response appointment_match(application&, call const&);
/// POST /desk/appointments/{id}/invite: a link to the packet, as a sheet to print.
response invite_appointment(application&, call const&);
/// POST /desk/appointments/{id}/send: a new link, sent by e-mail or as a text message.
response send_appointment_link(application&, call const&);
/// POST /desk/invitations/{id}/resend: a new link in place of one that did not arrive.
response resend_invitation(application&, call const&);
/// POST /desk/appointments/{id}/device: a code that begins it on a tablet of the clinic.
response device_code(application&, call const&);
/// POST /desk/appointments/{id}/fill-in: staff type what the patient says.
response fill_in(application&, call const&);
/// GET /desk/invitations, and a form for who is on no list.
response invitations_page(application&, call const&);
/// POST /desk/invitations
response invite(application&, call const&);
/// GET /desk/help: patients who handed their draft to staff.
response help_list(application&, call const&);
/// POST /desk/help/{id}/settled: nobody needs to call any more.
response help_settled(application&, call const&);
/// POST /desk/help/{id}: staff go on with it.
response help_take(application&, call const&);
/// GET /desk/submissions/{id}: the answers of a version (`?version=`), and what they replaced.
response submission_page(application&, call const&);
/// POST /desk/submissions/{id}/ask-again: a link to one question, for the patient.
response ask_again(application&, call const&);
/// GET /desk/submissions/{id}/missing/{number}: one missing thing, and every way out of it.
response missing_page(application&, call const&);
/// POST the same: signed on paper, declined, settled another way, open again.
response missing_settle(application&, call const&);
/// GET …/{number}.pdf: exactly that page, to be signed with a pen.
response missing_paper(application&, call const&);
/// POST …/link, …/tablet, …/fill-in: exactly that page on the patient's telephone, the clinic's
/// tablet, or typed by staff.
response missing_link(application&, call const&);
response missing_tablet(application&, call const&);
response missing_fill_in(application&, call const&);
/// GET /desk/settlements/{id}/scan: the signed sheet.
response settlement_scan(application&, call const&);
/// POST /desk/submissions/{id}/acts: a note, void and back, the same patient as another and back.
response act_on_record(application&, call const&);
/// POST /desk/submissions/{id}/export: copy, FHIR and files of one patient's record, as a ZIP.
response record_export(application&, call const&);
/// POST /desk/submissions/{id}/fill-in: staff type one answer for the patient.
response record_fill_in(application&, call const&);
/// POST /desk/submissions/{id}/seen: somebody has seen an alert, or looked the forms through.
response alert_seen(application&, call const&);
/// GET /desk/work: what came for no appointment (`?state=`, `?mine=yes`, `?after=`).
response work_page(application&, call const&);
/// GET /desk/work/news: whether anything has changed since; 304 where nothing has.
response work_news(application&, call const&);
/// POST /desk/work/{id}: taken, done, given back, or undone.
response work_act(application&, call const&);
/// GET /desk/search, and POST: what was typed is in no address.
response search_page(application&, call const&);
response search_run(application&, call const&);
/// GET /desk: newest first; ?after= continues.
response submissions_list(application&, call const&);
/// GET /desk/submissions/{id}.pdf: no byte leaves before its audit row is durable.
response pdf_download(application&, call const&);
/// POST /desk/copies: one file of the chosen submissions, or of none where one may not be had.
response copies_start(application&, call const&);
/// GET /desk/copies/{job}: how far it is.
response copies_progress(application&, call const&);
/// GET /desk/copies/{job}.pdf and .zip: the file, a piece at a time, after its audit row is
/// durable.
response copies_download(application&, call const&);
/// GET /desk/submissions/{id}/attachments: what is attached, as far as the role may open it.
response attachments_list(application&, call const&);
/// GET /desk/submissions/{id}/attachments/{number}: one of them, audited as a copy is.
response attachment_download(application&, call const&);

}  // namespace intake::service::desk
