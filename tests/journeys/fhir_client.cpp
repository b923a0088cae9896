#include "tests/journeys/fhir_client.hpp"

#include "forms/json_reader.hpp"

#include <gtest/gtest.h>

namespace intake::tests {

std::vector<scope_answer> const& scope_answers() {
  static std::vector<scope_answer> const all{{"read:demographic", "118 Example Street"},
                                             {"read:coverage", "Example Supplement G"},
                                             {"read:clinical", "like a toothache"},
                                             {"read:behavioural", "A few times a month or less"},
                                             {"read:consent", "(son)"}};
  return all;
}

header_fields reader(clinic& c, std::string const& name, std::vector<std::string> scopes) {
  return {{"authorization", c.add_client(name, std::move(scopes))}};
}

std::vector<std::string> every_scope() {
  std::vector<std::string> all;
  for (auto const& each : scope_answers()) all.push_back(each.scope);
  return all;
}

std::string submit_sample(clinic& c) {
  c.now += std::chrono::seconds(1);
  auto packet = sample_packet();
  auto const at = packet.find("urn:uuid:") + 9;
  packet.replace(at, 36, certs::to_string(certs::new_uuid_v7(c.app().world)));
  auto const answer = c.post_fhir(packet);
  EXPECT_EQ(answer.status, 201) << body_of(answer);
  return packet.substr(at, 36);
}

std::vector<std::string> ids_in(service::response const& answer) {
  std::vector<std::string> ids;
  auto const document = forms::read_json(body_of(answer), {.bytes_max = 64 << 20});
  if (!document) return ids;
  if (auto const* entries = document->root().find("entry", forms::json_kind::array)) {
    for (auto const& each : *entries) {
      auto const* resource = each.find("resource", forms::json_kind::object);
      if (resource != nullptr && resource->text_of("resourceType") != "OperationOutcome") {
        ids.emplace_back(resource->text_of("id"));
      }
    }
  }
  return ids;
}

std::string link_in(service::response const& answer, std::string_view relation) {
  auto const document = forms::read_json(body_of(answer), {.bytes_max = 64 << 20});
  auto const* links = document->root().find("link", forms::json_kind::array);
  if (links == nullptr) return {};
  for (auto const& each : *links) {
    if (each.text_of("relation") != relation) continue;
    auto const url = std::string(each.text_of("url"));
    return url.substr(url.find("/fhir/"));
  }
  return {};
}

service::response post_search(clinic& c, std::string const& type, std::string body,
                              header_fields const& more) {
  service::request asked;
  asked.method = service::http_method::post;
  asked.path = "/fhir/" + type + "/_search";
  asked.fields = {{"content-type", "application/x-www-form-urlencoded"}};
  for (auto const& [name, value] : more) asked.fields.push_back({name, value});
  asked.body = std::move(body);
  asked.received = c.now;
  asked.request_id = "test-post";
  return service::dispatch(c.app(), asked);
}

}  // namespace intake::tests
