#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// The desk's actions, one file each.
namespace intake::service::desk {

response sign_in_page(application&, call const&);
response sign_in(application&, call const&);
response sign_out(application&, call const&);
/// GET /desk: newest first; ?after= continues.
response submissions_list(application&, call const&);
/// GET /desk/submissions/{id}.pdf: no byte leaves before its audit row is durable.
response pdf_download(application&, call const&);
/// POST /desk/copies: one file of the chosen submissions, or of none where one may not be had.
response copies_start(application&, call const&);
/// GET /desk/copies/{job}: how far it is.
response copies_progress(application&, call const&);
/// GET /desk/copies/{job}.pdf: the file, a piece at a time, after its audit row is durable.
response copies_download(application&, call const&);

}  // namespace intake::service::desk
