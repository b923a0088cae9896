#include "certs/sealed_key_file.hpp"

#include "tests/certs/test_world.hpp"

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

secret words(std::string_view text) {
  return secret::copy_of(as_bytes(text));
}

/// Sealed once: it is made to be slow.
struct sample {
  key_set keys = new_key_set(test_world());
  wiped_bytes plain = write_key_file(keys);
  std::string sealed{
      as_text(seal_key_file(test_world(2), words("six words chosen by dice"), plain))};
};

sample const& the_sample() {
  static sample const made;
  return made;
}

std::string_view message_of(std::string const& text, std::string_view passphrase) {
  auto const opened = open_sealed_key_file(text, words(passphrase));
  return opened ? "it opens" : opened.error().message;
}

TEST(SealedKeyFile, OpensWithItsPassphraseToWhatWasSealed) {
  auto const& s = the_sample();
  EXPECT_TRUE(is_sealed_key_file(s.sealed));
  EXPECT_FALSE(is_sealed_key_file(as_text(s.plain)));
  auto const opened = open_sealed_key_file(s.sealed, words("six words chosen by dice"));
  ASSERT_TRUE(opened);
  EXPECT_EQ(as_text(*opened), as_text(s.plain));
}

TEST(SealedKeyFile, HoldsNoKeyThatCanBeRead) {
  auto const& s = the_sample();
  EXPECT_EQ(s.sealed.find("index-root"), std::string::npos);
  EXPECT_EQ(s.sealed.find(s.keys.keks.front().id), std::string::npos);
  EXPECT_FALSE(parse_key_file(s.sealed));
}

TEST(SealedKeyFile, AWrongPassphraseOrAChangedFileProvesItself) {
  auto const& s = the_sample();
  EXPECT_EQ(message_of(s.sealed, "six words chosen by dicf"), "the passphrase is wrong");
  EXPECT_EQ(message_of(s.sealed, ""), "the passphrase is wrong");
  auto changed = s.sealed;
  auto const last = changed.size() - 2;
  changed[last] = changed[last] == '0' ? '1' : '0';
  EXPECT_EQ(message_of(changed, "six words chosen by dice"), "the passphrase is wrong");
}

// Whoever can write the file must not make the next reading cost a gigabyte and an hour, nor free.
TEST(SealedKeyFile, TakesNoOtherShapeAndNoOtherCostThanItBears) {
  auto const& s = the_sample();
  auto const with = [&](std::string_view from, std::string_view to) {
    auto text = s.sealed;
    text.replace(text.find(from), from.size(), to);
    return message_of(text, "six words chosen by dice");
  };
  constexpr std::string_view shape = "it is not as `intake key new` wrote it";
  EXPECT_EQ(with("argon2id 262144 3 1", "argon2id 99999999 3 1"), shape);
  EXPECT_EQ(with("argon2id 262144 3 1", "argon2id 262144 99 1"), shape);
  EXPECT_EQ(with("argon2id 262144 3 1", "argon2id 0 3 1"), shape);
  EXPECT_EQ(with("argon2id ", "scrypt "), shape);
  EXPECT_EQ(with("argon2id 262144 3 1", "argon2id 262144 2 1"), "the passphrase is wrong");
  EXPECT_EQ(message_of(s.sealed + "more\n", "six words chosen by dice"), shape);
  EXPECT_EQ(message_of(s.sealed.substr(0, 200), "six words chosen by dice"), shape);
}

}  // namespace
}  // namespace intake::certs
