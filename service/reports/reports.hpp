#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// Answers to "who saw it, and where did it go", from the audit trail.
namespace intake::service::reports {

/// GET /desk/reports: three questions (`?report=patient|user|left`), answered on the page.
response reports_page(application&, call const&);
/// GET /desk/reports.csv: the same answer for a spreadsheet.
response reports_export(application&, call const&);

/// GET /desk/numbers: forms a day, whether they were there in time, how long work took, decisions
/// by payer (`?days=7|30|90`).
response numbers_page(application&, call const&);
/// GET /desk/consents-due: who signed an edition that is not in force any more.
response consents_due_page(application&, call const&);

}  // namespace intake::service::reports
