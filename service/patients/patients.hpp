#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// The patient's pages, one file each.
namespace intake::service::patients {

/// GET /: why do you come? The answer chooses the packet.
response home(application&, call const&);
/// GET /paper/{kind}: the packet's forms to be filled in with a pen, as a PDF.
response blank_packet(application&, call const&);
/// POST /visit: begins a packet and binds it to the browser.
response visit_start(application&, call const&);
/// GET /visit: the forms of the packet, how far each got, and how long the rest takes.
response task_list(application&, call const&);
/// GET /visit/{form}/{page}: one topic.
response visit_page(application&, call const&);
/// POST /visit/{form}/{page}: checks the page, keeps it, goes on.
response visit_page_save(application&, call const&);
/// GET /visit/check: all answers, with ways back to change them.
response visit_check(application&, call const&);
/// POST /visit/send: the forms that are done, through the same door as the API.
response visit_send(application&, call const&);
/// GET /visit/received: the receipt and what happens next.
response visit_received(application&, call const&);
/// POST /visit/another: a guardian begins the next child's packet, without saying again who they
/// are.
response visit_another(application&, call const&);
/// GET /visit/copy.pdf: the patient's own copy, for an hour.
response visit_copy(application&, call const&);
/// POST /visit/leave: the browser forgets the visit; the code leads back.
response visit_leave(application&, call const&);
/// GET /visit/help: hand it to staff, who call.
response visit_help_page(application&, call const&);
/// POST /visit/help
response visit_help(application&, call const&);
/// GET /visit/correction: the one question that staff asked to be answered again.
response correction_page(application&, call const&);
/// POST /visit/correction: a new version of the submission; the old one stays.
response correction(application&, call const&);
/// GET /invited/{code}: the patient's date of birth, please.
response invited_page(application&, call const&);
/// POST /invited/{code}
response invited(application&, call const&);
/// GET /device: the neutral page on which a tablet of the clinic waits.
response device_page(application&, call const&);
/// POST /device: a code from the desk begins a patient's visit on it, once.
response device_start(application&, call const&);
/// GET /device/still-there: after a while without a touch.
response still_there(application&, call const&);
/// GET /device/end: nobody is there; the device forgets.
response device_end(application&, call const&);
/// GET /arrived: did my form arrive?
response arrived_page(application&, call const&);
/// POST /arrived: whether and when, by receipt and birth date; never what.
response arrived(application&, call const&);
/// GET /resume: code and birth date, please.
response resume_page(application&, call const&);
/// POST /resume
response resume(application&, call const&);

/// GET /forms: every form there is, one by one.
response form_list(application&, call const&);
/// GET /forms/{id}: one form on one page.
response form_page(application&, call const&);
/// POST /forms/{id}: the same door as the API.
response form_send(application&, call const&);
/// GET /assets/{name}: immutable files.
response asset_file(application&, call const&);

}  // namespace intake::service::patients
