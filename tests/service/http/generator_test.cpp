/// Bodies that are made while they are sent.
#include "tests/service/http/test_server.hpp"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using namespace std::chrono_literals;

/// Gives `pieces` pieces of 64 KiB, each of another letter.
body_generator letters(int pieces) {
  auto next = std::make_shared<int>(0);
  return [next, pieces] {
    if (*next == pieces) return std::string();
    return std::string(64 * 1024, static_cast<char>('a' + (*next)++ % 26));
  };
}

std::string whole(int pieces) {
  std::string out;
  auto const generator = letters(pieces);
  for (auto piece = generator(); !piece.empty(); piece = generator()) out += piece;
  return out;
}

TEST(Generator, IsSentInChunksAndTheConnectionGoesOn) {
  test_server server;
  server.hooks.handle = [](request const& in) {
    return response{200, {}, letters(in.path == "/empty" ? 0 : 50), false};
  };
  server.start();
  test_client client(server.where());
  for (int round = 0; round < 2; ++round) {
    auto const got = client.ask(get("/"));
    EXPECT_EQ(got.field("transfer-encoding"), "chunked");
    EXPECT_TRUE(got.whole);
    EXPECT_TRUE(got.body == whole(50));
  }
  EXPECT_TRUE(client.ask(get("/empty")).whole);
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.read_answer(test_client::method::head).status, 200);
  EXPECT_TRUE(client.ask(get("/empty")).whole);
}

TEST(Generator, EndsAnOldClientsConnection) {
  test_server server;
  server.hooks.handle = [](request const&) { return response{200, {}, letters(3), false}; };
  server.start();
  test_client client(server.where());
  auto const got = client.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(got.field("transfer-encoding"), "");
  EXPECT_EQ(got.field("connection"), "close");
  EXPECT_TRUE(got.body == whole(3));
}

TEST(Generator, ThatFailsLeavesTheBodyVisiblyIncomplete) {
  test_server server;
  server.hooks.handle = [](request const&) {
    auto count = std::make_shared<int>(0);
    return response{200,
                    {},
                    body_generator([count]() -> std::string {
                      if (++*count == 3) throw std::runtime_error("disk");
                      return "piece";
                    }),
                    false};
  };
  server.start();
  test_client client(server.where());
  auto const got = client.ask(get("/"));
  EXPECT_EQ(got.body, "piecepiece");
  EXPECT_FALSE(got.whole);
}

TEST(Generator, KeepsNoWorkerWhileAClientReadsSlowly) {
  test_server server;
  server.settings.worker_threads = 1;
  server.hooks.handle = [](request const& in) {
    if (in.path == "/long") return response{200, {}, letters(1000), false};
    return response{};
  };
  server.start();
  test_client slow(server.where());
  slow.send(get("/long"));
  test_client other(server.where());
  for (int i = 0; i < 20; ++i) ASSERT_EQ(other.ask(get("/")).status, 200);
}

}  // namespace
}  // namespace intake::service
