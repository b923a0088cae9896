/// What a client and the server say to each other, over real sockets.
#include "certs/certificate.hpp"
#include "certs/hex.hpp"
#include "tests/service/http/test_server.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace std::chrono_literals;
using security = test_client::security;

TEST(Exchange, WorksOverEachProtocolVersion) {
  test_server server;
  server.start();
  for (auto const& [how, protocol] :
       {std::pair{security::tls_1_2_only, "TLSv1.2"}, {security::tls_1_3_only, "TLSv1.3"}}) {
    test_client client(server.where(), how);
    EXPECT_EQ(client.protocol(), protocol);
    EXPECT_EQ(client.ask(post("/a", "body")).body, "/a\nbody");
  }
}

TEST(Exchange, WorksWithoutTlsForTheMetricsListener) {
  test_server server;
  server.settings.tls_context = nullptr;
  server.start();
  test_client client(server.where(), security::plain);
  auto const got = client.ask(get("/metrics"));
  EXPECT_EQ(got.body, "/metrics\n");
  EXPECT_EQ(got.field("strict-transport-security"), "");
  EXPECT_EQ(got.field("x-content-type-options"), "nosniff");
}

void expect_security_fields(answer const& got) {
  EXPECT_THAT(got.field("strict-transport-security"), HasSubstr("max-age="));
  EXPECT_THAT(got.field("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(got.field("x-content-type-options"), "nosniff");
  EXPECT_EQ(got.field("referrer-policy"), "same-origin");
  EXPECT_EQ(got.field("cache-control"), "no-store");
  EXPECT_EQ(got.field("cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(got.field("cross-origin-resource-policy"), "same-origin");
  EXPECT_THAT(got.field("permissions-policy"), HasSubstr("camera=()"));
  EXPECT_THAT(got.field("date"), HasSubstr(" GMT"));
  EXPECT_THAT(got.field("x-request-id"), Not(IsEmpty()));
  EXPECT_FALSE(got.fields.contains("server"));
}

TEST(Exchange, EveryAnswerCarriesTheSecurityFields) {
  test_server server;
  server.start();
  for (auto const& [request, status] : std::vector<std::pair<std::string, int>>{
           {get("/"), 200},
           {"nonsense\r\n\r\n", 400},
           {get("/../a"), 400},
           {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
           {"GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505},
           {get("/", "X: " + std::string(20'000, 'x') + "\r\n"), 431},
           {post("/", "", "Content-Length: 0\r\n"), 400},
           {"POST / HTTP/1.1\r\nHost: x\r\n\r\n", 411}}) {
    test_client client(server.where());
    auto const got = client.ask(request);
    EXPECT_EQ(got.status, status);
    EXPECT_TRUE(got.whole) << status;
    expect_security_fields(got);
    if (status == 200) continue;
    EXPECT_EQ(got.field("connection"), "close");
    EXPECT_TRUE(client.ended_within(5s)) << status;
  }
}

TEST(Exchange, KeepsTheConnectionForTheNextRequest) {
  test_server server;
  server.start();
  test_client client(server.where());
  for (int i = 0; i < 200; ++i) {
    auto const text = std::to_string(i);
    ASSERT_EQ(client.ask(post("/" + text, text)).body, "/" + text + "\n" + text);
  }
  EXPECT_EQ(server.stats().connections_accepted, 1U);
}

TEST(Exchange, AnswersPipelinedRequestsInTheirOrder) {
  test_server server;
  server.start();
  test_client client(server.where());
  std::string all;
  for (int i = 0; i < 100; ++i) {
    auto const text = std::to_string(i);
    all +=
        i % 3 == 0 ? get("/" + text)
        : i % 3 == 1
            ? post("/" + text, "b" + text)
            : "POST /" + text +
                  " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\n";
  }
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 100; ++i) {
    auto const text = std::to_string(i);
    auto const body = i % 3 == 0 ? "" : i % 3 == 1 ? "b" + text : "b";
    ASSERT_EQ(client.read_answer().body, "/" + text + "\n" + body);
  }
}

TEST(Exchange, ClosesWhenAskedTo) {
  test_server server;
  server.start();
  for (auto const& request :
       {get("/", "Connection: close\r\n"), std::string("GET / HTTP/1.0\r\n\r\n")}) {
    test_client client(server.where());
    auto const got = client.ask(request);
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.field("connection"), "close");
    EXPECT_TRUE(client.ended_within(5s));
  }
}

TEST(Exchange, HeadHasTheFieldsOfGetAndNoBody) {
  test_server server;
  server.start();
  test_client client(server.where());
  client.send("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\n" + get("/next"));
  auto const head = client.read_answer(test_client::method::head);
  EXPECT_EQ(head.field("content-length"), "5");
  EXPECT_EQ(client.read_answer().body, "/next\n");
}

TEST(Exchange, AStatusWithoutBodyHasNoLength) {
  test_server server;
  server.hooks.handle = [](request const& in) {
    return response{in.path == "/204" ? 204 : 304, {}, "never sent", false};
  };
  server.start();
  test_client client(server.where());
  for (auto const* path : {"/204", "/304"}) {
    auto const got = client.ask(get(path));
    EXPECT_FALSE(got.fields.contains("content-length")) << path;
  }
  EXPECT_EQ(client.ask(get("/204")).status, 204);
}

TEST(Exchange, TakesBodiesByteByByte) {
  test_server server;
  server.start();
  test_client client(server.where());
  for (auto const& request :
       {post("/a", "xyz"),
        std::string("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                    "\r\n1\r\nx\r\n2\r\nyz\r\n0\r\n\r\n")}) {
    for (char const c : request) client.send({&c, 1});
    EXPECT_EQ(client.read_answer().body, "/a\nxyz");
  }
}

TEST(Exchange, InvitesABodyThatWaits) {
  test_server server;
  server.start();
  test_client client(server.where());
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 100);
  EXPECT_EQ(client.ask("abc").body, "/a\nabc");
  EXPECT_EQ(client.ask(post("/b", "abc", "Expect: 100-continue\r\n")).status, 200)
      << "a body that is there already needs no invitation";
}

TEST(Exchange, LargeBodiesGoBothWays) {
  test_server server;
  server.hooks.admit = [](request const&) { return admission{8U << 20, 60s, std::nullopt}; };
  server.start();
  test_client client(server.where());
  std::string body(5U << 20, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 7 + i / 4096);
  auto const got = client.ask(post("/big", body));
  EXPECT_TRUE(got.body == "/big\n" + body);
  EXPECT_EQ(server.stats().body_bytes_in, body.size());
}

TEST(Exchange, TheHandlerSeesAWholeRequest) {
  test_server server;
  request seen;
  server.hooks.handle = [&](request const& in) {
    seen = in;
    return response{};
  };
  server.start();
  test_client client(server.where());
  auto const got =
      client.ask(post("/a%20b?c=d", "x", "X-Thing:  two words \r\nX-Request-Id: theirs\r\n"));
  EXPECT_EQ(seen.method, http_method::post);
  EXPECT_EQ(seen.path, "/a b");
  EXPECT_EQ(seen.query, "c=d");
  EXPECT_EQ(seen.field("x-thing"), "two words");
  EXPECT_EQ(seen.client_address, "127.0.0.1");
  EXPECT_EQ(seen.client_certificate, std::nullopt);
  EXPECT_EQ(seen.request_id, got.field("x-request-id"));
  EXPECT_NE(seen.request_id, "theirs");
  EXPECT_GT(seen.received, certs::utc_time{} + std::chrono::days(365));
}

TEST(Exchange, KnowsAClientByItsCertificate) {
  test_server server;
  server.hooks.handle = [](request const& in) {
    return response{200, {}, in.client_certificate.value_or("none"), false};
  };
  server.start();
  auto const file = shared_certificates().client_file();
  test_client client(server.where(), security::tls, file);
  std::ifstream in(file);
  std::string const pem{std::istreambuf_iterator<char>(in), {}};
  std::string fingerprint;
  certs::append_hex(fingerprint, certs::read_certificate(pem)->fingerprint);
  EXPECT_EQ(client.ask(get("/")).body, fingerprint);
}

TEST(Exchange, BelievesATrustedProxyAboutTheClient) {
  test_server server;
  server.settings.trusted_proxies = {"127.0.0.0/8"};
  server.hooks.handle = [](request const& in) {
    return response{200, {}, in.client_address, false};
  };
  server.start();
  test_client client(server.where());
  EXPECT_EQ(client.ask(get("/", "X-Forwarded-For: 6.6.6.6, 198.51.100.7\r\n")).body,
            "198.51.100.7");
  EXPECT_EQ(client.ask(get("/")).body, "127.0.0.1");
}

TEST(Exchange, WhatAHandlerThrowsIsA500AndTheConnectionGoesOn) {
  test_server server;
  server.hooks.handle = [](request const& in) -> response {
    if (in.path == "/throw") throw std::runtime_error("secret detail");
    if (in.path == "/split") return {303, {{"Location", "/a\r\nSet-Cookie: b=c"}}, {}, false};
    return {};
  };
  server.start();
  test_client client(server.where());
  for (auto const* path : {"/throw", "/split"}) {
    auto const got = client.ask(get(path));
    EXPECT_EQ(got.status, 500) << path;
    EXPECT_THAT(got.body, Not(HasSubstr("secret")));
    EXPECT_FALSE(got.fields.contains("set-cookie"));
    expect_security_fields(got);
  }
  EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST(Exchange, WhatTheHooksAnswerIsCheckedToo) {
  test_server server;
  response const broken{404, {{"Location", "a\nb"}}, "x", false};
  server.hooks.admit = [&](request const&) { return admission{0, 60s, broken}; };
  server.hooks.refuse = [&](int, std::string_view, request const*) { return broken; };
  server.start();
  test_client client(server.where());
  auto const got = client.ask(get("/"));
  EXPECT_EQ(got.status, 500);
  EXPECT_FALSE(got.fields.contains("location"));
}

TEST(Exchange, ARouteMayRefuseBeforeTheBodyIsRead) {
  test_server server;
  server.hooks.admit = [](request const& in) {
    EXPECT_THAT(in.body, IsEmpty());
    admission out;
    if (in.path == "/nowhere") out.refusal = response{404, {}, "no such page", false};
    return out;
  };
  server.start();
  test_client client(server.where());
  EXPECT_EQ(client.ask(get("/nowhere")).status, 404);
  EXPECT_EQ(client.ask(get("/there")).status, 200) << "without a body the connection goes on";
  EXPECT_EQ(client.ask("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n").status,
            404);
  EXPECT_TRUE(client.ended_within(5s));
}

TEST(Exchange, TheApplicationWritesTheServersErrors) {
  test_server server;
  server.hooks.refuse = [](int status, std::string_view, request const* head) {
    return response{status, {}, head == nullptr ? "unknown" : "for " + head->path, false};
  };
  server.hooks.admit = [](request const&) { return admission{10, 60s, std::nullopt}; };
  server.start();
  {
    test_client client(server.where());
    EXPECT_EQ(client.ask("x\r\n\r\n").body, "unknown");
  }
  test_client client(server.where());
  EXPECT_EQ(client.ask(post("/fhir", "01234567890")).body, "for /fhir");
}

TEST(Exchange, IsWrittenDownWithoutQueryAndBody) {
  test_server server;
  server.start();
  {
    test_client client(server.where());
    client.ask(post("/a?secret=1", "secret", "Connection: close\r\n"));
    test_client second(server.where());
    second.ask("bad request\r\n\r\n");
  }
  ASSERT_TRUE(server.wait_for_open(0));
  std::lock_guard const lock(server.served_mutex);
  ASSERT_EQ(server.served.size(), 2U);
  EXPECT_EQ(server.served[0].method, "POST");
  EXPECT_EQ(server.served[0].path, "/a");
  EXPECT_EQ(server.served[0].status, 200);
  EXPECT_EQ(server.served[0].body_bytes_in, 6U);
  EXPECT_GT(server.served[0].bytes_out, 100U);
  EXPECT_EQ(server.served[1].method, "");
  EXPECT_EQ(server.served[1].status, 400);
  EXPECT_THAT(server.served[1].refused_because, HasSubstr("request line"));
}

TEST(Exchange, IsCounted) {
  test_server server;
  server.start();
  {
    test_client client(server.where());
    client.ask(get("/"));
    client.ask(get("/"));
    client.ask("bad\r\n\r\n");
  }
  ASSERT_TRUE(server.wait_for_open(0));
  auto const stats = server.stats();
  EXPECT_EQ(stats.connections_accepted, 1U);
  EXPECT_EQ(stats.requests, 3U);
  EXPECT_EQ(stats.by_status[200 - 100], 2U);
  EXPECT_EQ(stats.by_status[400 - 100], 1U);
  EXPECT_EQ(stats.cut[static_cast<std::size_t>(cut_reason::gate_refused)], 1U);
  std::uint64_t timed = 0;
  for (auto const bucket : stats.latency) timed += bucket;
  EXPECT_EQ(timed, 3U);
  EXPECT_EQ(stats.workers, 8U);
  EXPECT_EQ(stats.queue_depth, 0U);
}

}  // namespace
}  // namespace intake::service
