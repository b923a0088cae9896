#include "certs/sealed_box.hpp"

#include "tests/certs/hex.hpp"
#include "tests/certs/test_world.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

constexpr std::size_t head_bytes = 13 + 32;
constexpr std::size_t sealed_chunk_bytes = box_chunk_bytes + 16;

secret recipient_key() {
  return secret::random(test_world(9), 32);
}

bytes content_of(std::size_t size) {
  bytes content(size);
  for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
  return content;
}

bytes seal_box(bytes_view content, std::string_view name = "table/part", std::size_t step = 10007,
               unsigned seed = 1) {
  bytes box;
  box_sealer sealer(test_world(seed), x25519_public_of(recipient_key()), name,
                    [&box](bytes_view some) { box.insert(box.end(), some.begin(), some.end()); });
  for (std::size_t at = 0; at < content.size(); at += step) {
    sealer.write(content.subspan(at, std::min(step, content.size() - at)));
  }
  sealer.finish();
  return box;
}

bytes open_box(bytes_view box, std::string_view name = "table/part", std::size_t step = 9001) {
  auto const key = recipient_key();
  bytes content;
  box_opener opener(key, name, [&content](bytes_view some) {
    content.insert(content.end(), some.begin(), some.end());
  });
  for (std::size_t at = 0; at < box.size(); at += step) {
    opener.write(box.subspan(at, std::min(step, box.size() - at)));
  }
  opener.finish();
  return content;
}

TEST(X25519, KnownAnswerFromRfc7748Section52) {
  auto const scalar =
      secret::copy_of(from_hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"));
  x25519_public point{};
  std::ranges::copy(from_hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
                    point.begin());
  EXPECT_EQ(to_hex(x25519(scalar, point).view()),
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
}

TEST(X25519, BothSidesAgree) {
  auto const w = test_world(3);
  auto const a = secret::random(w, 32);
  auto const b = secret::random(w, 32);
  EXPECT_EQ(x25519(a, x25519_public_of(b)), x25519(b, x25519_public_of(a)));
}

TEST(X25519, RefusesAPointOfSmallOrder) {
  EXPECT_THROW(x25519(secret::random(test_world(), 32), x25519_public{}), std::runtime_error);
}

TEST(SealedBox, OpensToWhatWasSealedWhateverItsSize) {
  for (std::size_t const size :
       {std::size_t{0}, std::size_t{1}, box_chunk_bytes - 1, box_chunk_bytes, box_chunk_bytes + 1,
        2 * box_chunk_bytes, 3 * box_chunk_bytes + 17}) {
    auto const content = content_of(size);
    auto const box = seal_box(content);
    EXPECT_EQ(box.size(),
              head_bytes + size + 16 * std::max<std::size_t>(1, (size + 65535) / 65536));
    EXPECT_EQ(open_box(box), content) << size;
  }
}

TEST(SealedBox, IsTheSameInWhateverPiecesItComesAndGoes) {
  auto const content = content_of(2 * box_chunk_bytes + 5);
  auto const box = seal_box(content);
  for (std::size_t const step : {std::size_t{1} << 20, box_chunk_bytes, std::size_t{8191}}) {
    EXPECT_EQ(seal_box(content, "table/part", step), box) << step;
    EXPECT_EQ(open_box(box, "table/part", step), content) << step;
  }
}

// Made by another program from the description in sealed_box.hpp.
TEST(SealedBox, KnownAnswer) {
  auto const key = secret::copy_of(bytes(32, 0x42));
  auto const box = from_hex(
      "696e74616b6520626f7820310af13fef3efa9598a2a23fc756bf688fe8bbd7f6cf9528bbaef3b444"
      "2688f0ab31b465ee72e9c1b595932895cd9afea2bbf9c07050d55f52d6b347cabf1e587737b0697b"
      "2fc6");
  std::string content;
  box_opener opener(key, "table/account",
                    [&content](bytes_view some) { content.append(some.begin(), some.end()); });
  opener.write(box);
  opener.finish();
  EXPECT_EQ(content, "forty forms and a key");
}

TEST(SealedBox, AnyFlippedBitFails) {
  auto const box = seal_box(content_of(box_chunk_bytes + 40));
  for (std::size_t at = 0; at < box.size(); at += at < 100 || at + 200 > box.size() ? 1 : 6007) {
    for (int const bit : {0, 7}) {
      auto changed = box;
      changed[at] ^= static_cast<std::uint8_t>(1 << bit);
      // X25519 ignores the highest bit of a public key (RFC 7748 section 5), but the salt does not.
      EXPECT_THROW(open_box(changed), box_damaged) << at << " bit " << bit;
    }
  }
}

struct damage {
  char const* name;
  void (*apply)(bytes&);
};

void cut(bytes& box, std::size_t from, std::size_t until) {
  box.erase(box.begin() + static_cast<std::ptrdiff_t>(from),
            box.begin() + static_cast<std::ptrdiff_t>(until));
}

damage const damages[] = {
    {"empty", [](bytes& box) { box.clear(); }},
    {"half_a_head", [](bytes& box) { box.resize(20); }},
    {"only_the_head", [](bytes& box) { box.resize(head_bytes); }},
    {"cut_at_a_chunk", [](bytes& box) { box.resize(head_bytes + sealed_chunk_bytes); }},
    {"cut_inside_a_chunk", [](bytes& box) { box.resize(head_bytes + 1000); }},
    {"one_byte_less", [](bytes& box) { box.pop_back(); }},
    {"one_byte_more", [](bytes& box) { box.push_back(0); }},
    {"first_chunk_left_out",
     [](bytes& box) { cut(box, head_bytes, head_bytes + sealed_chunk_bytes); }},
    {"chunks_swapped",
     [](bytes& box) {
       std::swap_ranges(box.begin() + head_bytes, box.begin() + head_bytes + sealed_chunk_bytes,
                        box.begin() + head_bytes + sealed_chunk_bytes);
     }},
    {"last_chunk_twice",
     [](bytes& box) {
       bytes const end(box.end() - 56, box.end());
       box.insert(box.end(), end.begin(), end.end());
     }},
};

TEST(SealedBox, NoChunkCanBeLeftOutAddedOrMoved) {
  auto const box = seal_box(content_of(2 * box_chunk_bytes + 40));
  for (auto const& each : damages) {
    auto changed = box;
    each.apply(changed);
    EXPECT_THROW(open_box(changed), box_damaged) << each.name;
  }
}

TEST(SealedBox, OpensOnlyUnderItsNameAndForItsRecipient) {
  auto const box = seal_box(content_of(100));
  EXPECT_THROW(open_box(box, "table/parts"), box_damaged);
  auto const other = secret::random(test_world(10), 32);
  box_opener opener(other, "table/part", [](bytes_view) {});
  opener.write(box);
  EXPECT_THROW(opener.finish(), box_damaged);
}

TEST(SealedBox, TwoBoxesOfOneContentDiffer) {
  auto const content = content_of(100);
  EXPECT_NE(seal_box(content, "a", 100, 1), seal_box(content, "a", 100, 2));
}

}  // namespace
}  // namespace intake::certs
