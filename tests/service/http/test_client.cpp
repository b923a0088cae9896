#include "tests/service/http/test_client.hpp"

#include "service/http/characters.hpp"

#include <csignal>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace intake::service {
namespace {

constexpr timeval patience{10, 0};

void ignore_broken_pipes() {
  signal(SIGPIPE, SIG_IGN);
}

}  // namespace

std::string answer::field(std::string const& name) const {
  auto const found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

test_client::test_client(listen_address const& where, security how,
                         std::string const& certificate_file) {
  connect(where);
  if (how != security::plain) shake_hands(how, certificate_file);
}

std::unique_ptr<test_client> test_client::without_handshake(listen_address const& where) {
  std::unique_ptr<test_client> client(new test_client(unconnected{}));
  client->connect(where);
  return client;
}

test_client::~test_client() {
  SSL_free(ssl_);
  if (socket_ >= 0) close(socket_);
}

void test_client::connect(listen_address const& where) {
  ignore_broken_pipes();
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  int const on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(where.port);
  inet_pton(AF_INET, where.host.c_str(), &address.sin_addr);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect");
  }
}

void test_client::shake_hands(security how, std::string const& certificate_file) {
  auto* const context = SSL_CTX_new(TLS_client_method());
  if (how == security::tls_1_2_only) SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
  if (how == security::tls_1_3_only) SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  if (!certificate_file.empty()) {
    SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str());
    SSL_CTX_use_PrivateKey_file(context, certificate_file.c_str(), SSL_FILETYPE_PEM);
  }
  ssl_ = SSL_new(context);
  SSL_CTX_free(context);
  SSL_set_fd(ssl_, socket_);
  if (SSL_connect(ssl_) != 1) {
    SSL_free(ssl_);
    ssl_ = nullptr;
    throw std::runtime_error("no handshake");
  }
}

bool test_client::send(std::string_view bytes) {
  if (ssl_ == nullptr) {
    send_raw(bytes);
    return true;
  }
  return bytes.empty() || SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
}

void test_client::send_raw(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void test_client::send_part_of_record(std::string_view text, std::size_t bytes) {
  auto* const memory = BIO_new(BIO_s_mem());
  BIO_up_ref(memory);
  auto* const socket_bio = SSL_get_wbio(ssl_);
  BIO_up_ref(socket_bio);
  SSL_set0_wbio(ssl_, memory);
  SSL_write(ssl_, text.data(), static_cast<int>(text.size()));
  char* record = nullptr;
  auto const size = static_cast<std::size_t>(BIO_get_mem_data(memory, &record));
  send_raw({record, std::min(bytes, size)});
  SSL_set0_wbio(ssl_, socket_bio);
  BIO_free(memory);
}

bool test_client::fill() {
  char bytes[16384];
  auto const got = ssl_ != nullptr ? SSL_read(ssl_, bytes, sizeof bytes)
                                   : static_cast<int>(recv(socket_, bytes, sizeof bytes, 0));
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

bool test_client::read_until(std::string_view mark, std::string& out) {
  std::size_t end = 0;
  while ((end = buffer_.find(mark)) == std::string::npos) {
    if (!fill()) return false;
  }
  out = buffer_.substr(0, end);
  buffer_.erase(0, end + mark.size());
  return true;
}

bool test_client::read_bytes(std::size_t count, std::string& out) {
  while (buffer_.size() < count) {
    if (!fill()) return false;
  }
  out += buffer_.substr(0, count);
  buffer_.erase(0, count);
  return true;
}

answer test_client::read_answer(method asked) {
  answer out;
  std::string head;
  if (!read_until("\r\n\r\n", head)) return out;
  std::string_view lines = head;
  out.status = std::stoi(head.substr(9, 3));
  while (!lines.empty()) {
    auto line = characters::trim(characters::next_piece(lines, '\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) continue;
    auto const name = characters::next_piece(line, ':');
    out.fields[characters::lower(name)] = characters::trim(line);
  }
  bool const has_body = asked == method::get && out.status >= 200 && out.status != 204;
  if (has_body && out.status != 304) {
    read_body(out);
  } else {
    out.whole = true;
  }
  return out;
}

void test_client::read_body(answer& out) {
  if (out.fields.contains("content-length")) {
    out.whole = read_bytes(std::stoul(out.field("content-length")), out.body);
    return;
  }
  if (!out.fields.contains("transfer-encoding")) {
    out.body = read_to_end();
    out.whole = true;
    return;
  }
  for (std::string line, rest; read_until("\r\n", line);) {
    auto const size = std::stoul(line, nullptr, 16);
    if (!read_bytes(size, out.body) || !read_bytes(2, rest)) return;
    out.whole = size == 0;
    if (out.whole) return;
  }
}

std::string test_client::read_to_end() {
  while (fill()) {
  }
  return std::exchange(buffer_, {});
}

bool test_client::ended_within(std::chrono::milliseconds time) {
  auto const deadline = std::chrono::steady_clock::now() + time;
  timeval const step{0, 20'000};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &step, sizeof step);
  bool ended = false;
  while (!ended && std::chrono::steady_clock::now() < deadline) {
    char bytes[4096];
    auto const got = recv(socket_, bytes, sizeof bytes, 0);
    ended = got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
  }
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return ended;
}

void test_client::vanish() {
  linger const reset{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close(std::exchange(socket_, -1));
}

std::string test_client::server_fingerprint() const {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  X509_digest(SSL_get0_peer_certificate(ssl_), EVP_sha256(), digest, &size);
  return {reinterpret_cast<char const*>(digest), size};
}

std::string test_client::protocol() const {
  return SSL_get_version(ssl_);
}

}  // namespace intake::service
