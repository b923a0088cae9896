#pragma once
#include "service/http/response.hpp"

#include <string>
#include <string_view>

namespace intake::service {

enum class disposition { inline_view, attachment };

/// text/html with the pages' content security policy: own styles, scripts and
/// forms, nothing inline and nothing of anybody else.
response html_response(int status, std::string html);

/// 303 See Other: after a POST, and to sign-in.
response see_other(std::string location);

/// application/fhir+json; charset=utf-8.
response fhir_response(int status, std::string json);

response plain_response(int status, std::string text);

/// A file for staff. `file_name` must be ASCII without quotes: it names no patient.
response file_response(std::string bytes, std::string_view type, std::string_view file_name,
                       disposition = disposition::attachment);
/// What HEAD hears of a file that is not made for it (RFC 9110 9.3.2): its length stays unsaid.
response without_body(response);
response pdf_response(std::string bytes, std::string_view file_name, disposition);

}  // namespace intake::service
