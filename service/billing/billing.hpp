#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// What billing does with insurance rules and eligibility, one file an action.
namespace intake::service::billing {

/// GET /desk/rules: every set with its life, and the upload.
response rules_list(application&, call const&);
/// POST /desk/rules (multipart): checks the tables; without errors they are kept as a draft.
response rules_upload(application&, call const&);
/// GET /desk/rules/{hash}: check report, difference to what decides, what may be done next.
response rule_set_page(application&, call const&);
/// GET /desk/rules/{hash}/calls: visits still to come that this set decides otherwise than what
/// decides now; where it decides itself, otherwise than what decided before it.
response rule_set_calls(application&, call const&);
/// POST /desk/rules/{hash}/approve: the signed-in person approves it.
response rule_set_approve(application&, call const&);
/// POST /desk/rules/{hash}/activate: from the day in the field `from`, or today.
response rule_set_activate(application&, call const&);
/// POST /desk/rules/{hash}/leave: what decided before this set decides again.
response rule_set_leave(application&, call const&);

/// GET /desk/decisions: the newest submissions by what the rules said; `?outcome=` narrows.
response decisions_list(application&, call const&);
/// GET /desk/decisions/calls: visits to come whose decision has changed.
response decision_calls_page(application&, call const&);
/// GET /desk/decisions.csv: the same rows as a table that runs no formula.
response decisions_export(application&, call const&);

/// GET /desk/eligibility: a day's coverages by the time of the visit; `?show=` narrows.
response eligibility_list(application&, call const&);
/// GET /desk/eligibility.csv: the same rows as a table that runs no formula.
response eligibility_export(application&, call const&);
/// GET and POST (multipart) /desk/eligibility/files: questions sent, answers received, upload.
response eligibility_files(application&, call const&);
response eligibility_files_upload(application&, call const&);
/// GET /desk/eligibility/received/{id}: a received file as it came, for what found no question.
response eligibility_received_file(application&, call const&);
/// POST /desk/eligibility/batch: a day's questions as one 270.
response eligibility_batch(application&, call const&);
/// GET /desk/eligibility/batches/{id}: the same file again.
response eligibility_batch_file(application&, call const&);
/// The open tasks of the clinic's enrolment with payers, for the eligibility list.
void add_enrolments(page_model&, application&, call const&);
/// POST /desk/eligibility/enrolments/{number}: settled; what waited for it is asked again.
response enrolment_settled(application&, call const&);
/// GET /desk/coverages/{id}/{number}: one coverage, what payers said of it, what to do next.
response coverage_page(application&, call const&);
/// POST /desk/coverages/{id}/{number}/ask: the payer is asked over the line, by the worker.
response ask_now(application&, call const&);
/// GET and POST /desk/coverages/{id}/{number}/by-hand: a check that somebody made elsewhere.
response check_by_hand_page(application&, call const&);
response check_by_hand(application&, call const&);
/// GET /desk/checks/{check}/answer: the payer's answer as it came.
response check_answer(application&, call const&);
/// GET /desk/checks/{check}/attachment: what was attached to a check by hand.
response check_attachment(application&, call const&);

}  // namespace intake::service::billing
