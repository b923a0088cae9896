#pragma once
#include "certs/tls.hpp"
#include "service/http/listener.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/service/http/test_client.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace intake::service {

/// Certificates in a folder of their own, made by the development authority.
class test_certificates {
 public:
  test_certificates();

  /// A new key and certificate in place of the old.
  void renew();
  void spoil_key();
  std::function<std::shared_ptr<ssl_ctx_st>()> supplier() const;
  /// A client's certificate and key in one file, vouched for by the same authority.
  std::string client_file();
  std::string ca_file() const;

 private:
  certs::temporary_folder folder_;
};

/// A line of the access log, kept.
struct log_line {
  std::string method;
  std::string path;
  int status;
  std::uint64_t body_bytes_in;
  std::uint64_t bytes_out;
  std::string refused_because;
};

/// A server on a free port of 127.0.0.1 with limits a test can wait for.
struct test_server {
  test_server();
  /// Starts it; the settings may be changed until then.
  void start();
  listen_address where() const { return server->addresses().front(); }
  /// Waits until so many connections are open; false after 5 s.
  bool wait_for_open(std::size_t connections) const;
  server_stats stats() const { return server->stats(); }

  server_settings settings;
  server_hooks hooks;
  std::mutex served_mutex;
  std::vector<log_line> served;
  std::unique_ptr<http_server> server;
};

test_certificates& shared_certificates();

std::string get(std::string const& target, std::string const& lines = {});
std::string post(std::string const& target, std::string const& body, std::string const& lines = {});

}  // namespace intake::service
