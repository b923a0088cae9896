#include "service/http/router.hpp"
#include "service/http/session.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <boost/asio/post.hpp>

namespace intake::service {
namespace {

// The plaintext of one TLS record (RFC 8446 5.1): head and body of a small answer leave in one.
constexpr std::size_t record_bytes = 16 * 1024;

/// Runs a piece of work on a worker and its continuation back on the loop.
template <class Handler>
class hand_off final : public worker_pool::job {
 public:
  hand_off(executor loop, std::function<void()> work, Handler handler)
      : loop_(std::move(loop)), work_(std::move(work)), handler_(std::move(handler)) {}

  void run() noexcept override {
    work_();
    finish(true);
  }
  void finish(bool done) {
    auto const loop = loop_;
    auto handler = std::move(handler_);
    delete this;
    asio::post(loop, [handler = std::move(handler), done]() mutable { std::move(handler)(done); });
  }

 private:
  executor loop_;
  std::function<void()> work_;
  Handler handler_;
};

/// What became of a request on its worker, or later.
enum class handled { yes, not_taken, threw };

/// Has a request answered on whatever thread runs it and goes on on the loop; where the answer
/// comes later, that thread does not wait for it.
template <class Handler>
class answering final : public worker_pool::job {
 public:
  answering(executor loop, server_hooks const& hooks, request const& in, response& out,
            Handler handler)
      : loop_(std::move(loop)), hooks_(hooks), in_(in), out_(out), handler_(std::move(handler)) {}

  void run() noexcept override {
    answer([this] { return hooks_.handle(in_); });
  }
  void finish(handled how) {
    auto const loop = loop_;
    auto handler = std::move(handler_);
    delete this;
    asio::post(loop, [handler = std::move(handler), how]() mutable { std::move(handler)(how); });
  }

 private:
  void answer(answer_maker const& make) noexcept {
    try {
      out_ = make();
      if (auto* const later = std::get_if<later_answer>(&out_.body)) {
        auto const start = std::move(*later);
        return start([this](answer_maker made) { answer_on_loop(std::move(made)); });
      }
    } catch (...) {
      return finish(handled::threw);
    }
    finish(handled::yes);
  }

  /// A loop that has ended runs nothing any more, but what waits in it is freed.
  void answer_on_loop(answer_maker make) {
    asio::post(loop_, [self = std::unique_ptr<answering>(this), make = std::move(make)]() mutable {
      self.release()->answer(make);
    });
  }

