#pragma once
#include "certs/uuid.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"
#include "service/http/stats.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// OpenSSL's own name for SSL_CTX; its headers stay out of ours.
struct ssl_ctx_st;

namespace intake::service {

/// A numeric IPv4 or IPv6 address and a port; port 0 asks the kernel for a free one.
struct listen_address {
  std::string host;
  std::uint16_t port = 0;
};

/// Everything a client could exhaust, and when the server stops waiting for it.
struct server_limits {
  std::size_t connections_max = 4096;
  /// From one IPv4 address or one IPv6 /64; trusted proxies are exempt. A waiting room where 200
  /// patients an hour fill in for 25 minutes keeps some 80 telephones, with two or three each.
  std::size_t connections_per_address_max = 1024;
  /// New ones from there: so many at once, then so many a second. Each costs a signature.
  std::size_t connections_burst_per_address_max = 1024;
  std::size_t connections_per_second_per_address = 50;
  std::size_t requests_per_connection_max = 100'000;
  /// Requests waiting for a worker; past it clients get 503 with Retry-After.
  std::size_t queue_max = 256;
  /// Of them from one address, and how many of its requests may be worked on at once: a flood waits
  /// behind itself. At least twice the processors, so that one client can use them all.
  std::size_t queue_per_address_max = 64;
  std::size_t at_work_per_address_max = 8;
  /// Of all bodies being read or worked on together; past it clients get 503 with Retry-After.
  std::size_t all_bodies_bytes_max = 256 << 20;
  std::chrono::milliseconds handshake_time_max{10'000};
  /// From a request's first byte (of a new connection: from the handshake) to its head's last.
  std::chrono::milliseconds head_time_max{10'000};
  /// How long a kept-alive connection may say nothing.
  std::chrono::milliseconds idle_time_max{60'000};
  /// After this a body must have come in at `body_bytes_per_second_min` on average.
  std::chrono::milliseconds body_grace_time{5'000};
  std::size_t body_bytes_per_second_min = 1024;
  /// How long a client may take no byte of a response.
  std::chrono::milliseconds write_time_max{30'000};
};

/// What the session must know of a route before it reads a body.
struct admission {
  std::size_t body_bytes_max = 1 << 20;
  std::chrono::milliseconds body_time_max{60'000};
  /// Answered instead of reading the body (404, 405, 401, …).
  std::optional<response> refusal;
};

/// One request as the access log may know it: nothing in it comes from a body or a query. The texts
/// are good for the call only.
struct served_request {
  std::string_view request_id;
  std::string_view client_address;
  /// Empty where the gate refused the head.
  std::string_view method;
  std::string_view path;
  int status = 0;
  std::uint64_t body_bytes_in = 0;
  std::uint64_t bytes_out = 0;
  std::chrono::microseconds took{0};
  /// Why the server itself refused; never holds a byte of the request.
  std::string_view refused_because;
};

/// What the application does with requests. All but `handle` run on a socket thread: they must be
/// quick and not block.
struct server_hooks {
  /// Runs on a worker thread, several at once. What it throws becomes a 500 by `refuse`.
  std::function<response(request const&)> handle;
  /// Whether `handle` answers this request within a fraction of a millisecond and waits for
  /// nothing: then it runs where the request arrived, which spares two changes of thread. Absent:
  /// never.
  std::function<bool(request const&)> is_quick;
  /// Sees the head only (body empty); absent: the defaults of `admission`.
  std::function<admission(request const&)> admit;
  /// Writes the server's own errors (400, 408, 413, 417, 431, 500, 503, …); `head` is null where
  /// the gate refused it. Absent: one line of text/plain.
  std::function<response(int status, std::string_view sentence, request const* head)> refuse;
  /// After the last byte of each response; absent: nothing.
  std::function<void(served_request const&)> served;
};

struct server_settings {
  std::vector<listen_address> addresses;
  server_limits limits;
  /// Loads certificate and key and gives a context; throws with a sentence. Absent: no TLS
  /// (loopback metrics).
  std::function<std::shared_ptr<ssl_ctx_st>()> tls_context;
  /// "10.0.0.0/8", "::1": peers whose X-Forwarded-For is believed, from the right.
  std::vector<std::string> trusted_proxies;
  std::size_t socket_threads = 2;
  /// Enough that 64 submissions wait for their commit while pages are still served.
  std::size_t worker_threads = 96;
};

/// An HTTP/1.1 server: sockets on few threads, handlers on a bounded pool of workers.
class http_server {
 public:
  /// Binds and listens, so that a taken port or a bad certificate throws here (a sentence); takes
  /// no connection yet.
  http_server(server_settings, server_hooks, certs::world);
  /// Drains with no patience.
  ~http_server();
  http_server(http_server const&) = delete;
  http_server& operator=(http_server const&) = delete;

  /// Starts the threads and returns.
  void start();

  /// Where it listens, with the ports the kernel chose.
  std::vector<listen_address> const& addresses() const;

  /// Loads the certificate again for connections to come; nothing to do without TLS. Throws what
  /// the supplier throws and keeps the old one.
  void reload_tls();

  /// Stops accepting, closes idle connections, finishes requests under way; after `patience` cuts
  /// the rest. Returns when every connection is closed and every thread has ended.
  void drain(std::chrono::milliseconds patience);

  server_stats stats() const;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace intake::service
