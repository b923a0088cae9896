#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/dispatch.hpp"
#include "service/eligibility/stored_checks.hpp"
#include "service/responses.hpp"

namespace intake::service::billing {
namespace {

using eligibility::evidence;

/// What belongs to a check leaves as a file, after the trail holds its hash.
response evidence_file(application& app, call const& c, evidence which, std::string_view action) {
  auto const id = certs::parse_uuid(c.path["check"]);
  auto const head = id ? db::find_check(app.desk, *id) : std::nullopt;
  auto bytes = head ? eligibility::open_evidence(app.desk, app.keks, *head, which) : std::nullopt;
  if (!bytes) return refuse(app, 404, "There is no such file.", &c.asked);
  auto entry = entry_of(c, std::string(action));
  entry.subject = head->submission;
  entry.version = head->version;
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(*bytes));
  app.writer.append(std::move(entry));
  if (which == evidence::answer) {
    return file_response(std::move(*bytes), "application/edi-x12", "intake-answer.271");
  }
  bool const is_pdf = bytes->starts_with("%PDF");
  return file_response(std::move(*bytes), is_pdf ? "application/pdf" : "image/jpeg",
                       is_pdf ? "intake-check.pdf" : "intake-check.jpg");
}

}  // namespace

response check_answer(application& app, call const& c) {
  return evidence_file(app, c, evidence::answer, "eligibility-answer-read");
}

response check_attachment(application& app, call const& c) {
  return evidence_file(app, c, evidence::attachment, "eligibility-attachment-read");
}

}  // namespace intake::service::billing
