/// How a server begins, changes its certificate and ends.
#include "tests/service/http/test_server.hpp"

#include <future>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

std::string failure_of(test_server& server) {
  try {
    server.start();
  } catch (std::exception const& problem) {
    return problem.what();
  }
  return "";
}

TEST(Lifetime, ATakenPortIsASentence) {
  test_server first;
  first.start();
  test_server second;
  second.settings.addresses = {first.where()};
  EXPECT_THAT(failure_of(second), HasSubstr("Cannot listen on 127.0.0.1 port "));
  test_server third;
  third.settings.addresses = {{"localhost", 0}};
  EXPECT_THAT(failure_of(third), HasSubstr("'localhost' is not numeric"));
}

TEST(Lifetime, ABadCertificateIsSaidBeforeListening) {
  test_server server;
  server.settings.tls_context = []() -> std::shared_ptr<ssl_ctx_st> {
    throw std::runtime_error("server.key: not a private key");
  };
  EXPECT_EQ(failure_of(server), "server.key: not a private key");
}

TEST(Lifetime, ListensOnSeveralAddresses) {
  test_server server;
  server.settings.addresses = {{"127.0.0.1", 0}, {"127.0.0.2", 0}};
  server.start();
  for (auto const& address : server.server->addresses()) {
    EXPECT_NE(address.port, 0);
    EXPECT_EQ(test_client(address).ask(get("/")).status, 200);
  }
}

TEST(Lifetime, ANewCertificateServesNewConnectionsOnly) {
  test_certificates certificates;
  test_server server;
  server.settings.tls_context = certificates.supplier();
  server.start();
  test_client old(server.where());
  auto const before = old.server_fingerprint();
  certificates.renew();
  server.server->reload_tls();
  EXPECT_NE(test_client(server.where()).server_fingerprint(), before);
  EXPECT_EQ(old.ask(get("/")).status, 200);
}

TEST(Lifetime, ABadCertificateKeepsTheOldOne) {
  test_certificates certificates;
  test_server server;
  server.settings.tls_context = certificates.supplier();
  server.start();
  auto const before = test_client(server.where()).server_fingerprint();
  certificates.spoil_key();
  EXPECT_THROW(server.server->reload_tls(), std::runtime_error);
  test_client after(server.where());
  EXPECT_EQ(after.server_fingerprint(), before);
  EXPECT_EQ(after.ask(get("/")).status, 200);
}

TEST(Lifetime, ReloadsWhileConnectionsCome) {
  test_certificates certificates;
  test_server server;
  server.settings.tls_context = certificates.supplier();
  server.start();
  std::jthread const reloader([&](std::stop_token stop) {
    while (!stop.stop_requested()) server.server->reload_tls();
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(test_client(server.where()).ask(get("/")).status, 200);
  }
}

TEST(Drain, FinishesTheRequestUnderWay) {
  test_server server;
  std::binary_semaphore begun{0};
  std::binary_semaphore may_end{0};
  server.hooks.handle = [&](request const&) {
    begun.release();
    may_end.acquire();
    return response{201, {}, "stored", false};
  };
  server.start();
  test_client client(server.where());
  client.send(post("/submission", "x"));
  begun.acquire();
  auto drained = std::async(std::launch::async, [&] { server.server->drain(30s); });
  EXPECT_EQ(drained.wait_for(200ms), std::future_status::timeout);
  may_end.release();
  auto const got = client.read_answer();
  EXPECT_EQ(got.status, 201);
  EXPECT_EQ(got.body, "stored");
  EXPECT_EQ(got.field("connection"), "close");
  client.read_to_end();
  client.vanish();
  drained.get();
  EXPECT_EQ(server.stats().connections_open, 0U);
  EXPECT_EQ(server.stats().cut[static_cast<std::size_t>(cut_reason::drained)], 0U);
}

TEST(Drain, LetsABodyThatIsComingInComeIn) {
  test_server server;
  server.start();
  test_client client(server.where());
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
  while (server.stats().body_bytes_in < 2) std::this_thread::sleep_for(1ms);
  auto drained = std::async(std::launch::async, [&] { server.server->drain(30s); });
  EXPECT_EQ(drained.wait_for(100ms), std::future_status::timeout);
  EXPECT_EQ(client.ask("cd").body, "/a\nabcd");
  client.read_to_end();
  client.vanish();
  drained.get();
}

TEST(Drain, ClosesIdleConnectionsAndTakesNoNewOnes) {
  test_server server;
  server.start();
  auto const where = server.where();
  test_client idle(where);
  EXPECT_EQ(idle.ask(get("/")).status, 200);
  auto drained = std::async(std::launch::async, [&] { server.server->drain(30s); });
  EXPECT_EQ(idle.read_to_end(), "");
  idle.vanish();
  drained.get();
  EXPECT_ANY_THROW(test_client{where});
}

TEST(Drain, AnswersTheFirstRequestOfAConnectionThatJustCame) {
  test_server server;
  server.start();
  test_client fresh(server.where());
  auto drained = std::async(std::launch::async, [&] { server.server->drain(30s); });
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(fresh.ask(get("/")).status, 200);
  fresh.read_to_end();
  fresh.vanish();
  drained.get();
}

TEST(Drain, CutsWhoIsNotDoneInTime) {
  test_server server;
  server.start();
  test_client slow(server.where());
  slow.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
  while (server.stats().body_bytes_in < 2) std::this_thread::sleep_for(1ms);
  auto const begin = std::chrono::steady_clock::now();
  server.server->drain(100ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  EXPECT_EQ(server.stats().cut[static_cast<std::size_t>(cut_reason::drained)], 1U);
  EXPECT_TRUE(slow.ended_within(5s));
}

TEST(Drain, UnderLoadNoAnswerIsLost) {
  test_server server;
  server.start();
  std::atomic<bool> stop{false};
  std::vector<std::future<int>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::async(std::launch::async, [&] {
      int broken = 0;
      test_client client(server.where());
      for (int n = 0; !stop; ++n) {
        if (!client.send(post("/", "x"))) break;
        auto const got = client.read_answer();
        // An idle connection may be closed as the next request leaves; half an answer never comes.
        if (got.status != 0 && !got.whole) ++broken;
        if (got.status == 0 || got.field("connection") == "close") break;
      }
      return broken;
    }));
  }
  std::this_thread::sleep_for(100ms);
  server.server->drain(30s);
  stop = true;
  for (auto& client : clients) EXPECT_EQ(client.get(), 0);
}

}  // namespace
}  // namespace intake::service
