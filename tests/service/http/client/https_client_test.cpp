// The way out: who answers is verified, and every wait and size has its limit.
#include "service/http/client/https_client.hpp"

#include "certs/certificate.hpp"
#include "certs/hex.hpp"
#include "tests/service/http/test_server.hpp"

#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using namespace std::chrono_literals;

struct answering_server : test_server {
  explicit answering_server(response (*answer)(request const&), char const* at = "127.0.0.1") {
    settings.addresses = {{at, 0}};
    settings.worker_threads = 2;
    hooks.handle = answer;
    start();
  }
  https_peer peer(std::string const& host = "localhost") const {
    https_peer to;
    to.url = "https://" + host + ":" + std::to_string(where().port) + "/core";
    to.authority_file = shared_certificates().ca_file();
    return to;
  }
};

response echo(request const& in) {
  auto const type = in.field("content-type");
  return {.status = 200,
          .fields = {{"Content-Type", std::string(type.value_or("none"))}},
          .body = in.body,
          .close = false};
}

response slow(request const&) {
  std::this_thread::sleep_for(1500ms);
  return {.status = 200, .fields = {}, .body = "late", .close = false};
}

response large(request const&) {
  return {.status = 200, .fields = {}, .body = std::string(100'000, 'x'), .close = false};
}

response moved(request const&) {
  return {
      .status = 302, .fields = {{"Location", "https://localhost/"}}, .body = "", .close = false};
}

https_fault fault_in(https_outcome const& outcome) {
  auto const* const fault = std::get_if<https_fault>(&outcome);
  return fault == nullptr ? https_fault{-1} : *fault;
}

TEST(HttpsClient, BringsABodyThereAndItsAnswerBack) {
  answering_server server(echo);
  https_client client(server.peer());
  for (int n = 0; n < 3; ++n) {
    auto const outcome = client.post("multipart/form-data; boundary=edge", "--edge--\r\n");
    auto const* const answer = std::get_if<https_answer>(&outcome);
    ASSERT_NE(answer, nullptr);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->content_type, "multipart/form-data; boundary=edge");
    EXPECT_EQ(answer->body, "--edge--\r\n");
  }
}

TEST(HttpsClient, SpeaksToNobodyWhoseNameAndAuthorityItCantVerify) {
  answering_server server(echo);
  auto unknown = server.peer();
  unknown.authority_file.clear();
  EXPECT_EQ(fault_in(https_client(unknown).post("text/plain", "x")),
            https_fault::server_unverified);
  // The certificate names localhost and 127.0.0.1 only.
  answering_server elsewhere(echo, "127.0.0.2");
  EXPECT_EQ(fault_in(https_client(elsewhere.peer("127.0.0.2")).post("text/plain", "x")),
            https_fault::server_unverified);
  EXPECT_TRUE(elsewhere.served.empty());
}

TEST(HttpsClient, SendsFurtherFieldsAndSpeaksPlainlyOnlyWhereItMay) {
  test_server server;
  server.settings.tls_context = {};
  server.hooks.handle = [](request const& in) {
    return response{.status = 200,
                    .fields = {},
                    .body = std::string(in.field("intake-signature").value_or("none")),
                    .close = false};
  };
  server.start();
  https_peer to;
  to.url = "http://127.0.0.1:" + std::to_string(server.where().port) + "/events";
  std::string const fields[] = {"Intake-Signature: t=1,v1=2"};
  EXPECT_EQ(fault_in(https_client(to).post("text/plain", "x", {}, fields)),
            https_fault::bad_settings);
  EXPECT_TRUE(server.served.empty());
  to.plain_text = plain_http::allowed;
  auto const outcome = https_client(to).post("text/plain", "x", {}, fields);
  ASSERT_TRUE(std::holds_alternative<https_answer>(outcome));
  EXPECT_EQ(std::get<https_answer>(outcome).body, "t=1,v1=2");
}

TEST(HttpsClient, ShowsItsCertificateWhereItHasOne) {
  answering_server server([](request const& in) {
    return response{.status = 200,
                    .fields = {},
                    .body = in.client_certificate.value_or("nobody"),
                    .close = false};
  });
  auto known = server.peer();
  known.certificate_file = known.key_file = shared_certificates().client_file();
  auto const outcome = https_client(known).post("text/plain", "x");
  ASSERT_TRUE(std::holds_alternative<https_answer>(outcome));
  // The server names it by its fingerprint.
  std::ifstream in(known.certificate_file);
  std::string const pem{std::istreambuf_iterator<char>(in), {}};
  std::string fingerprint;
  certs::append_hex(fingerprint, certs::read_certificate(pem)->fingerprint);
  EXPECT_EQ(std::get<https_answer>(outcome).body, fingerprint);
  auto const unknown = https_client(server.peer()).post("text/plain", "x");
  EXPECT_EQ(std::get<https_answer>(unknown).body, "nobody");
}

struct fault_case {
  char const* name;
  response (*answer)(request const&);
  void (*change)(https_peer&);
  https_fault fault;
};

TEST(HttpsClient, EveryWaitAndEverySizeHasALimit) {
  fault_case const cases[] = {
      {"too slow", slow, [](https_peer& to) { to.whole_max = 300ms; }, https_fault::timed_out},
      {"too large", large, [](https_peer& to) { to.answer_bytes_max = 99'999; },
       https_fault::too_large},
      {"plain HTTP", echo, [](https_peer& to) { to.url.erase(4, 1); }, https_fault::bad_settings},
      {"no address", echo, [](https_peer& to) { to.url = "https://"; }, https_fault::bad_settings},
      {"a certificate that is not there", echo,
       [](https_peer& to) { to.certificate_file = to.key_file = "/nowhere.pem"; },
       https_fault::bad_settings},
      {"nobody listens", echo, [](https_peer& to) { to.url = "https://127.0.0.1:1/"; },
       https_fault::cannot_connect}};
  for (auto const& one : cases) {
    answering_server server(one.answer);
    auto to = server.peer();
    one.change(to);
    EXPECT_EQ(fault_in(https_client(to).post("text/plain", "x")), one.fault) << one.name;
  }
}

TEST(HttpsClient, ARedirectionIsAnAnswerAndIsNotFollowed) {
  answering_server server(moved);
  auto const outcome = https_client(server.peer()).post("text/plain", "x");
  ASSERT_TRUE(std::holds_alternative<https_answer>(outcome));
  EXPECT_EQ(std::get<https_answer>(outcome).status, 302);
}

TEST(HttpsClient, ATellingToStopEndsTheWait) {
  answering_server server(slow);
  std::stop_source stop;
  std::jthread const teller([&stop] {
    std::this_thread::sleep_for(100ms);
    stop.request_stop();
  });
  EXPECT_EQ(fault_in(https_client(server.peer()).post("text/plain", "x", stop.get_token())),
            https_fault::stopped);
}

}  // namespace
}  // namespace intake::service
