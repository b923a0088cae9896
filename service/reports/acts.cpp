#include "service/reports/acts.hpp"

#include <algorithm>
#include <array>

namespace intake::service::reports {
namespace {

struct act_row {
  std::string_view action;
  std::string_view words;
  std::string_view way{};
};

constexpr act_row acts[] = {
    {"list-shown", "Seen in a list"},
    {"appointment-shown", "Appointment opened"},
    {"submission-opened", "Forms opened"},
    {"submission-received", "Forms received"},
    {"attachments-listed", "List of attached files seen"},
    {"attachment-downloaded", "Attached file downloaded", "download"},
    {"pdf-downloaded", "Copy downloaded", "download"},
    {"pdf-included", "Put into a file of many copies"},
    {"pdf-written", "Copy written to a file", "file"},
    {"record-exported", "Whole record exported", "export"},
    {"link-sent", "Link sent to the patient", "message"},
    {"link-not-delivered", "Link could not be delivered"},
    {"decisions-counted", "Decisions counted"},
    {"consents-due-shown", "List of consents due seen"},
    {"consents-due-listed", "List of consents due", "command line"},
    {"eligibility-asked", "Asked of the payer", "to the payer"},
    {"list-exported", "List exported", "export"},
    {"report-exported", "Report exported", "export"},
    {"report-made", "Report made"},
    {"coverage-read", "Insurance read by a program", "API"},
    {"eligibility-read", "Eligibility read by a program", "API"},
    {"response-read", "Answers read by a program", "API"},
    {"responses-searched", "Answers searched by a program", "API"},
    {"response-extracted", "Answers read by a program", "API"},
    {"patient-read", "Person read by a program", "API"},
    {"patients-searched", "People searched by a program", "API"},
    {"consent-read", "Consent read by a program", "API"},
    {"consents-searched", "Consents searched by a program", "API"},
    {"document-read", "List of copies read by a program", "API"},
    {"documents-searched", "Copies searched by a program", "API"},
    {"binary-opened", "Opened for a copy or file by a program"},
    {"decisions-compared", "Decisions compared"},
    {"decisions-replayed", "Decisions replayed"},
    {"invitation-made", "Invitation made"},
    {"clinic-setting-changed", "Clinic changed"},
    {"clinic-setting-taken-back", "Clinic put back to the file"},
    {"glass-broken", "Emergency access"},
    {"refused", "Refused"},
    {"signed-in", "Signed in"},
    {"signed-out", "Signed out"},
};

constexpr std::array<std::string_view, 18> leaving{
    "eligibility-asked", "link-sent",       "attachment-downloaded", "pdf-downloaded",
    "pdf-written",       "record-exported", "list-exported",         "consents-due-listed",
    "coverage-read",     "response-read",   "responses-searched",    "response-extracted",
    "patient-read",      "consent-read",    "patients-searched",     "consents-searched",
    "eligibility-read",  "document-read"};

act_row const* row_of(std::string_view action) {
  auto const found = std::ranges::find(acts, action, &act_row::action);
  return found == std::end(acts) ? nullptr : found;
}

}  // namespace

std::string act_words(std::string_view action) {
  if (auto const* row = row_of(action)) return std::string(row->words);
  std::string words(action);
  std::ranges::replace(words, '-', ' ');
  return words;
}

std::string way_of(db::audit_entry const& entry) {
  if (entry.outcome != db::audit_outcome::done) return {};
  if (entry.who == db::actor_kind::patient && entry.content) return "to the patient";
  auto const* row = row_of(entry.action);
  if (row != nullptr && !row->way.empty()) return std::string(row->way);
  // What was brought in has a hash too.
  bool const came_in = entry.action.starts_with("settled-");
  return entry.content && !came_in ? "download" : "";
}

std::span<std::string_view const> leaving_actions() {
  return leaving;
}

}  // namespace intake::service::reports
