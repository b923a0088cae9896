#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The CAQH CORE connectivity envelope as HTTP MIME multipart: a real-time question and what comes
/// back. Pure.
namespace intake::service::eligibility {

/// What goes around one 270.
struct core_request {
  std::string payload_id{};  ///< a UUID of our own for each sending
  std::string time_stamp{};  ///< UTC, "2026-11-28T09:58:00Z"
  std::string sender{};
  std::string receiver{};
  std::string user{};  ///< empty: a client certificate says who we are
  std::string password{};
  std::string rule_version{};
  std::string payload{};
};

/// Names that a receiver wants otherwise than CORE has them: "PayloadType" → "payload_type".
using core_field_names = std::vector<std::pair<std::string, std::string>>;

struct core_message {
  std::string content_type{};
  std::string body{};
};
core_message write_core_request(core_request const&, core_field_names const&);

/// What an envelope that came back holds; views into the body that was read.
struct core_answer {
  /// False: its last boundary never came, so it was cut off.
  bool whole = false;
  std::string_view payload_type{};
  std::string_view error_code{};  ///< "Success", or what was wrong with our envelope
  std::string_view payload{};
};
/// `boundary` as `boundary_of` gave it. Takes what real servers send: a preamble, bare line feeds,
/// an epilogue.
core_answer read_core_answer(std::string_view body, std::string_view boundary,
                             core_field_names const&);

/// Of a Content-Type that is multipart; empty for any other.
std::string boundary_of(std::string_view content_type);

}  // namespace intake::service::eligibility
