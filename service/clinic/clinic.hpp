#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// What a manager changes of the clinic: in force in every instance within seconds, in the trail,
/// and never for good.
namespace intake::service::clinic {

/// GET /desk/clinic: what is in force, and who or which file says so.
response clinic_page(application&, call const&);

/// GET and POST /desk/clinic/settings/{key}: one value.
response setting_page(application&, call const&);
response setting_change(application&, call const&);

/// GET and POST /desk/clinic/places: one more.
response place_new(application&, call const&);
response place_add(application&, call const&);
/// GET and POST /desk/clinic/places/{id}: its name, its zone, whether it is closed.
response place_page(application&, call const&);
response place_change(application&, call const&);

/// GET and POST /desk/clinic/editions/{id}: from when until when a text may be signed.
response edition_page(application&, call const&);
response edition_change_days(application&, call const&);

}  // namespace intake::service::clinic
