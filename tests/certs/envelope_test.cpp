#include "certs/envelope.hpp"

#include "certs/key_set.hpp"
#include "tests/certs/hex.hpp"
#include "tests/certs/test_world.hpp"

#include <numeric>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

constexpr part_name summary{part_kind::summary};
constexpr part_name answers{part_kind::answers};

class Envelope : public testing::Test {
 protected:
  world w = test_world();
  key_set_provider keks{std::move(new_key_set(w).keks)};
  binding place{.table = "part",
                .record = new_uuid_v7(w),
                .version = 1,
                .form = "https://forms.example/registration|3"};
  std::string summary_text = "name and date of birth";
  std::string answers_text = std::string(6000, 'a');

  sealed_version seal_two() {
    plain_part const parts[] = {{summary, as_bytes(summary_text)},
                                {answers, as_bytes(answers_text)}};
    return seal(w, keks, place, parts);
  }
};

TEST_F(Envelope, OpensWhatItSealed) {
  auto const version = seal_two();
  ASSERT_EQ(version.parts.size(), 2U);
  EXPECT_EQ(version.key.kek_id, keks.current_id());
  EXPECT_EQ(version.parts[0].name, summary);
  EXPECT_EQ(
      as_text(open(keks, version.key, place, summary, version.parts[0].content.value).value()),
      summary_text);
  auto const key = unlock(keks, version.key).value();
  EXPECT_EQ(as_text(open(key, place, answers, version.parts[1].content.value).value()),
            answers_text);
}

TEST_F(Envelope, OpensEverySizeItSealed) {
  for (std::size_t size = 0; size <= 130; ++size) {
    bytes content(size);
    w.random(content);
    plain_part const part{answers, content};
    auto const version = seal(w, keks, place, {&part, 1});
    auto const& value = version.parts[0].content.value;
    ASSERT_EQ(value.size(), size + sealed_overhead_bytes);
    auto const opened = open(keks, version.key, place, answers, value);
    ASSERT_TRUE(opened) << size;
    EXPECT_TRUE(std::ranges::equal(*opened, content)) << size;
  }
}

TEST_F(Envelope, AnyFlippedBitFails) {
  auto version = seal_two();
  auto& value = version.parts[0].content.value;
  for (std::size_t bit = 0; bit < value.size() * 8; ++bit) {
    auto const mask = static_cast<std::uint8_t>(1U << (bit % 8));
    value[bit / 8] ^= mask;
    auto const expected = bit < 8 ? open_error::unknown_format : open_error::content_not_authentic;
    EXPECT_EQ(open(keks, version.key, place, summary, value).error(), expected) << bit;
    value[bit / 8] ^= mask;
  }
  EXPECT_TRUE(open(keks, version.key, place, summary, value));
}

TEST_F(Envelope, AnyCutOrAddedByteFails) {
  auto const version = seal_two();
  auto const& value = version.parts[0].content.value;
  for (std::size_t size = 0; size < value.size(); ++size) {
    EXPECT_FALSE(open(keks, version.key, place, summary, bytes_view(value).first(size))) << size;
  }
  auto longer = value;
  longer.push_back(0);
  EXPECT_FALSE(open(keks, version.key, place, summary, longer));
}

TEST_F(Envelope, AnyFlippedBitOfTheWrappedKeyFails) {
  auto version = seal_two();
  auto& wrapped = version.key.value;
  for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) {
    auto const mask = static_cast<std::uint8_t>(1U << (bit % 8));
    wrapped[bit / 8] ^= mask;
    EXPECT_EQ(open(keks, version.key, place, summary, version.parts[0].content.value).error(),
              open_error::key_not_authentic)
        << bit;
    wrapped[bit / 8] ^= mask;
  }
}

