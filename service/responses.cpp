#include "service/responses.hpp"

namespace intake::service {
namespace {

constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

response with_type(int status, std::string_view type, std::string body) {
  return {
      .status = status, .fields = {{"content-type", std::string(type)}}, .body = std::move(body)};
}

}  // namespace

response html_response(int status, std::string html) {
  auto made = with_type(status, "text/html; charset=utf-8", std::move(html));
  made.fields.push_back({"content-security-policy", std::string(page_policy)});
  return made;
}

response see_other(std::string location) {
  auto made = with_type(303, "text/plain; charset=utf-8", "");
  made.fields.push_back({"location", std::move(location)});
  return made;
}

response fhir_response(int status, std::string json) {
  return with_type(status, "application/fhir+json; charset=utf-8", std::move(json));
}

response plain_response(int status, std::string text) {
  return with_type(status, "text/plain; charset=utf-8", std::move(text));
}

response file_response(std::string bytes, std::string_view type, std::string_view file_name,
                       disposition how) {
  auto made = with_type(200, type, std::move(bytes));
  made.fields.push_back({"content-disposition",
                         std::string(how == disposition::attachment ? "attachment" : "inline") +
                             "; filename=\"" + std::string(file_name) + "\""});
  return made;
}

response without_body(response made) {
  made.body = body_generator([] { return std::string(); });
  return made;
}

response pdf_response(std::string bytes, std::string_view file_name, disposition how) {
  return file_response(std::move(bytes), "application/pdf", file_name, how);
}

}  // namespace intake::service
