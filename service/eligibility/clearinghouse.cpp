#include "service/eligibility/clearinghouse.hpp"

#include "service/http/client/https_client.hpp"
#include "service/log.hpp"

#include <memory>

namespace intake::service::eligibility {
namespace {

https_peer peer_of(config const& settings) {
  return {.url = settings.eligibility_clearinghouse_url,
          .authority_file = settings.eligibility_clearinghouse_authority_file,
          .certificate_file = settings.eligibility_clearinghouse_certificate_file,
          .key_file = settings.eligibility_clearinghouse_key_file};
}

core_field_names names_of(config const& settings) {
  core_field_names names;
  for (auto const& each : settings.eligibility_clearinghouse_fields) {
    auto const mark = each.find('=');
    names.emplace_back(each.substr(0, mark), each.substr(mark + 1));
  }
  return names;
}

/// To the second: "2026-11-28T14:58:00Z".
std::string time_stamp(certs::utc_time now) {
  return to_rfc3339(now).substr(0, 19) + "Z";
}

}  // namespace

clearinghouse_line open_line(config const& settings, certs::world const& world) {
  auto const client = std::make_shared<https_client>(peer_of(settings));
  return [client, names = names_of(settings), &settings, &world](std::string const& x12,
                                                                 std::stop_token const& stop) {
    auto const message =
        write_core_request({.payload_id = certs::to_string(certs::new_uuid_v7(world)),
                            .time_stamp = time_stamp(world.now()),
                            .sender = settings.eligibility_sender,
                            .receiver = settings.eligibility_receiver,
                            .user = settings.eligibility_clearinghouse_user,
                            .password = settings.eligibility_clearinghouse_password,
                            .rule_version = settings.eligibility_clearinghouse_rule_version,
                            .payload = x12},
                           names);
    return look_at(client->post(message.content_type, message.body, stop), names);
  };
}

std::string tried_only(config const& settings) {
  bool const is_real = !settings.eligibility_clearinghouse_url.empty() &&
                       !settings.eligibility_clearinghouse_is_simulator;
  if (is_real) return {};
  return "Electronic checks of this program were tried against a simulator and public samples "
         "only.";
}

}  // namespace intake::service::eligibility
