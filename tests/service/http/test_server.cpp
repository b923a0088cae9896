#include "tests/service/http/test_server.hpp"

#include "certs/certificate_authority.hpp"
#include "certs/random.hpp"

#include <fstream>
#include <stdexcept>
#include <string_view>
#include <thread>

#include <sys/stat.h>

namespace intake::service {
namespace {

constexpr std::chrono::days lifetime{30};

void write_private(std::filesystem::path const& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
  chmod(path.c_str(), 0600);
}

std::string_view text_of(certs::wiped_bytes const& bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

certs::pem_identity const& authority() {
  static auto const made = certs::make_authority(certs::system_world(), "Test authority", lifetime);
  return made;
}

}  // namespace

test_certificates::test_certificates() {
  write_private(folder_ / "ca.crt", authority().certificate);
  renew();
}

void test_certificates::renew() {
  auto const made = certs::issue_server_certificate(certs::system_world(), authority(),
                                                    {"localhost", "127.0.0.1"}, lifetime);
  write_private(folder_ / "server.crt", made.certificate);
  write_private(folder_ / "server.key", text_of(made.private_key));
}

void test_certificates::spoil_key() {
  write_private(folder_ / "server.key", "no key\n");
}

std::string test_certificates::client_file() {
  auto const made = certs::issue_client_certificate(certs::system_world(), authority(),
                                                    "front desk tablet", lifetime);
  auto const path = folder_ / "client.pem";
  write_private(path, made.certificate + std::string(text_of(made.private_key)));
  return path;
}

std::string test_certificates::ca_file() const {
  return folder_ / "ca.crt";
}

std::function<std::shared_ptr<ssl_ctx_st>()> test_certificates::supplier() const {
  return [this] {
    certs::tls_files const files{folder_ / "server.crt", folder_ / "server.key", ca_file()};
    auto loaded = certs::load_server_tls(files, certs::system_world().now());
    if (!loaded) throw std::runtime_error(loaded.error().sentence);
    return loaded->context;
  };
}

test_certificates& shared_certificates() {
  static test_certificates shared;
  return shared;
}

test_server::test_server() {
  settings.addresses = {{"127.0.0.1", 0}};
  settings.tls_context = shared_certificates().supplier();
  settings.worker_threads = 8;
  hooks.handle = [](request const& in) {
    return response{200, {{"Content-Type", "text/plain"}}, in.path + "\n" + in.body, false};
  };
  hooks.served = [this](served_request const& each) {
    std::lock_guard const lock(served_mutex);
    served.push_back({std::string(each.method), std::string(each.path), each.status,
                      each.body_bytes_in, each.bytes_out, std::string(each.refused_because)});
  };
}

void test_server::start() {
  server = std::make_unique<http_server>(settings, hooks, certs::system_world());
  server->start();
}

bool test_server::wait_for_open(std::size_t connections) const {
  for (int i = 0; i < 1000; ++i) {
    if (stats().connections_open == connections) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

std::string get(std::string const& target, std::string const& lines) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
}

std::string post(std::string const& target, std::string const& body, std::string const& lines) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         lines + "\r\n" + body;
}

}  // namespace intake::service
