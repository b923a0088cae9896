#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// The way out by mail (RFC 5321): one message to one address. Nothing here retries.
namespace intake::service {

struct smtp_peer {
  /// "smtps://host[:465]", or "smtp://host[:587]", which must go on with STARTTLS; without TLS only
  /// to this very machine.
  std::string url{};
  /// Empty: none is asked for.
  std::string user{};
  std::string password{};
  /// PEM: who may vouch for the server; empty: the system's authorities.
  std::string authority_file{};
  std::chrono::milliseconds connect_max{10'000};
  std::chrono::milliseconds whole_max{30'000};
};

enum class smtp_fault {
  bad_settings,       ///< the URL, or a file that is named, is not fit
  cannot_connect,     ///< no such name, nobody listens, no way there
  server_unverified,  ///< no TLS, or whoever answers is not who the certificate should name
  user_refused,
  message_refused,  ///< the server answered 5xx: it will the next time, too
  timed_out,
  cut_off  ///< anything else: another time it may go well
};

/// A sentence's end, without an address: "the mail server could not be reached".
std::string_view words_of(smtp_fault);

/// `message` is whole: head and body, lines ended by CRLF. Nothing: the server has taken it over.
std::optional<smtp_fault> send_mail(smtp_peer const&, std::string const& from,
                                    std::string const& to, std::string_view message);

}  // namespace intake::service
