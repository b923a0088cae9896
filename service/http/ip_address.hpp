#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// An IPv6 address, or an IPv4 address mapped into ::ffff:0:0/96 (RFC 4291 2.5.5.2).
struct ip_address {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(ip_address const&) const = default;

  bool is_v4() const;
  /// The part that tells one client from another: all of an IPv4 address, the /64 of an IPv6 one.
  ip_address client_network() const;
};

/// Reads a numeric address, an IPv6 zone ("%eth0") ignored.
std::optional<ip_address> read_ip_address(std::string_view text);
std::string to_string(ip_address const&);

/// The proxies whose word about the client is taken.
class trusted_proxies {
 public:
  /// Takes "10.0.0.0/8" and "::1"; throws std::invalid_argument with a sentence on anything else.
  explicit trusted_proxies(std::vector<std::string> const& ranges);

  bool trusts(ip_address const&) const;

  /// Who the client is: the peer, or where that is a trusted proxy the rightmost address in
  /// X-Forwarded-For that is not one. What stands left of it came from the client and proves
  /// nothing.
  ip_address client(ip_address const& peer, std::string_view x_forwarded_for) const;

 private:
  struct range {
    ip_address network;
    unsigned bits;
  };
  std::vector<range> ranges_;
};

}  // namespace intake::service

template <>
struct std::hash<intake::service::ip_address> {
  std::size_t operator()(intake::service::ip_address const& address) const noexcept {
    return std::hash<std::string_view>{}(
        {reinterpret_cast<char const*>(address.bytes.data()), address.bytes.size()});
  }
};
