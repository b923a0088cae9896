#include "service/http/session.hpp"

#include <memory>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace intake::service {
namespace {

// How long we wait for a client's own good-bye, which many never say.
constexpr std::chrono::milliseconds goodbye_time_max{100};
// How long we then wait for it to read our last answer and close.
constexpr std::chrono::milliseconds ending_time_max{3'000};
// A connection that has not asked anything yet may still do so while we drain: its request may be
// under way.
constexpr std::chrono::milliseconds last_call_time_max{1'000};

// What a connection keeps of its output buffer between requests.
constexpr std::size_t kept_output_bytes_max = 32 * 1024;

}  // namespace

session::session(server_environment& environment, socket_loop& loop, byte_stream stream,
                 ip_address const& peer)
    : environment_(environment),
      loop_(loop),
      stream_(std::move(stream)),
      peer_(peer),
      peer_name_(to_string(peer)),
      trusted_peer_(environment.proxies.trusts(peer)),
      watchdog_(stream_.get_executor(), environment.tick) {}

session::~session() {
  loop_.sessions.erase(this);
  forget_exchange();
  // The kernel's socket goes first: who waits for the last place may count on it.
  stream_.cut();
  environment_.places.give_back(peer_, trusted_peer_ ? connection_places::peer_kind::trusted_proxy
                                                     : connection_places::peer_kind::client);
}

void session::start() {
  loop_.sessions.insert(this);
  watchdog_.start(weak_from_this(), [this] { late(); });
  asio::co_spawn(
      loop_.context, [self = shared_from_this()]() -> task<> { co_await self->run(); },
      asio::detached);
}

task<> session::run() {
  error_code error;
  enter(phase::handshake, environment_.limits.handshake_time_max);
  co_await stream_.handshake(error);
  if (error) {
    if (!late_) loop_.count.count_cut(cut_reason::handshake_failed);
    co_return;
  }
  client_certificate_ = stream_.client_certificate();
  while (co_await serve_one()) {
  }
  if (gone_) co_return;
  enter(phase::goodbye, goodbye_time_max);
  co_await stream_.say_goodbye();
  if (quiet_) co_return;
  enter(phase::ending, ending_time_max);
  co_await stream_.wait_for_end();
}

task<bool> session::serve_one() {
  auto const arrived = co_await receive();
  quiet_ = arrived == arrival::quiet;
  if (quiet_ || arrived == arrival::gone) co_return false;
  exchange_.arrived = steady::now();
  if (arrived == arrival::whole) co_await handle();
  if (!well_formed(exchange_.out)) refuse(500, "The answer was not fit to be sent");
  bool const goes_on = co_await send();
  close_books();
  forget_exchange();
  co_return goes_on;
}

/// An idle connection holds neither the last answers nor a share of the memory for bodies.
void session::forget_exchange() {
  give_back_body();
  // Assigning would not do: a string that is given an empty one keeps its memory, and what was in
  // it.
  std::destroy_at(&exchange_);
  std::construct_at(&exchange_);
  wipe_input();
  if (output_.capacity() > kept_output_bytes_max) output_ = {};
  output_.assign(output_.capacity(), '\0');
  output_.clear();
}

void session::give_back_body() {
  environment_.body_bytes -= exchange_.counted_body_bytes;
  exchange_.counted_body_bytes = 0;
}

void session::enter(phase next, std::chrono::milliseconds allowed) {
  phase_ = next;
  late_ = false;
  watchdog_.allow(allowed);
}

void session::late() {
  late_ = true;
  switch (phase_) {
    case phase::idle:
    case phase::goodbye:
      return stream_.cancel();
    case phase::head:
      loop_.count.count_cut(cut_reason::head_late);
      return stream_.cancel();
    case phase::body:
      loop_.count.count_cut(cut_reason::body_late);
      return stream_.cancel();
    case phase::handshake:
      return cut(cut_reason::handshake_late);
    case phase::writing:
      return cut(cut_reason::write_late);
    case phase::ending:
    case phase::working:
      return stream_.cut();
  }
}

void session::drain() {
  if (phase_ != phase::idle) return;
  if (served_ == 0) return watchdog_.allow(last_call_time_max);
  stream_.cancel();
}

void session::cut(cut_reason reason) {
  if (!gone_) loop_.count.count_cut(reason);
  gone_ = true;
  stream_.cut();
}

}  // namespace intake::service
