#include "service/fhir/operation_outcome.hpp"

#include "forms/json_writer.hpp"
#include "forms/problem_codes.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <array>

namespace intake::service {
namespace {

constexpr std::string_view code_system = "https://intake.example/fhir/CodeSystem/problem";

void write_issue(forms::json_writer& out, std::string const& place, forms::problem const& p,
                 std::string_view language) {
  auto const& row = forms::row_of(p.code);
  out.begin_object().member("severity", forms::code_of(p.severity)).member("code", row.fhir_issue);
  out.key("details").begin_object();
  out.key("coding").begin_array().begin_object();
  out.member("system", code_system).member("code", row.name).end_object().end_array();
  out.member("text", std::string_view(forms::sentence(p, language))).end_object();
  if (!p.link_path.empty()) out.member("diagnostics", std::string_view("linkId: " + p.link_path));
  // The engine names places from the resource; in a Bundle the resource has a place of its own.
  auto const root = p.expression.find_first_of('.');
  auto const expression = root == std::string::npos ? place : place + p.expression.substr(root);
  out.key("expression").begin_array().string(expression).end_array();
  out.end_object();
}

}  // namespace

std::string outcome_of(std::span<located_problems const> all, std::string_view language) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "OperationOutcome").key("issue").begin_array();
  for (auto const& each : all) {
    for (auto const& p : each.problems) write_issue(out, each.place, p, language);
  }
  out.end_array().end_object();
  return text;
}

std::string outcome_of(std::string_view severity, std::string_view issue_type,
                       std::string_view sentence) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "OperationOutcome").key("issue").begin_array();
  out.begin_object().member("severity", severity).member("code", issue_type);
  out.key("details").begin_object().member("text", sentence).end_object();
  out.end_object().end_array().end_object();
  return text;
}

std::string_view issue_type_of(int status) {
  struct row {
    int status;
    std::string_view type;
  };
  static constexpr std::array rows{
      row{400, "structure"},     row{401, "login"},         row{403, "forbidden"},
      row{404, "not-found"},     row{405, "not-supported"}, row{406, "not-supported"},
      row{409, "conflict"},      row{411, "required"},      row{412, "conflict"},
      row{413, "too-long"},      row{414, "too-long"},      row{415, "not-supported"},
      row{422, "invalid"},       row{429, "throttled"},     row{431, "too-long"},
      row{501, "not-supported"}, row{503, "transient"},     row{505, "not-supported"}};
  auto const found = std::ranges::find(rows, status, &row::status);
  return found == rows.end() ? "exception" : found->type;
}

response outcome_response(int status, std::string_view sentence, std::chrono::seconds retry) {
  auto made = fhir_response(status, outcome_of("error", issue_type_of(status), sentence));
  if (status == 503 || status == 429) {
    made.fields.push_back({"retry-after", std::to_string(retry.count())});
  }
  if (status == 401) {
    made.fields.push_back(
        {"www-authenticate", R"(Bearer realm="form token", Basic realm="client")"});
  }
  return made;
}

}  // namespace intake::service
