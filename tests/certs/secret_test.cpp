#include "certs/secret.hpp"

#include "certs/random.hpp"
#include "tests/certs/test_world.hpp"

#include <sstream>
#include <type_traits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/crypto.h>

namespace intake::certs {
namespace {

static_assert(!std::is_copy_constructible_v<secret> && !std::is_copy_assignable_v<secret>);
static_assert(std::is_nothrow_move_constructible_v<secret>);

template <typename T>
concept streamable = requires(std::ostringstream& out, T const& value) { out << value; };
static_assert(!streamable<secret>);

TEST(Secret, Moves) {
  auto a = secret::copy_of(bytes{1, 2, 3});
  secret b(std::move(a));
  EXPECT_EQ(bytes(b.view().begin(), b.view().end()), (bytes{1, 2, 3}));
  secret c(8);
  c = std::move(b);
  EXPECT_EQ(c.size(), 3U);
  EXPECT_TRUE(secret().empty());
}

TEST(Secret, ComparesContentAndLength) {
  auto const a = secret::copy_of(bytes{1, 2, 3});
  EXPECT_TRUE(a == secret::copy_of(bytes{1, 2, 3}));
  EXPECT_FALSE(a == secret::copy_of(bytes{1, 2, 4}));
  EXPECT_FALSE(a == secret::copy_of(bytes{1, 2}));
  EXPECT_FALSE(a == secret());
  EXPECT_TRUE(secret() == secret());
}

TEST(Secret, IsRandomFromTheWorld) {
  EXPECT_TRUE(secret::random(test_world(), 32) == secret::random(test_world(), 32));
  EXPECT_FALSE(secret::random(system_world(), 32) == secret::random(system_world(), 32));
}

// Runs in a child: the guarded heap is set apart once for a whole process.
TEST(Secret, LivesInTheGuardedHeapUntilThatIsFull) {
  auto const in_child = [] {
    auto const before = secret::copy_of(bytes(32, 7));
    constexpr std::size_t heap_bytes = 4096;
    if (prepare_secret_memory(heap_bytes) == secret_memory::unavailable) std::_Exit(1);
    std::vector<secret> many;
    for (int i = 0; i < 500; ++i) many.push_back(secret::copy_of(bytes(32, 7)));
    if (CRYPTO_secure_allocated(many.front().view().data()) == 0) std::_Exit(2);
    if (CRYPTO_secure_allocated(many.back().view().data()) != 0) std::_Exit(3);
    for (auto const& one : many) {
      if (!(one == before)) std::_Exit(4);
    }
    many.clear();
    std::_Exit(CRYPTO_secure_used() == 0 ? 0 : 5);
  };
  EXPECT_EXIT(in_child(), testing::ExitedWithCode(0), "");
}

TEST(Wipe, LeavesZeros) {
  bytes buffer(100, 7);
  wipe(buffer);
  EXPECT_EQ(buffer, bytes(100, 0));
  wipe({});
}

TEST(WipedBytes, GrowsAndCopiesLikeAVector) {
  wiped_bytes content;
  for (int i = 0; i < 1000; ++i) content.push_back(static_cast<std::uint8_t>('a' + i % 26));
  auto const copy = content;
  EXPECT_EQ(as_text(copy), as_text(content));
  EXPECT_EQ(as_text(content).substr(0, 4), "abcd");
}

TEST(SystemWorld, TellsTimeAndGivesRandomBytes) {
  auto const w = system_world();
  EXPECT_LE(std::chrono::abs(w.now() - std::chrono::system_clock::now()), std::chrono::seconds(5));
  bytes a(32);
  bytes b(32);
  w.random(a);
  w.random(b);
  EXPECT_NE(a, b);
}

}  // namespace
}  // namespace intake::certs