TEST_F(Envelope, OpensNowhereElse) {
  auto const version = seal_two();
  auto const& value = version.parts[0].content.value;
  struct elsewhere {
    char const* name;
    binding place;
    part_name part;
  };
  auto const moved = [&](auto change) {
    auto other = place;
    change(other);
    return other;
  };
  elsewhere const cases[] = {
      {"other table", moved([](binding& b) { b.table = "attachment"; }), summary},
      {"other version", moved([](binding& b) { b.version = 2; }), summary},
      {"other form", moved([](binding& b) { b.form = "https://forms.example/consent|3"; }),
       summary},
      {"other form version",
       moved([](binding& b) { b.form = "https://forms.example/registration|4"; }), summary},
      {"text moved from form to table", moved([](binding& b) {
         b.table = "parth";
         b.form = "ttps://forms.example/registration|3";
       }),
       summary},
      {"other part", place, answers},
      {"other number", place, {part_kind::summary, 1}},
  };
  for (auto const& c : cases) {
    EXPECT_EQ(open(keks, version.key, c.place, c.part, value).error(),
              open_error::content_not_authentic)
        << c.name;
  }
  for (std::size_t bit = 0; bit < 128; ++bit) {
    auto other = place;
    other.record.value[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(open(keks, version.key, other, summary, value)) << "record bit " << bit;
  }
}

TEST_F(Envelope, PartsOfTwoVersionsDoNotMix) {
  auto const first = seal_two();
  auto const second = seal_two();
  // Same place, same content: still another data key.
  EXPECT_EQ(open(keks, first.key, place, summary, second.parts[0].content.value).error(),
            open_error::content_not_authentic);
}

TEST_F(Envelope, WrongKeyFileSaysSo) {
  auto const version = seal_two();
  auto const other_world = test_world(99);
  key_set_provider const other{std::move(new_key_set(other_world).keks)};
  EXPECT_EQ(unlock(other, version.key).error(), open_error::unknown_kek);

  auto same_id = new_key_set(other_world);
  same_id.keks.front().id = keks.current_id();
  key_set_provider const forged{std::move(same_id.keks)};
  EXPECT_EQ(unlock(forged, version.key).error(), open_error::key_not_authentic);
}

TEST_F(Envelope, RewrapChangesTheKekAndNothingElse) {
  auto keys = new_key_set(w);
  auto const old_id = keys.keks.front().id;
  auto old_keys = new_key_set(w);
  old_keys.keks.front().id = old_id;
  old_keys.keks.front().key = secret::copy_of(keys.keks.front().key.view());
  key_set_provider const before(std::move(old_keys.keks));
  auto const new_id = add_kek(keys, w);
  make_current(keys, new_id);
  key_set_provider const after(std::move(keys.keks));

  plain_part const part{summary, as_bytes(summary_text)};
  auto const version = seal(w, before, place, {&part, 1});
  auto const rewrapped = rewrap(after, version.key).value();
  EXPECT_EQ(rewrapped.kek_id, new_id);
  EXPECT_EQ(as_text(open(after, rewrapped, place, summary, version.parts[0].content.value).value()),
            summary_text);
  EXPECT_EQ(rewrap(before, rewrapped).error(), open_error::unknown_kek);
}

// Keeps rows readable for good: written by Python's `cryptography` from the format as documented
// (KEK 00..1f, DEK 40..5f, nonce 80..8b).
TEST(EnvelopeFormat, OpensWhatAnIndependentProgramSealed) {
  bytes kek_bytes(32);
  std::iota(kek_bytes.begin(), kek_bytes.end(), std::uint8_t{0});
  std::vector<kek> keks;
  keks.push_back({"kek-golden", kek_state::current, {}, secret::copy_of(kek_bytes)});
  key_set_provider const provider(std::move(keks));
  wrapped_key const wrapped{
      "kek-golden", from_hex("bd2a276ae8c7464c7e8b396674ac6e0e9558c84c6009b3fa413cf06a67a20082"
                             "3e4d720df2419fa9")};
  auto const content = from_hex(
      "01808182838485868788898a8b9bd67dbfbe33849ecf4b4866d76030a089b51b"
      "4f7709c11c6a1dba306f82c8974b7f7f0e24");
  binding const place{.table = "part",
                      .record = parse_uuid("0190163d-8694-739b-aea5-966c26f8ad91").value(),
                      .version = 7,
                      .form = "https://forms.example/registration|3"};
  auto const opened = open(provider, wrapped, place, {part_kind::attachment, 2}, content);
  EXPECT_EQ(as_text(opened.value()), "four words of content");
}

TEST_F(Envelope, KeysAndNoncesNeverRepeat) {
  std::set<bytes> nonces;
  std::set<bytes> wrapped;
  for (int i = 0; i < 500; ++i) {
    auto const version = seal_two();
    wrapped.insert(version.key.value);
    for (auto const& part : version.parts) {
      auto const& value = part.content.value;
      nonces.emplace(value.begin() + 1, value.begin() + 13);
    }
  }
  EXPECT_EQ(nonces.size(), 1000U);
  EXPECT_EQ(wrapped.size(), 500U);
}

TEST_F(Envelope, LimitsHold) {
  std::string const long_name(1025, 'x');
  place.form = long_name;
  plain_part const part{summary, as_bytes("x")};
  EXPECT_THROW(seal(w, keks, place, {&part, 1}), std::length_error);
  place.form = "short";
  bytes const film(part_bytes_max + 1);
  plain_part const large{{part_kind::attachment}, film};
  EXPECT_THROW(seal(w, keks, place, {&large, 1}), std::length_error);
}

TEST_F(Envelope, TwoPartsOfOneNameAreABug) {
  plain_part const parts[] = {{summary, as_bytes("a")}, {summary, as_bytes("b")}};
  EXPECT_DEATH(seal(w, keks, place, parts), "part names are distinct");
}

TEST_F(Envelope, ErrorsHaveSentencesAndNoContent) {
  auto version = seal_two();
  version.parts[0].content.value.back() ^= 1;
  try {
    open(keks, version.key, place, summary, version.parts[0].content.value).value();
    FAIL();
  } catch (std::runtime_error const& e) {
    EXPECT_EQ(e.what(), sentence(open_error::content_not_authentic));
  }
}

}  // namespace
}  // namespace intake::certs
