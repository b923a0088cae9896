/// What may be handled on a socket's own thread: only what waits for nobody.
#include "service/dispatch.hpp"
#include "service/machine_clients.hpp"
#include "tests/journeys/clinic.hpp"

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

service::request submission(std::string authorization, std::string body) {
  service::request asked;
  asked.method = service::http_method::post;
  asked.path = "/fhir/QuestionnaireResponse";
  asked.body = std::move(body);
  if (!authorization.empty()) asked.fields.push_back({"authorization", std::move(authorization)});
  return asked;
}

struct quick_case {
  std::string_view name;
  std::string body;
  bool is_quick;
};

TEST(QuickSubmission, IsSmallAndHoldsNoFiles) {
  clinic c;
  quick_case const cases[] = {
      {"small", R"({"resourceType":"QuestionnaireResponse"})", true},
      {"a file", R"({"item":[{"answer":[{"valueAttachment":{}}]}]})", false},
      {"a file whose name is disguised", R"({"item":[{"answer":[{"value\u0041ttachment":{}}]}]})",
       false},
      {"as large as one may be", std::string(64 * 1024, ' '), true},
      {"larger", std::string(64 * 1024 + 1, ' '), false},
  };
  for (auto const& each : cases) {
    EXPECT_EQ(service::is_quick(c.app(), submission("Bearer some.token", each.body)), each.is_quick)
        << each.name;
  }
}

TEST(QuickSubmission, OfAClientWaitsForItsRowOnce) {
  clinic c;
  auto const client = c.add_client("records", {"submit"});
  EXPECT_FALSE(service::is_quick(c.app(), submission(client, "{}"))) << "nobody knows it yet";
  c.post_fhir("{}", {{"authorization", client}});
  EXPECT_TRUE(service::is_quick(c.app(), submission(client, "{}")));
  c.now += service::client_cache_seconds;
  EXPECT_FALSE(service::is_quick(c.app(), submission(client, "{}"))) << "read anew by then";
}

TEST(QuickSubmission, OfACertificateWaitsForItsRow) {
  clinic c;
  auto asked = submission("", "{}");
  EXPECT_TRUE(service::is_quick(c.app(), asked)) << "nobody is refused at once";
  asked.client_certificate = std::string(64, 'a');
  EXPECT_FALSE(service::is_quick(c.app(), asked));
}

TEST(QuickSubmission, IsTheOnlyQuickRequest) {
  clinic c;
  auto asked = submission("Bearer some.token", "{}");
  asked.method = service::http_method::get;
  for (auto const* const path : {"/", "/healthz", "/desk/today", "/fhir/QuestionnaireResponse"}) {
    asked.path = path;
    EXPECT_FALSE(service::is_quick(c.app(), asked)) << path;
  }
}

}  // namespace
}  // namespace intake::tests
