#include "service/http/ip_address.hpp"

#include "service/http/characters.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <stdexcept>

#include <arpa/inet.h>

namespace intake::service {
namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool same_network(ip_address const& a, ip_address const& b, unsigned bits) {
  for (unsigned i = 0; i < 16 && bits > 0; ++i) {
    unsigned const taken = std::min(bits, 8U);
    unsigned const mask = 0xFFU << (8 - taken) & 0xFFU;
    if ((a.bytes[i] & mask) != (b.bytes[i] & mask)) return false;
    bits -= taken;
  }
  return true;
}

}  // namespace

bool ip_address::is_v4() const {
  return std::ranges::equal(v4_prefix, std::span(bytes).first<12>());
}

ip_address ip_address::client_network() const {
  if (is_v4()) return *this;
  auto out = *this;
  std::fill(out.bytes.begin() + 8, out.bytes.end(), std::uint8_t{0});
  return out;
}

std::optional<ip_address> read_ip_address(std::string_view text) {
  std::string const copy(text.substr(0, text.find('%')));
  ip_address out;
  if (inet_pton(AF_INET6, copy.c_str(), out.bytes.data()) == 1) return out;
  if (inet_pton(AF_INET, copy.c_str(), out.bytes.data() + 12) != 1) return std::nullopt;
  std::ranges::copy(v4_prefix, out.bytes.begin());
  return out;
}

std::string to_string(ip_address const& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  bool const v4 = address.is_v4();
  inet_ntop(v4 ? AF_INET : AF_INET6, address.bytes.data() + (v4 ? 12 : 0), text.data(),
            text.size());
  return text.data();
}

trusted_proxies::trusted_proxies(std::vector<std::string> const& ranges) {
  for (auto const& text : ranges) {
    std::string_view rest = text;
    auto const network = read_ip_address(characters::next_piece(rest, '/'));
    unsigned const width = network && network->is_v4() ? 32 : 128;
    unsigned bits = width;
    auto const [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), bits);
    bool const given = text.find('/') != std::string::npos;
    bool const read = !given || (error == std::errc{} && end == rest.data() + rest.size());
    if (!network || !read || bits > width) {
      throw std::invalid_argument("The trusted proxy '" + text + "' is not an address or a range");
    }
    ranges_.push_back({*network, bits + 128 - width});
  }
}

bool trusted_proxies::trusts(ip_address const& address) const {
  return std::ranges::any_of(
      ranges_, [&](range const& each) { return same_network(address, each.network, each.bits); });
}

ip_address trusted_proxies::client(ip_address const& peer, std::string_view x_forwarded_for) const {
  auto client = peer;
  while (trusts(client) && !x_forwarded_for.empty()) {
    auto const comma = x_forwarded_for.rfind(',');
    bool const last = comma == std::string_view::npos;
    auto const named = read_ip_address(
        characters::trim(last ? x_forwarded_for : x_forwarded_for.substr(comma + 1)));
    if (!named) break;
    client = *named;
    x_forwarded_for = x_forwarded_for.substr(0, last ? 0 : comma);
  }
  return client;
}

}  // namespace intake::service
