#include "service/http/listener.hpp"

#include "certs/expects.hpp"
#include "service/http/server_environment.hpp"
#include "service/http/session.hpp"

#include <list>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <pthread.h>

namespace intake::service {
namespace {

constexpr int backlog = 4096;
// With no file descriptor left accepting fails at once, again and again.
constexpr std::chrono::milliseconds accept_pause{50};
// How often a drain looks whether connections that were cut have ended.
constexpr std::chrono::seconds cut_interval{1};

listen_address address_of(tcp_acceptor const& acceptor) {
  auto const endpoint = acceptor.local_endpoint();
  return {endpoint.address().to_string(), endpoint.port()};
}

tcp_acceptor listen_on(socket_loop& loop, listen_address const& where) {
  error_code error;
  auto const host = asio::ip::make_address(where.host, error);
  if (error) throw std::invalid_argument("The address '" + where.host + "' is not numeric");
  asio::ip::tcp::endpoint const endpoint(host, where.port);
  tcp_acceptor acceptor(loop.context.get_executor());
  acceptor.open(endpoint.protocol(), error);
  if (!error && host.is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(backlog, error);
  if (error) {
    throw std::runtime_error("Cannot listen on " + where.host + " port " +
                             std::to_string(where.port) + ": " + error.message());
  }
  return acceptor;
}

}  // namespace

struct http_server::state {
  state(server_settings given, server_hooks hooks, certs::world world)
      : settings(std::move(given)), environment(settings, std::move(hooks), std::move(world)) {}

  task<> accept(tcp_acceptor& acceptor);
  task<> pause();
  void take_in(tcp_socket socket, socket_loop& loop);
  std::shared_ptr<ssl_ctx_st> tls();
  template <class Verb>
  void on_every_loop(Verb verb);
  void stop_accepting();
  void end_threads();

  server_settings const settings;
  server_environment environment;
  std::list<socket_loop> loops;
  std::list<tcp_acceptor> acceptors;
  std::vector<listen_address> bound;
  std::size_t next_loop = 0;

  std::mutex tls_mutex;
  std::shared_ptr<ssl_ctx_st> tls_context;
};

http_server::http_server(server_settings settings, server_hooks hooks, certs::world world)
    : state_(std::make_unique<state>(std::move(settings), std::move(hooks), std::move(world))) {
  auto& s = *state_;
  certs::expects(s.settings.socket_threads > 0, "a server has a socket thread");
  certs::expects(static_cast<bool>(s.environment.hooks.handle), "a server has a handler");
  reload_tls();
  for (std::size_t i = 0; i < s.settings.socket_threads; ++i) s.loops.emplace_back();
  for (auto const& address : s.settings.addresses) {
    s.bound.push_back(address_of(s.acceptors.emplace_back(listen_on(s.loops.front(), address))));
  }
}

http_server::~http_server() {
  drain(std::chrono::milliseconds(0));
}

void http_server::start() {
  auto& s = *state_;
  for (auto& acceptor : s.acceptors) {
    asio::co_spawn(
        s.loops.front().context, [&s, &acceptor] { return s.accept(acceptor); }, asio::detached);
  }
  for (auto& loop : s.loops) {
    loop.thread = std::thread([&loop] { loop.context.run(); });
    pthread_setname_np(loop.thread.native_handle(), "intake-socket");
  }
}

task<> http_server::state::accept(tcp_acceptor& acceptor) {
  while (acceptor.is_open()) {
    auto loop = std::next(loops.begin(), static_cast<std::ptrdiff_t>(next_loop++ % loops.size()));
    error_code error;
    auto socket = co_await acceptor.async_accept(loop->context.get_executor(),
                                                 asio::redirect_error(use_task, error));
    if (!error) {
      take_in(std::move(socket), *loop);
    } else if (error != asio::error::operation_aborted) {
      co_await pause();
    }
  }
}

task<> http_server::state::pause() {
  steady_timer timer(loops.front().context.get_executor(), accept_pause);
  error_code ignored;
  co_await timer.async_wait(asio::redirect_error(use_task, ignored));
}

void http_server::state::take_in(tcp_socket socket, socket_loop& loop) {
  error_code error;
  auto const endpoint = socket.remote_endpoint(error);
  auto const peer = read_ip_address(endpoint.address().to_string());
  if (error || !peer) return;
  auto& count = loops.front().count;
  auto const kind = environment.proxies.trusts(*peer) ? connection_places::peer_kind::trusted_proxy
                                                      : connection_places::peer_kind::client;
  auto const answer = environment.places.take(*peer, kind, steady::now());
  if (answer != connection_places::answer::taken) {
    return count.count_cut(answer == connection_places::answer::full ? cut_reason::connections_full
                                                                     : cut_reason::address_full);
  }
  count.accepted.add();
  auto made =
      std::make_shared<session>(environment, loop, byte_stream(std::move(socket), tls()), *peer);
  asio::post(loop.context, [made = std::move(made)] { made->start(); });
}

std::shared_ptr<ssl_ctx_st> http_server::state::tls() {
  std::lock_guard const lock(tls_mutex);
  return tls_context;
}

std::vector<listen_address> const& http_server::addresses() const {
  return state_->bound;
}

void http_server::reload_tls() {
  auto& s = *state_;
  if (!s.settings.tls_context) return;
  auto fresh = s.settings.tls_context();
  certs::expects(fresh != nullptr, "a TLS supplier gives a context or throws");
  std::lock_guard const lock(s.tls_mutex);
  s.tls_context.swap(fresh);
}

template <class Verb>
void http_server::state::on_every_loop(Verb verb) {
  for (auto& loop : loops) {
    asio::post(loop.context, [&loop, verb] {
      // A session that ends takes itself off the loop's set.
      auto const sessions = loop.sessions;
      for (auto* const each : sessions) verb(*each);
    });
  }
}

void http_server::state::stop_accepting() {
  asio::post(loops.front().context, [this] {
    error_code ignored;
    for (auto& acceptor : acceptors) acceptor.close(ignored);
  });
  for (auto& loop : loops) asio::post(loop.context, [&loop] { loop.draining = true; });
}

void http_server::state::end_threads() {
  for (auto& loop : loops) loop.keep_running.reset();
  for (auto& loop : loops) loop.thread.join();
}

void http_server::drain(std::chrono::milliseconds patience) {
  auto& s = *state_;
  if (s.loops.empty() || !s.loops.front().thread.joinable()) return;
  auto const deadline = steady::now() + patience;
  s.stop_accepting();
  s.on_every_loop([](session& each) { each.drain(); });
  if (!s.environment.places.wait_until_empty(deadline)) {
    // A connection that was being accepted while we cut is met by the next round.
    do {
      s.on_every_loop([](session& each) { each.cut(cut_reason::drained); });
    } while (!s.environment.places.wait_until_empty(steady::now() + cut_interval));
  }
  s.end_threads();
}

server_stats http_server::stats() const {
  server_stats sum;
  for (auto const& loop : state_->loops) loop.count.add_to(sum);
  sum.connections_open = state_->environment.places.open();
  auto const load = state_->environment.workers.now();
  sum.workers = load.threads;
  sum.workers_busy = load.busy;
  sum.queue_depth = load.waiting;
  return sum;
}

}  // namespace intake::service
