#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <thread>

struct ssl_ctx_st;

namespace intake::tests {

class mail_line;

/// RFC 8314: TLS from the first byte, or after STARTTLS (RFC 3207).
enum class mail_tls { none, implicit, starttls };

struct mail_catcher_settings {
  /// What it answers to an address.
  std::string to_receivers = "250 good";
  /// Where in the loopback network it listens.
  std::string host = "127.0.0.1";
  mail_tls tls = mail_tls::none;
  /// With TLS: the folder of server.crt and server.key.
  std::string certificates{};
};

/// A mail server on the loopback network that takes everything and keeps it.
class mail_catcher {
 public:
  explicit mail_catcher(mail_catcher_settings settings = {});
  ~mail_catcher();
  mail_catcher(mail_catcher const&) = delete;
  mail_catcher& operator=(mail_catcher const&) = delete;

  /// "smtp://127.0.0.1:PORT"
  std::string url() const {
    auto const* const scheme = settings_.tls == mail_tls::implicit ? "smtps://" : "smtp://";
    return scheme + settings_.host + ":" + std::to_string(port_);
  }
  /// All that was said to it, and of that what was said under TLS.
  std::string caught() const;
  std::string caught_under_tls() const;

 private:
  void serve();
  void talk(int client);
  /// Whether the talk goes on.
  bool hear(mail_line& line, std::string const& said, bool& in_message);

  mail_catcher_settings settings_;
  std::shared_ptr<ssl_ctx_st> tls_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::string heard_;
  std::string heard_under_tls_;
  std::jthread thread_;
};

}  // namespace intake::tests
