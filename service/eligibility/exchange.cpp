#include "service/eligibility/exchange.hpp"

#include "service/http/characters.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

namespace characters = service::characters;

constexpr std::size_t detail_max = 64;
constexpr std::size_t looked_at_max = 4096;

enum class again { may_pass, needs_somebody };

struct fault_row {
  ask_fault fault;
  std::string_view name;
  again later;
  std::string_view words;
};
using enum ask_fault;
using enum again;
constexpr fault_row faults[] = {
    {bad_settings, "bad-settings", needs_somebody,
     "The line to the clearinghouse is not set up rightly: its address or a certificate file. Tell "
     "your administrator."},
    {cannot_connect, "cannot-connect", may_pass, "The clearinghouse could not be reached."},
    {server_unverified, "server-unverified", needs_somebody,
     "Whoever answered could not prove to be the clearinghouse, so nothing was sent. Tell your "
     "administrator."},
    {client_refused, "client-refused", needs_somebody,
     "The encrypted connection did not come about: the clearinghouse may want a client "
     "certificate, or another one. Tell your administrator."},
    {timed_out, "timed-out", may_pass, "No answer came within a minute."},
    {cut_off, "cut-off", may_pass, "The connection ended before the answer did."},
    {too_large, "too-large", needs_somebody,
     "The answer was larger than any answer should be, and was not taken. Telephone the payer."},
    {stopped, "stopped", may_pass, "The program was stopped while it waited for the answer."},
    {credentials, "credentials", needs_somebody,
     "The clearinghouse refused the clinic's user, password or certificate. Tell your "
     "administrator."},
    {busy, "busy", may_pass, "The clearinghouse said that it can't answer now."},
    {refused, "refused", needs_somebody,
     "The clearinghouse refused the request. Tell your administrator."},
    {envelope_refused, "envelope-refused", needs_somebody,
     "The clearinghouse refused the envelope of the question. Tell your administrator."},
    {empty, "empty", may_pass, "The clearinghouse sent nothing."},
    {html, "html", may_pass, "The clearinghouse sent a web page in place of an answer."},
    {json, "json", may_pass, "The clearinghouse sent JSON in place of an answer."},
    {soap_fault, "soap-fault", may_pass, "The clearinghouse sent a SOAP fault."},
    {xml, "xml", may_pass, "The clearinghouse sent XML in place of an answer."},
    {no_payload, "no-payload", may_pass, "The clearinghouse's envelope came without an answer."},
    {not_x12, "not-x12", may_pass, "What the clearinghouse sent is no X12."},
    {rejected, "rejected", needs_somebody,
     "The receiver refused the question itself (TA1 or 999). Tell your administrator."},
    {no_answer, "no-answer", needs_somebody,
     "What came back answers another question than this one; it is listed under files. Telephone "
     "the payer."},
    {cannot_send, "cannot-send", needs_somebody, "It can't be asked electronically yet."},
    {record_closed, "record-closed", needs_somebody,
     "The record can't be opened. Tell your administrator."}};

struct line_row {
  https_fault from;
  ask_fault to;
};
constexpr line_row line_faults[] = {{https_fault::bad_settings, bad_settings},
                                    {https_fault::cannot_connect, cannot_connect},
                                    {https_fault::server_unverified, server_unverified},
                                    {https_fault::client_refused, client_refused},
                                    {https_fault::timed_out, timed_out},
                                    {https_fault::cut_off, cut_off},
                                    {https_fault::too_large, too_large},
                                    {https_fault::stopped, stopped}};

ask_fault of_line(https_fault from) {
  auto const* const row = std::ranges::find(line_faults, from, &line_row::from);
  return row == std::end(line_faults) ? cut_off : row->to;
}

fault_row const& row_of(ask_fault fault) {
  return *std::ranges::find(faults, fault, &fault_row::fault);
}

/// What a stranger's server wrote is cut down to what can't say anything of a patient: a code.
std::string plain_code(std::string_view text) {
  std::string code;
  for (char const c : text.substr(0, detail_max)) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) code += c;
  }
  return code;
}

bool has(std::string_view text, std::string_view wanted) {
  auto const same = [](char a, char b) { return characters::lower(a) == characters::lower(b); };
  return std::ranges::search(text, wanted, same).begin() != text.end();
}

std::string_view without_blanks(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  auto const first = body.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{} : body.substr(first);
}

/// What a body that is no X12 and no envelope is; nothing where it is nothing known.
std::optional<ask_fault> kind_of(std::string_view body) {
  if (body.empty()) return empty;
  auto const head = body.substr(0, looked_at_max);
  if (head.front() == '{' || head.front() == '[') return json;
  if (head.front() != '<') return std::nullopt;
  if (has(head, "envelope") && has(head, "fault")) return soap_fault;
  return has(head, "<html") || has(head, "<!doctype html") ? html : xml;
}

std::optional<ask_fault> fault_of_status(int status) {
  if (status >= 200 && status < 300) return std::nullopt;
  if (status == 401 || status == 403) return credentials;
  return status == 429 || status >= 500 ? busy : refused;
}

exchange_outcome from_envelope(std::string_view body, std::string_view boundary,
                               core_field_names const& names, std::string const& status) {
  auto const answer = read_core_answer(body, boundary, names);
  if (!answer.error_code.empty() && !characters::same_ignoring_case(answer.error_code, "Success")) {
    return exchange_fault{envelope_refused, plain_code(answer.error_code)};
  }
  if (!answer.whole) return exchange_fault{cut_off, status};
  auto const payload = without_blanks(answer.payload);
  if (payload.empty()) return exchange_fault{no_payload, status};
  if (payload.starts_with("ISA")) return std::string(payload);
  return exchange_fault{kind_of(payload).value_or(not_x12), status};
}

exchange_outcome from_answer(https_answer const& answer, core_field_names const& names) {
  auto const status = fmt::format("HTTP {}", answer.status);
  auto const wrong = fault_of_status(answer.status);
  auto const body = without_blanks(answer.body);
  if (wrong == credentials) return exchange_fault{credentials, status};
  // An envelope may say better than a status what was wrong with ours.
  if (auto const boundary = boundary_of(answer.content_type); !boundary.empty() && !body.empty()) {
    auto outcome = from_envelope(answer.body, boundary, names, status);
    auto const* const fault = std::get_if<exchange_fault>(&outcome);
    if (!wrong || (fault != nullptr && fault->what == envelope_refused)) return outcome;
  }
  auto const kind = kind_of(body);
  if (wrong) return exchange_fault{kind == soap_fault ? soap_fault : *wrong, status};
  if (body.starts_with("ISA")) return std::string(body);
  return exchange_fault{kind.value_or(not_x12), status};
}

}  // namespace

std::string_view name_of(ask_fault fault) {
  return row_of(fault).name;
}

std::optional<ask_fault> ask_fault_from(std::string_view name) {
  auto const* const row = std::ranges::find(faults, name, &fault_row::name);
  return row == std::end(faults) ? std::nullopt : std::optional(row->fault);
}

std::string_view words_of(ask_fault fault) {
  return row_of(fault).words;
}

bool may_pass(ask_fault fault) {
  return row_of(fault).later == again::may_pass;
}

exchange_outcome look_at(https_outcome const& outcome, core_field_names const& names) {
  if (auto const* const fault = std::get_if<https_fault>(&outcome)) {
    return exchange_fault{of_line(*fault), {}};
  }
  return from_answer(std::get<https_answer>(outcome), names);
}

}  // namespace intake::service::eligibility
