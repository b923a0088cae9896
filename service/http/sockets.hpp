#pragma once
#include <chrono>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

// g++ 12 takes the sized operator delete of Asio's coroutine frames for that of another allocator.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

/// Asio's types with the one executor that this program uses; included by the socket sources only.
///
/// Concrete executors spare a type-erased call and an allocation per operation.
namespace intake::service {

namespace asio = boost::asio;
using boost::system::error_code;

using executor = asio::io_context::executor_type;
using tcp_socket = asio::basic_stream_socket<asio::ip::tcp, executor>;
using tcp_acceptor = asio::basic_socket_acceptor<asio::ip::tcp, executor>;
using steady = std::chrono::steady_clock;
using steady_timer = asio::basic_waitable_timer<steady, asio::wait_traits<steady>, executor>;

template <class T = void>
using task = asio::awaitable<T, executor>;

inline constexpr asio::use_awaitable_t<executor> use_task{};

}  // namespace intake::service
