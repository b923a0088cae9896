#include "tests/support/mail_catcher.hpp"

#include <array>
#include <stdexcept>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace intake::tests {
namespace {

void say(int client, std::string_view line) {
  auto const whole = std::string(line) + "\r\n";
  if (::send(client, whole.data(), whole.size(), MSG_NOSIGNAL) < 0) return;
}

}  // namespace

mail_catcher::mail_catcher(std::string to_receivers, std::string host)
    : to_receivers_(std::move(to_receivers)), host_(std::move(host)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ::inet_pton(AF_INET, host_.c_str(), &address.sin_addr);
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

void mail_catcher::serve() {
  for (;;) {
    int const client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    talk(client);
    ::close(client);
  }
}

void mail_catcher::talk(int client) {
  say(client, "220 catcher");
  std::string pending;
  bool in_message = false;
  std::array<char, 4096> piece{};
  for (;;) {
    auto const got = ::recv(client, piece.data(), piece.size(), 0);
    if (got <= 0) return;
    pending.append(piece.data(), static_cast<std::size_t>(got));
    for (auto end = pending.find("\r\n"); end != pending.npos; end = pending.find("\r\n")) {
      auto const line = pending.substr(0, end);
      pending.erase(0, end + 2);
      {
        std::lock_guard const lock(mutex_);
        heard_ += line + "\r\n";
      }
      if (in_message) {
        if (line != ".") continue;
        in_message = false;
        say(client, "250 taken");
      } else if (line.starts_with("DATA")) {
        in_message = true;
        say(client, "354 go on");
      } else if (line.starts_with("RCPT")) {
        say(client, to_receivers_);
      } else if (line.starts_with("QUIT")) {
        say(client, "221 bye");
        return;
      } else {
        say(client, "250 good");
      }
    }
  }
}

}  // namespace intake::tests
