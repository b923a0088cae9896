#pragma once
#include <mutex>
#include <string>
#include <thread>

namespace intake::tests {

/// A mail server on the loopback network, without TLS, that takes everything and keeps it.
class mail_catcher {
 public:
  /// What it answers to an address, and where in the loopback network it listens.
  explicit mail_catcher(std::string to_receivers = "250 good", std::string host = "127.0.0.1");
  ~mail_catcher();
  mail_catcher(mail_catcher const&) = delete;
  mail_catcher& operator=(mail_catcher const&) = delete;

  /// "smtp://127.0.0.1:PORT"
  std::string url() const { return "smtp://" + host_ + ":" + std::to_string(port_); }
  /// All that was said to it.
  std::string caught() const;

 private:
  void serve();
  void talk(int client);

  std::string to_receivers_;
  std::string host_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::string heard_;
  std::jthread thread_;
};

}  // namespace intake::tests
