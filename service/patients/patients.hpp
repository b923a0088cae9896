#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// The patient's pages, one file each.
namespace intake::service::patients {

/// GET /: the forms one can fill in.
response home(application&, call const&);
/// GET /forms/{id}: one form on one page.
response form_page(application&, call const&);
/// POST /forms/{id}: the same door as the API.
response form_send(application&, call const&);
/// GET /assets/{name}: immutable files.
response asset_file(application&, call const&);

}  // namespace intake::service::patients
