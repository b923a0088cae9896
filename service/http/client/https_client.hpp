#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

/// The way out: one POST over TLS to a server whose name is verified. Nothing here retries,
/// follows a redirection, or looks at proxies of the environment.
namespace intake::service {

/// Without TLS nobody knows who listens: for a program on this machine alone.
enum class plain_http { refused, allowed };

struct https_peer {
  /// "https://host[:port]/path"; any other scheme is refused, unless `plain_text` allows http.
  std::string url{};
  /// PEM: who may vouch for the server; empty: the system's authorities.
  std::string authority_file{};
  /// PEM: what the server asks of us; empty: no client certificate.
  std::string certificate_file{};
  std::string key_file{};
  std::chrono::milliseconds connect_max{10'000};
  /// From the first byte asked for to the last one received.
  std::chrono::milliseconds whole_max{60'000};
  std::size_t answer_bytes_max = std::size_t{8} << 20;
  plain_http plain_text = plain_http::refused;
};

struct https_answer {
  int status = 0;
  /// As it was sent, with its parameters; empty where there was none.
  std::string content_type{};
  std::string body{};
};

/// Why there is no whole answer.
enum class https_fault {
  bad_settings,       ///< the URL, or a file that is named, is not fit
  cannot_connect,     ///< no such name, nobody listens, no way there
  server_unverified,  ///< whoever answers is not who the certificate should name
  client_refused,     ///< the handshake ended after our certificate was asked for
  timed_out,          ///< `whole_max` is over: the question may have arrived
  cut_off,            ///< the connection ended before the answer did
  too_large,
  stopped  ///< our own program ends
};

using https_outcome = std::variant<https_answer, https_fault>;

/// Keeps one connection for the questions that follow. One thread at a time.
class https_client {
 public:
  explicit https_client(https_peer);
  ~https_client();
  https_client(https_client&&) noexcept;
  https_client& operator=(https_client&&) noexcept;

  /// `fields` are further lines of the head, "Name: value".
  https_outcome post(std::string_view content_type, std::string_view body,
                     std::stop_token const& stop = {}, std::span<std::string const> fields = {});

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace intake::service
