#include "service/http/connection_places.hpp"

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto client = connection_places::peer_kind::client;
constexpr auto proxy = connection_places::peer_kind::trusted_proxy;
std::chrono::steady_clock::time_point const start{};

ip_address address(std::string_view text) {
  return *read_ip_address(text);
}

connection_places::caps caps() {
  return {.in_all = 100, .per_address = 5, .burst_per_address = 10, .per_second_per_address = 2};
}

int taken(connection_places& places, std::string_view who, int tries,
          std::chrono::steady_clock::time_point now) {
  int count = 0;
  for (int i = 0; i < tries; ++i) {
    if (places.take(address(who), client, now) != connection_places::answer::taken) continue;
    ++count;
    places.give_back(address(who), client);
  }
  return count;
}

TEST(ConnectionPlaces, AnAddressOpensABurstAndThenAFewASecond) {
  connection_places places(caps());
  EXPECT_EQ(taken(places, "192.0.2.1", 50, start), 10);
  EXPECT_EQ(taken(places, "192.0.2.1", 50, start + seconds(3)), 6);
  EXPECT_EQ(taken(places, "192.0.2.1", 50, start + seconds(60)), 10);
}

TEST(ConnectionPlaces, AFloodOfOneAddressTakesNothingFromAnother) {
  connection_places places(caps());
  taken(places, "192.0.2.1", 1'000, start);
  EXPECT_EQ(taken(places, "192.0.2.2", 10, start), 10);
  EXPECT_EQ(taken(places, "2001:db8::1", 10, start), 10);
  EXPECT_EQ(taken(places, "2001:db8::2", 10, start), 0) << "one /64 is one client";
}

TEST(ConnectionPlaces, SoManyAreOpenAtOnceAndNoMore) {
  connection_places places(caps());
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(places.take(address("192.0.2.1"), client, start), connection_places::answer::taken);
  }
  EXPECT_EQ(places.take(address("192.0.2.1"), client, start),
            connection_places::answer::address_full);
  places.give_back(address("192.0.2.1"), client);
  EXPECT_EQ(places.take(address("192.0.2.1"), client, start), connection_places::answer::taken);
}

TEST(ConnectionPlaces, ATrustedProxyIsHeldByTheWholeOnly) {
  connection_places places(caps());
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(places.take(address("10.0.0.1"), proxy, start), connection_places::answer::taken);
  }
  EXPECT_EQ(places.take(address("10.0.0.1"), proxy, start), connection_places::answer::full);
}

TEST(ConnectionPlaces, WhoWasQuietForAWhileIsForgotten) {
  connection_places places(caps());
  // Many more addresses than places: each is remembered only while it matters.
  for (int i = 0; i < 5'000; ++i) {
    auto const who = "10.1." + std::to_string(i / 250) + "." + std::to_string(i % 250);
    ASSERT_EQ(taken(places, who, 1, start + milliseconds(i)), 1) << who;
  }
  EXPECT_EQ(taken(places, "192.0.2.1", 20, start + seconds(6)), 10);
}

}  // namespace
}  // namespace intake::service
