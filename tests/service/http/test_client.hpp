#pragma once
#include "service/http/listener.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct ssl_st;

namespace intake::service {

/// A response as it came over the wire.
struct answer {
  /// 0 where the connection ended before a whole head.
  int status = 0;
  /// Names in lower case.
  std::map<std::string, std::string> fields;
  std::string body;
  /// Whether the body came to the end that its framing announced.
  bool whole = false;

  std::string field(std::string const& name) const;
};

/// A blocking client that can also do what no proper client does. A read that takes 10 s counts as
/// the end.
class test_client {
 public:
  enum class security { tls, tls_1_2_only, tls_1_3_only, plain };

  /// Connects; over TLS it also shakes hands, `certificate_file` (with its key) shown if asked for.
  explicit test_client(listen_address const&, security = security::tls,
                       std::string const& certificate_file = {});
  ~test_client();
  test_client(test_client const&) = delete;
  test_client& operator=(test_client const&) = delete;

  /// A TCP connection without the handshake that the server waits for.
  static std::unique_ptr<test_client> without_handshake(listen_address const&);

  bool send(std::string_view);
  /// Only the first `bytes` of the TLS record that carries this text.
  void send_part_of_record(std::string_view, std::size_t bytes);
  void send_raw(std::string_view);

  enum class method { get, head };
  answer read_answer(method = method::get);
  answer ask(std::string_view request) {
    send(request);
    return read_answer();
  }
  /// Everything until the server ends the connection.
  std::string read_to_end();
  /// Whether TCP's end comes within that time, whatever comes before it.
  bool ended_within(std::chrono::milliseconds);
  /// Ends the connection as a program that was killed, with a reset.
  void vanish();

  /// SHA-256 of the server's certificate, and the protocol ("TLSv1.3").
  std::string server_fingerprint() const;
  std::string protocol() const;

 private:
  struct unconnected {};
  explicit test_client(unconnected) {}
  void connect(listen_address const&);
  void shake_hands(security, std::string const& certificate_file);
  bool fill();
  bool read_until(std::string_view mark, std::string& out);
  bool read_bytes(std::size_t count, std::string& out);
  void read_body(answer&);

  int socket_ = -1;
  ssl_st* ssl_ = nullptr;
  std::string buffer_;
};

}  // namespace intake::service
