#pragma once
#include "certs/uuid.hpp"
#include "service/http/connection_places.hpp"
#include "service/http/counters.hpp"
#include "service/http/ip_address.hpp"
#include "service/http/listener.hpp"
#include "service/http/sockets.hpp"
#include "service/http/worker_pool.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>

#include <boost/asio/executor_work_guard.hpp>

namespace intake::service {

class session;

/// What all sessions of a server share; outlives them.
struct server_environment {
  server_environment(server_settings const&, server_hooks, certs::world);

  /// A name for a request: unique in this process, and across processes by a random prefix.
  std::string new_request_id();

  server_limits const limits;
  server_hooks const hooks;
  certs::world const world;
  trusted_proxies const proxies;
  /// The shortest of all limits in time, for the sessions' watchdogs.
  std::chrono::milliseconds const tick;
  connection_places places;
  std::atomic<std::size_t> body_bytes{0};
  worker_pool workers;

 private:
  std::string request_prefix_;
  std::atomic<std::uint32_t> request_count_{0};
};

/// One thread with its own event loop; a connection stays on the loop that it was given to.
struct socket_loop {
  counters count;

  // Touched by the loop's own thread only; they outlive the sessions that the context may still
  // hold.
  bool draining = false;
  std::unordered_set<session*> sessions;
  std::chrono::sys_seconds date_second{};
  std::string date_text;

  asio::io_context context{1};
  asio::executor_work_guard<executor> keep_running{context.get_executor()};
  std::thread thread;

  /// The Date field's value, written anew once a second.
  std::string_view date(certs::utc_time now);
};

}  // namespace intake::service
