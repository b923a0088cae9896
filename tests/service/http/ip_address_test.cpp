#include "service/http/ip_address.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

ip_address ip(std::string_view text) {
  return read_ip_address(text).value();
}

TEST(IpAddress, WritesWhatItReads) {
  for (auto const* text : {"127.0.0.1", "10.1.2.3", "::1", "2001:db8::7"}) {
    EXPECT_EQ(to_string(ip(text)), text);
  }
  EXPECT_EQ(to_string(ip("::ffff:10.1.2.3")), "10.1.2.3");
  EXPECT_EQ(to_string(ip("fe80::1%eth0")), "fe80::1");
  for (auto const* text : {"", "1.2.3", "1.2.3.256", "localhost", "::1::", "1.2.3.4:80"}) {
    EXPECT_FALSE(read_ip_address(text)) << text;
  }
}

TEST(IpAddress, CountsAHomeAsOneClient) {
  EXPECT_EQ(ip("2001:db8::1").client_network(), ip("2001:db8::ffff:2").client_network());
  EXPECT_NE(ip("2001:db8::1").client_network(), ip("2001:db8:0:1::1").client_network());
  EXPECT_NE(ip("10.0.0.1").client_network(), ip("10.0.0.2").client_network());
}

struct proxy_case {
  char const* peer;
  char const* x_forwarded_for;
  char const* client;
};

TEST(TrustedProxies, TakeTheRightmostAddressThatIsNoProxy) {
  trusted_proxies const proxies({"10.0.0.0/8", "::1"});
  for (auto const& each : std::vector<proxy_case>{
           {"203.0.113.7", "198.51.100.1", "203.0.113.7"},
           {"10.1.1.1", "198.51.100.1", "198.51.100.1"},
           {"::1", "198.51.100.1", "198.51.100.1"},
           {"10.1.1.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"},
           {"10.1.1.1", "6.6.6.6, 198.51.100.1 , 10.2.2.2", "198.51.100.1"},
           {"10.1.1.1", "", "10.1.1.1"},
           {"10.1.1.1", "unknown", "10.1.1.1"},
           {"10.1.1.1", "198.51.100.1, unknown", "10.1.1.1"},
           {"10.1.1.1", "10.2.2.2", "10.2.2.2"},
           {"11.0.0.1", "198.51.100.1", "11.0.0.1"},
       }) {
    EXPECT_EQ(to_string(proxies.client(ip(each.peer), each.x_forwarded_for)), each.client)
        << each.peer << " " << each.x_forwarded_for;
  }
}

TEST(TrustedProxies, AreAddressesOrRanges) {
  for (std::string const text :
       {"", "proxy", "10.0.0.0/33", "::1/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "/8"}) {
    EXPECT_THROW(trusted_proxies({text}), std::invalid_argument) << text;
  }
  EXPECT_TRUE(trusted_proxies({"0.0.0.0/0"}).trusts(ip("8.8.8.8")));
  EXPECT_FALSE(trusted_proxies({"0.0.0.0/0"}).trusts(ip("2001:db8::1")));
  EXPECT_TRUE(trusted_proxies({"10.0.0.0/9"}).trusts(ip("10.127.0.1")));
  EXPECT_FALSE(trusted_proxies({"10.0.0.0/9"}).trusts(ip("10.128.0.1")));
}

}  // namespace
}  // namespace intake::service
