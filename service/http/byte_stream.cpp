#include "service/http/byte_stream.hpp"

#include "certs/tls.hpp"

#include <array>
#include <utility>

#include <boost/asio/redirect_error.hpp>

namespace intake::service {
namespace {

// What a client may still have in flight after our last word; a sender of a refused upload needs
// that much to see it.
constexpr std::size_t discarded_bytes_max = 64U << 20;

}  // namespace

byte_stream::byte_stream(tcp_socket socket, std::shared_ptr<ssl_ctx_st> context)
    : socket_(std::move(socket)), context_(std::move(context)) {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

task<> byte_stream::handshake(error_code& error) {
  if (!is_tls()) co_return;
  auto* const ssl = SSL_new(context_.get());
  if (ssl == nullptr) {
    error = asio::error::no_memory;
    co_return;
  }
  tls_.emplace(socket_, ssl);
  co_await tls_->async_handshake(asio::ssl::stream_base::server,
                                 asio::redirect_error(use_task, error));
}

std::optional<std::string> byte_stream::client_certificate() {
  return tls_ ? certs::verified_client(tls_->native_handle()) : std::nullopt;
}

task<std::size_t> byte_stream::read_some(asio::mutable_buffer into, error_code& error) {
  auto token = asio::redirect_error(use_task, error);
  return tls_ ? tls_->async_read_some(into, token) : socket_.async_read_some(into, token);
}

task<std::size_t> byte_stream::write_some(asio::const_buffer from, error_code& error) {
  auto token = asio::redirect_error(use_task, error);
  return tls_ ? tls_->async_write_some(from, token) : socket_.async_write_some(from, token);
}

task<> byte_stream::say_goodbye() {
  if (!tls_) co_return;
  error_code ignored;
  co_await tls_->async_shutdown(asio::redirect_error(use_task, ignored));
}

task<> byte_stream::wait_for_end() {
  error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  std::array<char, 8192> away{};
  for (std::size_t total = 0; !error && total < discarded_bytes_max;) {
    total +=
        co_await socket_.async_read_some(asio::buffer(away), asio::redirect_error(use_task, error));
  }
}

void byte_stream::cancel() {
  error_code ignored;
  socket_.cancel(ignored);
}

void byte_stream::cut() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace intake::service
