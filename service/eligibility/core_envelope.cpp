#include "service/eligibility/core_envelope.hpp"

#include "service/http/characters.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

namespace characters = service::characters;

// CAQH CORE Connectivity Rule, HTTP MIME multipart envelope, real-time eligibility.
constexpr std::string_view question_type = "X12_270_Request_005010X279A1";

std::string_view name_for(core_field_names const& names, std::string_view standard) {
  auto const found = std::ranges::find(
      names, standard, [](auto const& each) { return std::string_view(each.first); });
  return found == names.end() ? standard : std::string_view(found->second);
}

struct field_row {
  std::string_view name;
  std::string core_request::*value;
};
constexpr field_row fields[] = {{"PayloadID", &core_request::payload_id},
                                {"TimeStamp", &core_request::time_stamp},
                                {"UserName", &core_request::user},
                                {"Password", &core_request::password},
                                {"SenderID", &core_request::sender},
                                {"ReceiverID", &core_request::receiver},
                                {"CORERuleVersion", &core_request::rule_version},
                                {"Payload", &core_request::payload}};

/// One that stands nowhere in what it parts: the payload id is random, and no field repeats it.
std::string new_boundary(core_request const& request) {
  return "intake-" + request.payload_id;
}

void add_field(std::string& body, std::string_view boundary, std::string_view name,
               std::string_view value) {
  body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", boundary,
                      name, value);
}

/// Where the parameter `name` has its value; not that of `filename`.
std::size_t name_value_in(std::string_view line) {
  for (auto at = line.find("name="); at != std::string_view::npos;
       at = line.find("name=", at + 1)) {
    if (at > 0 && (line[at - 1] == ' ' || line[at - 1] == ';')) return at + 5;
  }
  return std::string_view::npos;
}

/// The name of a part, with or without quotes; empty where its head has none.
std::string name_in(std::string_view head) {
  for (std::size_t at = 0; at < head.size();) {
    auto const end = std::min(head.find('\n', at), head.size());
    auto const line = head.substr(at, end - at);
    at = end + 1;
    if (!characters::same_ignoring_case(line.substr(0, 20), "content-disposition:")) continue;
    auto const begin = name_value_in(line);
    if (begin == std::string_view::npos) return {};
    auto const value = line.substr(begin);
    if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
    return std::string(characters::trim(value.substr(0, value.find_first_of(";\r"))));
  }
  return {};
}

std::string_view without_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

/// What follows the empty line after a part's head.
std::string_view content_of(std::string_view part, std::size_t& head_end) {
  for (std::string_view const gap : {"\r\n\r\n", "\n\n"}) {
    head_end = part.find(gap);
    if (head_end != std::string_view::npos) return part.substr(head_end + gap.size());
  }
  return {};
}

void take_part(core_answer& answer, std::string_view part, core_field_names const& names) {
  std::size_t head_end = 0;
  auto const content = without_line_end(content_of(part, head_end));
  if (head_end == std::string_view::npos) return;
  auto const name = name_in(part.substr(0, head_end));
  if (name == name_for(names, "PayloadType")) answer.payload_type = content;
  if (name == name_for(names, "ErrorCode")) answer.error_code = characters::trim(content);
  if (name == name_for(names, "Payload")) answer.payload = content;
}

/// A boundary stands at the beginning of a line.
std::size_t next_mark(std::string_view body, std::string_view mark, std::size_t from) {
  for (auto at = body.find(mark, from); at != std::string_view::npos;
       at = body.find(mark, at + 1)) {
    if (at == 0 || body[at - 1] == '\n') return at;
  }
  return std::string_view::npos;
}

}  // namespace

core_message write_core_request(core_request const& request, core_field_names const& names) {
  auto const boundary = new_boundary(request);
  core_message message{.content_type = "multipart/form-data; boundary=" + boundary, .body = {}};
  add_field(message.body, boundary, name_for(names, "PayloadType"), question_type);
  add_field(message.body, boundary, name_for(names, "ProcessingMode"), "RealTime");
  for (auto const& [name, value] : fields) {
    auto const& text = request.*value;
    if (!text.empty()) add_field(message.body, boundary, name_for(names, name), text);
  }
  message.body += "--" + boundary + "--\r\n";
  return message;
}

core_answer read_core_answer(std::string_view body, std::string_view boundary,
                             core_field_names const& names) {
  core_answer answer;
  auto const mark = "--" + std::string(boundary);
  auto at = next_mark(body, mark, 0);
  while (at != std::string_view::npos) {
    auto const begin = at + mark.size();
    if (body.substr(begin, 2) == "--") {
      answer.whole = true;
      break;
    }
    at = next_mark(body, mark, begin);
    auto const end = at == std::string_view::npos ? body.size() : at;
    take_part(answer, body.substr(begin, end - begin), names);
  }
  return answer;
}

std::string boundary_of(std::string_view content_type) {
  if (!characters::same_ignoring_case(content_type.substr(0, 10), "multipart/")) return {};
  for (auto at = content_type.find(';'); at != std::string_view::npos;
       at = content_type.find(';', at)) {
    auto const parameter = characters::trim(content_type.substr(++at));
    if (!characters::same_ignoring_case(parameter.substr(0, 9), "boundary=")) continue;
    auto const value = parameter.substr(9);
    if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
    return std::string(characters::trim(value.substr(0, value.find(';'))));
  }
  return {};
}

}  // namespace intake::service::eligibility
