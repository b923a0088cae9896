/// Answers that come after their worker has gone on to something else.
#include "tests/service/http/test_server.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using taker = std::function<void(answer_maker)>;

/// Keeps those who wait for an answer, as the database's writer does.
class waiting_room {
 public:
  response wait() {
    return {.status = 0, .fields = {}, .body = later_answer([this](taker take) {
                                         {
                                           std::lock_guard const lock(mutex_);
                                           waiting_.push_back(std::move(take));
                                         }
                                         changed_.notify_all();
                                       })};
  }
  /// Blocks until somebody waits.
  taker next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !waiting_.empty(); });
    auto take = std::move(waiting_.front());
    waiting_.pop_front();
    return take;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<taker> waiting_;
};

response text(std::string words) {
  return {200, {}, std::move(words), false};
}

struct later_server : test_server {
  waiting_room room;
  later_server() {
    settings.worker_threads = 1;
    hooks.handle = [this](request const& in) {
      return in.path == "/later" ? room.wait() : text("at once");
    };
    start();
  }
};

TEST(LaterAnswer, LeavesItsWorkerToOthers) {
  later_server server;
  test_client patient(server.where());
  test_client other(server.where());
  patient.send(get("/later"));
  auto const take = server.room.next();
  EXPECT_EQ(other.ask(get("/")).body, "at once") << "the only worker is free";
  std::thread([&] { take([] { return text("after the commit"); }); }).join();
  EXPECT_EQ(patient.read_answer().body, "after the commit");
  EXPECT_EQ(patient.ask(get("/")).body, "at once") << "the connection goes on";
}

TEST(LaterAnswer, IsMadeOnTheConnectionsThreadAndHoldsNobodyUp) {
  later_server server;
  test_client client(server.where());
  client.send(get("/later"));
  auto const take = server.room.next();
  std::promise<void> goes_on;
  std::thread giver([&] {
    take([ready = goes_on.get_future().share()] {
      bool const held_up = ready.wait_for(std::chrono::seconds(5)) != std::future_status::ready;
      return text(held_up ? "the giver waits for it" : "made later");
    });
    goes_on.set_value();
  });
  giver.join();
  EXPECT_EQ(client.read_answer().body, "made later");
}

TEST(LaterAnswer, MayBeGivenByTheHandlersOwnThread) {
  test_server server;
  server.hooks.handle = [](request const&) {
    return response{.status = 0, .fields = {}, .body = later_answer([](taker const& take) {
                                                 take([] { return text("refused at once"); });
                                               })};
  };
  server.start();
  test_client client(server.where());
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(client.ask(get("/")).body, "refused at once");
  }
}

TEST(LaterAnswer, ThatCannotBeMadeIs500) {
  later_server server;
  test_client client(server.where());
  client.send(get("/later"));
  server.room.next()([]() -> response { throw std::runtime_error("no"); });
  EXPECT_EQ(client.read_answer().status, 500);
}

TEST(LaterAnswer, IsThrownAwayWhereNobodyWaitsAnyMore) {
  later_server server;
  taker take;
  {
    test_client client(server.where());
    client.send(get("/later"));
    take = server.room.next();
  }
  take([] { return text("too late"); });
  EXPECT_TRUE(server.wait_for_open(0));
  EXPECT_EQ(test_client(server.where()).ask(get("/")).body, "at once");
}

TEST(LaterAnswer, IsWaitedForWhenTheServerDrains) {
  later_server server;
  test_client client(server.where());
  client.send(get("/later"));
  auto const take = server.room.next();
  std::thread ending([&] { server.server->drain(std::chrono::seconds(10)); });
  take([] { return text("the last receipt"); });
  EXPECT_EQ(client.read_answer().body, "the last receipt");
  ending.join();
}

TEST(QuickRequest, NeedsNoWorker) {
  test_server server;
  std::mutex held;
  server.settings.worker_threads = 1;
  server.hooks.is_quick = [](request const& in) { return in.path == "/quick"; };
  server.hooks.handle = [&](request const& in) {
    if (in.path != "/quick") std::lock_guard const lock(held);
    return text("answered");
  };
  server.start();
  test_client slow(server.where());
  {
    std::lock_guard const lock(held);
    slow.send(get("/slow"));
    EXPECT_EQ(test_client(server.where()).ask(get("/quick")).body, "answered");
  }
  EXPECT_EQ(slow.read_answer().body, "answered");
}

TEST(QuickRequest, ThatThrowsIs500) {
  test_server server;
  server.hooks.is_quick = [](request const&) { return true; };
  server.hooks.handle = [](request const&) -> response { throw std::runtime_error("no"); };
  server.start();
  EXPECT_EQ(test_client(server.where()).ask(get("/")).status, 500);
}

}  // namespace
}  // namespace intake::service
