#include "service/http/characters.hpp"
#include "service/http/head_reader.hpp"
#include "service/http/session.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace intake::service {
namespace {

// Takes a whole TLS record in one read, and the byte with which a head becomes too long.
constexpr std::size_t input_bytes = head_bytes_max + 1;
// A body is given its room at once up to here; past it the room grows with what really comes.
constexpr std::size_t body_reserve_bytes_max = 64 * 1024;

response plain_refusal(int status, std::string_view sentence) {
  return {status,
          {{"Content-Type", "text/plain; charset=utf-8"}},
          std::string(sentence) + ".\n",
          false};
}

bool has_field(response const& answer, std::string_view name) {
  return std::ranges::any_of(answer.fields, [&](http_field const& field) {
    return characters::same_ignoring_case(field.name, name);
  });
}

}  // namespace

std::string_view session::pending() const {
  return {input_.get() + input_begin_, input_end_ - input_begin_};
}

task<session::arrival> session::receive() {
  auto arrived = co_await receive_head();
  if (arrived != arrival::whole) co_return arrived;
  admission admitted;
  arrived = open_exchange(admitted);
  if (arrived != arrival::whole) co_return arrived;
  co_return co_await receive_body(admitted);
}

task<session::arrival> session::receive_head() {
  bool const fresh = served_ == 0;
  enter(phase::idle, fresh ? environment_.limits.head_time_max : environment_.limits.idle_time_max);
  auto& gate = exchange_.gate;
  for (;;) {
    auto const verdict = gate.read(pending());
    if (verdict == verdict::passed) co_return arrival::whole;
    if (verdict == verdict::refused) {
      loop_.count.count_cut(cut_reason::gate_refused);
      co_return refuse(gate.why().status, gate.why().sentence);
    }
    if (!pending().empty() && phase_ == phase::idle) {
      phase_ = phase::head;
      if (!fresh) watchdog_.allow(environment_.limits.head_time_max);
    }
    if (loop_.draining && !fresh && phase_ == phase::idle) co_return arrival::quiet;
    if (!co_await read_more()) co_return stopped();
  }
}

task<bool> session::read_more() {
  if (!input_) input_ = std::make_unique_for_overwrite<char[]>(input_bytes);
  if (input_begin_ == input_end_) {
    input_begin_ = input_end_ = 0;
  } else if (input_begin_ > 0) {
    std::memmove(input_.get(), input_.get() + input_begin_, input_end_ - input_begin_);
    input_end_ -= std::exchange(input_begin_, 0);
  }
  error_code error;
  input_end_ += co_await stream_.read_some(
      asio::buffer(input_.get() + input_end_, input_bytes - input_end_), error);
  input_touched_ = std::max(input_touched_, input_end_);
  if (error && !late_ && !loop_.draining) gone_ = true;
  co_return !error && !late_;
}

/// All but what of the next request has come already.
void session::wipe_input() {
  if (!input_) return;
  ::explicit_bzero(input_.get(), input_begin_);
  ::explicit_bzero(input_.get() + input_end_, input_touched_ - input_end_);
  input_touched_ = input_end_;
}

/// Tells why reading stopped: late (408 where a request had begun), drained, or the client is gone.
session::arrival session::stopped() {
  if (gone_) return arrival::gone;
  if (!late_ && phase_ != phase::idle) {
    gone_ = true;
    return arrival::gone;
  }
  if (phase_ == phase::idle) return arrival::quiet;
  return refuse(408, phase_ == phase::head ? "The request's head took too long"
                                           : "The request's body took too long");
}

