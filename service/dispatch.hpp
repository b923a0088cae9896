#pragma once
#include "service/application.hpp"
#include "service/http/listener.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"

namespace intake::service {

/// From a request to its response: route, guards, handler, and the one place where exceptions
/// become statuses. Never throws.
response dispatch(application&, request const&);

/// Whether `dispatch` of this request waits for nothing, so that it needs no worker.
bool is_quick(application&, request const&);

/// What a session may know before it reads a body: unknown paths, wrong methods and large bodies
/// end here.
admission admit(application&, request const& head);

/// The pattern of the route that answered, for the log; "(none)" where no route did. A path itself
/// is never logged: what stands in it was chosen by the client.
std::string_view route_of(served_request const&);

/// An error in the words of who asked: OperationOutcome below /fhir, else a page.
response refuse(application const&, int status, std::string_view sentence, request const* asked);

}  // namespace intake::service
