#include "certs/key_set.hpp"
#include "certs/key_wrap.hpp"
#include "tests/certs/hex.hpp"
#include "tests/certs/test_world.hpp"

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

struct wrap_case {
  char const* section;
  char const* key;
  char const* wrapped;
};

constexpr wrap_case rfc3394[] = {
    {"4.3", "00112233445566778899AABBCCDDEEFF",
     "64E8C3F9CE0F5BA2 63E9777905818A2A 93C8191E7D6E8AE7"},
    {"4.5", "00112233445566778899AABBCCDDEEFF0001020304050607",
     "A8F9BC1612C68B3F F6E6F4FBE30E71E4 769C8B80A32CB895 8CD5D17D6B254DA1"},
    {"4.6", "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
     "28C9F404C4B810F4 CBCCB35CFB87F826 3F5786E2D80ED326 CBC7F0E71A99F43B FB988B9B7A02DD21"},
};

secret rfc3394_kek() {
  return secret::copy_of(
      from_hex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"));
}

TEST(AesKeyWrap, KnownAnswersFromRfc3394) {
  auto const kek = rfc3394_kek();
  for (auto const& c : rfc3394) {
    EXPECT_EQ(aes_wrap(kek, from_hex(c.key)), from_hex(c.wrapped)) << c.section;
    EXPECT_EQ(to_hex(aes_unwrap(kek, from_hex(c.wrapped)).value().view()), to_hex(from_hex(c.key)))
        << c.section;
  }
}

TEST(AesKeyWrap, AnyFlippedBitFails) {
  auto const kek = rfc3394_kek();
  auto wrapped = from_hex(rfc3394[2].wrapped);
  for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) {
    auto const mask = static_cast<std::uint8_t>(1U << (bit % 8));
    wrapped[bit / 8] ^= mask;
    EXPECT_EQ(aes_unwrap(kek, wrapped).error(), unwrap_error::not_authentic) << bit;
    wrapped[bit / 8] ^= mask;
  }
  EXPECT_TRUE(aes_unwrap(kek, wrapped));
}

TEST(AesKeyWrap, NoOtherLengthUnwraps) {
  auto const kek = rfc3394_kek();
  auto const wrapped = from_hex(rfc3394[2].wrapped);
  for (std::size_t size = 0; size < wrapped.size(); ++size) {
    EXPECT_FALSE(aes_unwrap(kek, bytes_view(wrapped).first(size))) << size;
  }
  EXPECT_FALSE(aes_unwrap(kek, bytes(8192)));
}

TEST(KeySet, RotationHasThreeSteps) {
  auto const w = test_world();
  auto keys = new_key_set(w);
  auto const first = keys.keks.front().id;
  auto const second = add_kek(keys, w);
  EXPECT_EQ(find_kek(keys, second)->state, kek_state::decrypt_only);
  EXPECT_EQ(remove_kek(keys, first), kek_change::kek_is_current);

  EXPECT_EQ(make_current(keys, second), kek_change::done);
  EXPECT_EQ(flaw_of(keys), "");
  EXPECT_EQ(find_kek(keys, first)->state, kek_state::decrypt_only);
  EXPECT_EQ(remove_kek(keys, first), kek_change::done);
  EXPECT_EQ(find_kek(keys, first), nullptr);
  EXPECT_EQ(make_current(keys, first), kek_change::unknown_kek);
  EXPECT_EQ(remove_kek(keys, first), kek_change::unknown_kek);
}

TEST(KeySet, IdsCarryTheDayAndDiffer) {
  auto const w = test_world();
  auto keys = new_key_set(w);
  while (keys.keks.size() < keks_max) add_kek(keys, w);
  EXPECT_EQ(flaw_of(keys), "");
  EXPECT_EQ(keys.keks.front().id.substr(0, 13), "kek-20261123-");
  EXPECT_THROW(add_kek(keys, w), std::length_error);
}

TEST(KeySet, AnEvaluationKeepsItsMarkThroughRotation) {
  auto const w = test_world();
  auto keys = new_key_set(w, key_use::evaluation);
  auto const second = add_kek(keys, w);
  EXPECT_TRUE(is_evaluation_kek(keys.keks.front().id));
  EXPECT_TRUE(is_evaluation_kek(second));
  EXPECT_EQ(flaw_of(keys), "");
  auto clinic = new_key_set(w);
  EXPECT_FALSE(is_evaluation_kek(clinic.keks.front().id));
  EXPECT_FALSE(is_evaluation_kek(add_kek(clinic, w)));
}

TEST(KeySetProvider, WrapsUnderTheCurrentAndUnwrapsUnderAll) {
  auto const w = test_world();
  auto keys = new_key_set(w);
  auto const old_id = keys.keks.front().id;
  auto const old_key = secret::copy_of(keys.keks.front().key.view());
  auto const new_id = add_kek(keys, w);
  ASSERT_EQ(make_current(keys, new_id), kek_change::done);
  key_set_provider const provider(std::move(keys.keks));

  auto const dek = secret::random(w, dek_bytes);
  auto const wrapped = provider.wrap(dek);
  EXPECT_EQ(wrapped.kek_id, new_id);
  EXPECT_EQ(provider.current_id(), new_id);
  EXPECT_TRUE(provider.unwrap(wrapped).value() == dek);
  EXPECT_TRUE(provider.unwrap({old_id, aes_wrap(old_key, dek.view())}).value() == dek);
  EXPECT_EQ(provider.unwrap({old_id, wrapped.value}).error(), unwrap_error::not_authentic);
  EXPECT_EQ(provider.unwrap({"kek-elsewhere", wrapped.value}).error(), unwrap_error::unknown_kek);
}

TEST(KeySetProvider, RefusesAFlawedSet) {
  auto const w = test_world();
  EXPECT_THROW(key_set_provider({}), std::invalid_argument);
  auto none_current = new_key_set(w);
  none_current.keks.front().state = kek_state::decrypt_only;
  EXPECT_THROW(key_set_provider(std::move(none_current.keks)), std::invalid_argument);
  auto two_current = new_key_set(w);
  add_kek(two_current, w);
  two_current.keks.back().state = kek_state::current;
  EXPECT_THROW(key_set_provider(std::move(two_current.keks)), std::invalid_argument);
  auto same_key = new_key_set(w);
  add_kek(same_key, w);
  same_key.keks.back().key = secret::copy_of(same_key.keks.front().key.view());
  EXPECT_THROW(key_set_provider(std::move(same_key.keks)), std::invalid_argument);
}

}  // namespace
}  // namespace intake::certs