session::arrival session::open_exchange(admission& admitted) {
  auto& [gate, in, out, head_passed, body_read, because, arrived, bytes_out, counted] = exchange_;
  auto& facts = gate.facts();
  if (!read_head(pending().substr(0, gate.size()), facts, in)) {
    loop_.count.count_cut(cut_reason::gate_refused);
    return refuse(400, "The request's head can be understood in two ways");
  }
  input_begin_ += gate.size();
  head_passed = true;
  in.method = facts.method;
  in.path = std::move(facts.target.path);
  in.query = std::move(facts.target.query);
  in.request_id = environment_.new_request_id();
  in.received = environment_.world.now();
  in.client_certificate = client_certificate_;
  auto const forwarded = trusted_peer_ ? in.field("x-forwarded-for") : std::nullopt;
  auto const client = forwarded ? environment_.proxies.client(peer_, *forwarded) : peer_;
  in.client_address = forwarded ? to_string(client) : peer_name_;
  sender_ = std::hash<ip_address>{}(client.client_network());
  body_read = facts.content_length == 0 && !facts.chunked;
  if (environment_.hooks.admit) admitted = environment_.hooks.admit(in);
  if (admitted.refusal) {
    out = *std::move(admitted.refusal);
    return arrival::answered;
  }
  if (facts.content_length > admitted.body_bytes_max) return refuse(413, "The body is too long");
  return arrival::whole;
}

task<session::arrival> session::receive_body(admission const& admitted) {
  if (exchange_.body_read) co_return arrival::whole;
  auto const& facts = exchange_.gate.facts();
  auto const& limits = environment_.limits;
  enter(phase::body, limits.body_grace_time);
  if (facts.expects_continue && pending().empty()) co_await invite_body();
  exchange_.in.body.reserve(std::min<std::size_t>(facts.content_length, body_reserve_bytes_max));
  auto const begin = steady::now();
  chunk_gate chunks(admitted.body_bytes_max);
  for (;;) {
    auto const verdict = take_body(chunks);
    if (verdict == verdict::refused) co_return refuse(chunks.why().status, chunks.why().sentence);
    if (environment_.body_bytes > limits.all_bodies_bytes_max) {
      // Before the answer leaves: who is refused must not stand in the way of those who wait.
      give_back_body();
      // Nobody may take the part that came for the whole.
      exchange_.in.body = {};
      co_return refuse(503, "Too many large requests at once");
    }
    if (verdict == verdict::passed) break;
    auto const earned =
        std::chrono::milliseconds(exchange_.in.body.size() * 1000 /
                                  std::max<std::size_t>(1, limits.body_bytes_per_second_min));
    watchdog_.allow_until(begin +
                          std::min(admitted.body_time_max, limits.body_grace_time + earned));
    if (!co_await read_more()) co_return stopped();
  }
  exchange_.body_read = true;
  co_return arrival::whole;
}

/// RFC 9110 10.1.1. When it cannot be written the next read fails, which tells more.
task<> session::invite_body() {
  constexpr std::string_view invitation = "HTTP/1.1 100 Continue\r\n\r\n";
  error_code ignored;
  co_await stream_.write_some(asio::buffer(invitation.data(), invitation.size()), ignored);
}

/// Moves what has come in of the body from the input to the request.
verdict session::take_body(chunk_gate& chunks) {
  auto& body = exchange_.in.body;
  auto const& facts = exchange_.gate.facts();
  auto const before = body.size();
  auto rest = pending();
  auto verdict = verdict::more;
  if (facts.chunked) {
    verdict = chunks.read(rest, body);
  } else {
    auto const missing = static_cast<std::size_t>(facts.content_length) - body.size();
    auto const taken = rest.substr(0, missing);
    body.append(taken);
    rest.remove_prefix(taken.size());
    if (taken.size() == missing) verdict = verdict::passed;
  }
  input_begin_ = input_end_ - rest.size();
  auto const grown = body.size() - before;
  loop_.count.body_bytes_in.add(grown);
  exchange_.counted_body_bytes += grown;
  environment_.body_bytes += grown;
  return verdict;
}

session::arrival session::refuse(int status, std::string_view sentence) {
  auto& [gate, in, out, head_passed, body_read, because, arrived, bytes_out, counted] = exchange_;
  because = sentence;
  if (in.request_id.empty()) in.request_id = environment_.new_request_id();
  auto const& hook = environment_.hooks.refuse;
  if (hook) out = hook(status, sentence, head_passed ? &in : nullptr);
  if (!hook || !well_formed(out)) out = plain_refusal(status, sentence);
  if (out.status == 503 && !has_field(out, "retry-after")) {
    out.fields.push_back({"Retry-After", "2"});
  }
  return arrival::answered;
}

}  // namespace intake::service
