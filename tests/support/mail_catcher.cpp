#include "tests/support/mail_catcher.hpp"

#include <array>
#include <span>
#include <stdexcept>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

namespace intake::tests {
namespace {

std::shared_ptr<SSL_CTX> load(std::string const& folder) {
  std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!made ||
      SSL_CTX_use_certificate_chain_file(made.get(), (folder + "/server.crt").c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(made.get(), (folder + "/server.key").c_str(), SSL_FILETYPE_PEM) !=
          1) {
    throw std::runtime_error("no certificate for the mail catcher");
  }
  return made;
}

}  // namespace

/// One client's connection, with TLS from some moment on.
class mail_line {
 public:
  explicit mail_line(int client) : client_(client) {}

  bool begin_tls(SSL_CTX* context) {
    tls_.reset(SSL_new(context));
    return SSL_set_fd(tls_.get(), client_) == 1 && SSL_accept(tls_.get()) == 1;
  }
  bool has_tls() const { return tls_ != nullptr; }

  void say(std::string_view line) {
    auto const whole = std::string(line) + "\r\n";
    if (tls_) {
      SSL_write(tls_.get(), whole.data(), static_cast<int>(whole.size()));
    } else if (::send(client_, whole.data(), whole.size(), MSG_NOSIGNAL) < 0) {
      return;
    }
  }

  std::size_t read(std::span<char> into) {
    auto const got = tls_ ? SSL_read(tls_.get(), into.data(), static_cast<int>(into.size()))
                          : ::recv(client_, into.data(), into.size(), 0);
    return got <= 0 ? 0 : static_cast<std::size_t>(got);
  }

 private:
  int client_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, &SSL_free};
};

mail_catcher::mail_catcher(mail_catcher_settings settings) : settings_(std::move(settings)) {
  if (settings_.tls != mail_tls::none) tls_ = load(settings_.certificates);
  // OpenSSL writes to a client that has gone as to any other.
  ::signal(SIGPIPE, SIG_IGN);
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ::inet_pton(AF_INET, settings_.host.c_str(), &address.sin_addr);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof address;
  if (::bind(listener_, generic, length) != 0 || ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, generic, &length) != 0) {
    throw std::runtime_error("no port for the mail catcher");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::jthread([this] { serve(); });
}

mail_catcher::~mail_catcher() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

std::string mail_catcher::caught() const {
  std::lock_guard const lock(mutex_);
  return heard_;
}

std::string mail_catcher::caught_under_tls() const {
  std::lock_guard const lock(mutex_);
  return heard_under_tls_;
}

void mail_catcher::serve() {
  for (;;) {
    int const client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    talk(client);
    ::close(client);
  }
}

bool mail_catcher::hear(mail_line& line, std::string const& said, bool& in_message) {
  {
    std::lock_guard const lock(mutex_);
    heard_ += said + "\r\n";
    if (line.has_tls()) heard_under_tls_ += said + "\r\n";
  }
  if (in_message) {
    if (said != ".") return true;
    in_message = false;
    line.say("250 taken");
  } else if (said.starts_with("DATA")) {
    in_message = true;
    line.say("354 go on");
  } else if (said.starts_with("RCPT")) {
    line.say(settings_.to_receivers);
  } else if (said.starts_with("STARTTLS") && settings_.tls == mail_tls::starttls) {
    line.say("220 go on");
    return line.begin_tls(tls_.get());
  } else if (said.starts_with("EHLO") && settings_.tls == mail_tls::starttls && !line.has_tls()) {
    line.say("250-catcher");
    line.say("250 STARTTLS");
  } else if (said.starts_with("QUIT")) {
    line.say("221 bye");
    return false;
  } else {
    line.say("250 good");
  }
  return true;
}

void mail_catcher::talk(int client) {
  mail_line line(client);
  if (settings_.tls == mail_tls::implicit && !line.begin_tls(tls_.get())) return;
  line.say("220 catcher");
  std::string pending;
  bool in_message = false;
  std::array<char, 4096> piece{};
  for (auto got = line.read(piece); got > 0; got = line.read(piece)) {
    pending.append(piece.data(), got);
    for (auto end = pending.find("\r\n"); end != pending.npos; end = pending.find("\r\n")) {
      auto const said = pending.substr(0, end);
      pending.erase(0, end + 2);
      if (!hear(line, said, in_message)) return;
    }
  }
}

}  // namespace intake::tests
