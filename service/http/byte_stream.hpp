#pragma once
#include "service/http/sockets.hpp"

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/stream.hpp>

struct ssl_ctx_st;

namespace intake::service {

/// One connection's bytes, over TLS or plain, so that the session need not know which.
class byte_stream {
 public:
  /// A null context means plain TCP.
  byte_stream(tcp_socket, std::shared_ptr<ssl_ctx_st> context);

  bool is_tls() const { return context_ != nullptr; }
  executor get_executor() { return socket_.get_executor(); }

  /// The errors are left in `error`, which must outlive the operation; nothing throws.
  task<> handshake(error_code& error);
  /// The subject of the certificate with which the client was verified in the handshake.
  std::optional<std::string> client_certificate();
  task<std::size_t> read_some(asio::mutable_buffer, error_code& error);
  /// Over TLS at most one record (16 KiB) at a time.
  task<std::size_t> write_some(asio::const_buffer, error_code& error);

  /// Tells the client that nothing more comes, and over TLS waits for it to say the same.
  task<> say_goodbye();
  /// Ends our side of the connection and reads away what the client still sends until it closes
  /// too: closing with unread bytes would reset the connection and may destroy an answer that is
  /// under way.
  task<> wait_for_end();

  /// Ends the operation under way with an error; the connection can still be written to.
  void cancel();
  /// Ends everything at once.
  void cut();

 private:
  tcp_socket socket_;
  std::shared_ptr<ssl_ctx_st> context_;
  std::optional<asio::ssl::stream<tcp_socket&>> tls_;
};

}  // namespace intake::service