  executor loop_;
  server_hooks const& hooks_;
  request const& in_;
  response& out_;
  Handler handler_;
};

void append_chunk(std::string& out, std::string_view piece) {
  std::array<char, 16> size{};
  auto const [end, error] = std::to_chars(size.data(), size.data() + size.size(), piece.size(), 16);
  out.append(size.data(), end).append("\r\n").append(piece).append("\r\n");
}

}  // namespace

task<bool> session::on_worker(entry how, std::function<void()> work) {
  auto token = use_task;
  return asio::async_initiate<asio::use_awaitable_t<executor>, void(bool)>(
      [this, how](auto handler, std::function<void()> given) {
        auto* const job = new hand_off<decltype(handler)>(loop_.context.get_executor(),
                                                          std::move(given), std::move(handler));
        if (how == entry::always) return environment_.workers.submit(*job, sender_);
        if (!environment_.workers.try_submit(*job, sender_)) job->finish(false);
      },
      token, std::move(work));
}

task<> session::handle() {
  phase_ = phase::working;
  watchdog_.rest();
  auto token = use_task;
  auto const how = co_await asio::async_initiate<asio::use_awaitable_t<executor>, void(handled)>(
      [this](auto handler) {
        auto* const job =
            new answering<decltype(handler)>(loop_.context.get_executor(), environment_.hooks,
                                             exchange_.in, exchange_.out, std::move(handler));
        auto const& is_quick = environment_.hooks.is_quick;
        if (is_quick && is_quick(exchange_.in)) return job->run();
        if (!environment_.workers.try_submit(*job, sender_)) job->finish(handled::not_taken);
      },
      token);
  if (how == handled::not_taken) refuse(503, "Every worker is busy");
  if (how == handled::threw) refuse(500, "The request could not be answered");
}

bool session::may_keep_alive() const {
  return exchange_.head_passed && exchange_.body_read && exchange_.gate.facts().keep_alive &&
         !exchange_.out.close && !loop_.draining &&
         served_ + 1 < environment_.limits.requests_per_connection_max;
}

response_frame session::frame(bool keep_alive) {
  response_frame out;
  out.version = exchange_.gate.facts().version;
  out.transport = stream_.is_tls() ? transport_kind::tls : transport_kind::plain;
  out.keep_alive = keep_alive;
  out.date = loop_.date(environment_.world.now());
  out.request_id = exchange_.in.request_id;
  return out;
}

task<bool> session::send() {
  enter(phase::writing, environment_.limits.write_time_max);
  auto const* const generator = std::get_if<body_generator>(&exchange_.out.body);
  // A body of unknown length ends an HTTP/1.0 connection: that is its only end mark.
  bool const ends_by_close =
      generator != nullptr && exchange_.gate.facts().version == http_version::http_1_0;
  bool const keep_alive = may_keep_alive() && !ends_by_close;
  auto const described = frame(keep_alive);
  bool sent = false;
  if (auto const* text = std::get_if<std::string>(&exchange_.out.body)) {
    sent = co_await send_bytes(*text, described);
  } else if (generator != nullptr) {
    sent = co_await send_generated(*generator, described);
  }
  if (!sent) gone_ = true;
  co_return sent&& keep_alive;
}

task<bool> session::send_bytes(std::string const& body, response_frame const& described) {
  auto head = described;
  bool const has_body = status_has_body(exchange_.out.status);
  head.framing = has_body ? body_framing::length : body_framing::none;
  head.body_bytes = body.size();
  output_.clear();
  append_response_head(output_, exchange_.out, head);
  std::string_view rest = body;
  if (!has_body || exchange_.in.method == http_method::head) rest = {};
  if (output_.size() < record_bytes) {
    auto const first = rest.substr(0, record_bytes - output_.size());
    output_.append(first);
    rest.remove_prefix(first.size());
  }
  if (!co_await write(output_)) co_return false;
  co_return rest.empty() || co_await write(rest);
}

task<bool> session::send_generated(body_generator const& generator,
                                   response_frame const& described) {
  auto head = described;
  bool const old = described.version == http_version::http_1_0;
  head.framing = old ? body_framing::until_close : body_framing::chunked;
  std::string piece;
  bool const wanted = exchange_.in.method != http_method::head;
  if (wanted && !co_await pull(generator, piece)) co_return false;
  output_.clear();
  append_response_head(output_, exchange_.out, head);
  while (wanted && !piece.empty()) {
    old ? void(output_.append(piece)) : append_chunk(output_, piece);
    if (!co_await write(output_)) co_return false;
    output_.clear();
    // Without its last chunk the client sees that the body is not whole.
    if (!co_await pull(generator, piece)) co_return false;
  }
  if (wanted && !old) output_.append("0\r\n\r\n");
  co_return output_.empty() || co_await write(output_);
}

task<bool> session::pull(body_generator const& generator, std::string& piece) {
  phase_ = phase::working;
  watchdog_.rest();
  bool threw = false;
  co_await on_worker(entry::always, [&] {
    try {
      piece = generator();
    } catch (...) {
      threw = true;
    }
  });
  enter(phase::writing, environment_.limits.write_time_max);
  co_return !threw;
}

task<bool> session::write(std::string_view bytes) {
  while (!bytes.empty()) {
    watchdog_.allow(environment_.limits.write_time_max);
    error_code error;
    auto const written =
        co_await stream_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    if (error) co_return false;
    exchange_.bytes_out += written;
    bytes.remove_prefix(written);
  }
  co_return true;
}

void session::close_books() {
  auto const took =
      std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - exchange_.arrived);
  ++served_;
  loop_.count.count_answer(exchange_.out.status, took);
  loop_.count.bytes_out.add(exchange_.bytes_out);
  if (!environment_.hooks.served) return;
  auto const& in = exchange_.in;
  bool const known = exchange_.head_passed;
  environment_.hooks.served({in.request_id, known ? in.client_address : peer_name_,
                             known ? method_name(in.method) : "", in.path, exchange_.out.status,
                             exchange_.counted_body_bytes, exchange_.bytes_out, took,
                             exchange_.refused_because});
}

}  // namespace intake::service
