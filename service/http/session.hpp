#pragma once
#include "service/http/byte_stream.hpp"
#include "service/http/gate.hpp"
#include "service/http/response_head.hpp"
#include "service/http/server_environment.hpp"
#include "service/http/watchdog.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// One connection from its handshake to its end: requests are read, handed to a worker and answered
/// one after another.
///
/// Everything but the handler and a body's generator runs on the loop's thread.
class session : public std::enable_shared_from_this<session> {
 public:
  /// Takes over a place that was taken for `peer`.
  session(server_environment&, socket_loop&, byte_stream, ip_address const& peer);
  ~session();
  session(session const&) = delete;
  session& operator=(session const&) = delete;

  /// Returns at once; the session lives until its connection ends.
  void start();
  /// No further request: an idle connection closes, one under way is answered first.
  void drain();
  /// Ends the connection now.
  void cut(cut_reason);

 private:
  enum class phase { handshake, idle, head, body, working, writing, goodbye, ending };
  /// How the reading of a request ended.
  enum class arrival {
    whole,
    /// The answer stands already: the gate, a limit or the route refused it.
    answered,
    /// Nothing to answer: the client said nothing more in time, or we drain.
    quiet,
    gone,
  };
  enum class entry { bounded, always };

  /// One request and its answer.
  struct exchange {
    head_gate gate;
    request in;
    response out;
    bool head_passed = false;
    bool body_read = false;
    std::string_view refused_because;
    steady::time_point arrived{};
    std::uint64_t bytes_out = 0;
    std::size_t counted_body_bytes = 0;
  };

  task<> run();
  task<bool> serve_one();
  void forget_exchange();
  void give_back_body();

  // session_input.cpp
  task<arrival> receive();
  task<arrival> receive_head();
  task<arrival> receive_body(admission const&);
  task<bool> read_more();
  void wipe_input();
  task<> invite_body();
  verdict take_body(chunk_gate&);
  arrival open_exchange(admission&);
  arrival refuse(int status, std::string_view sentence);
  arrival stopped();
  std::string_view pending() const;

  // session_output.cpp
  task<> handle();
  task<bool> send();
  task<bool> send_bytes(std::string const& body, response_frame const&);
  task<bool> send_generated(body_generator const&, response_frame const&);
  task<bool> pull(body_generator const&, std::string& piece);
  task<bool> write(std::string_view);
  task<bool> on_worker(entry, std::function<void()> work);
  response_frame frame(bool keep_alive);
  bool may_keep_alive() const;
  void close_books();

  void enter(phase, std::chrono::milliseconds allowed);
  void late();

  server_environment& environment_;
  socket_loop& loop_;
  byte_stream stream_;
  ip_address const peer_;
  std::string const peer_name_;
  bool const trusted_peer_;
  watchdog watchdog_;

  phase phase_ = phase::handshake;
  bool late_ = false;
  bool gone_ = false;
  bool quiet_ = false;
  std::uint64_t served_ = 0;
  std::optional<std::string> client_certificate_;
  /// Whose the request under way is, for the workers' turns.
  worker_pool::sender sender_ = 0;
  exchange exchange_;

  std::unique_ptr<char[]> input_;
  std::size_t input_begin_ = 0;
  std::size_t input_end_ = 0;
  /// How far it was written to since it was last wiped.
  std::size_t input_touched_ = 0;
  std::string output_;
};

}  // namespace intake::service
