// A token of software stands in for one of hardware; the interface is the same.
#include "certs/pkcs11_token.hpp"

#include "certs/envelope.hpp"
#include "certs/escrow.hpp"
#include "certs/kek_file.hpp"
#include "tests/certs/test_world.hpp"
#include "tests/support/soft_token.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::certs {
namespace {

using testing::HasSubstr;
using tests::soft_token;

class Pkcs11 : public testing::Test {
 protected:
  void SetUp() override {
    module_ = soft_token::module();
    if (module_.empty()) GTEST_SKIP() << "softhsm2 is not installed";
    token_ = std::make_shared<pkcs11_token const>(token_place{module_, soft_token::label},
                                                  secret::copy_of(as_bytes(soft_token::pin)));
  }

  /// The tests share the token: a name of this test's own.
  static std::string id(std::string const& name) {
    return "kek-" + name + "-" + std::to_string(test_number());
  }
  static int test_number() { return testing::UnitTest::GetInstance()->current_test_info()->line(); }

  world w_ = test_world();
  std::string module_;
  std::shared_ptr<pkcs11_token const> token_;
};

TEST_F(Pkcs11, WhatItWrapsOnlyItUnwraps) {
  token_->make_key(id("a"));
  token_->make_key(id("b"));
  auto const dek = secret::random(w_, dek_bytes);
  auto const wrapped = token_->wrap(id("a"), dek);
  EXPECT_EQ(wrapped.size(), 40U);
  auto const opened = token_->unwrap(id("a"), wrapped);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(*opened == dek);
  EXPECT_EQ(token_->unwrap(id("b"), wrapped).error(), unwrap_error::not_authentic);
  EXPECT_EQ(token_->unwrap("kek-unknown", wrapped).error(), unwrap_error::unknown_kek);
  for (std::size_t i = 0; i < wrapped.size(); ++i) {
    auto flipped = wrapped;
    flipped[i] ^= 1;
    EXPECT_EQ(token_->unwrap(id("a"), flipped).error(), unwrap_error::not_authentic) << i;
  }
  EXPECT_EQ(token_->unwrap(id("a"), bytes(7)).error(), unwrap_error::not_authentic);
}

TEST_F(Pkcs11, AKeyIsMadeOnceAndGoneWhenItWasDestroyed) {
  EXPECT_FALSE(token_->has_key(id("a")));
  token_->make_key(id("a"));
  EXPECT_TRUE(token_->has_key(id("a")));
  EXPECT_THROW(token_->make_key(id("a")), std::runtime_error);
  auto const wrapped = token_->wrap(id("a"), secret::random(w_, dek_bytes));
  token_->destroy_key(id("a"));
  token_->destroy_key(id("a"));
  EXPECT_FALSE(token_->has_key(id("a")));
  EXPECT_EQ(token_->unwrap(id("a"), wrapped).error(), unwrap_error::unknown_kek);
  EXPECT_THROW(token_->wrap(id("a"), secret::random(w_, dek_bytes)), std::runtime_error);
}

TEST_F(Pkcs11, ManyThreadsShareIt) {
  token_->make_key(id("a"));
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (unsigned i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      auto const mine = test_world(i);
      for (int n = 0; n < 20; ++n) {
        auto const dek = secret::random(mine, dek_bytes);
        auto const opened = token_->unwrap(id("a"), token_->wrap(id("a"), dek));
        if (opened && *opened == dek) ++good;
      }
    });
  }
  for (auto& each : threads) each.join();
  EXPECT_EQ(good, 160);
}

TEST_F(Pkcs11, SaysInASentenceWhatIsWrong) {
  auto const sentence = [](std::string const& module, std::string const& label) -> std::string {
    try {
      pkcs11_token const token({module, label}, secret::copy_of(as_bytes("0000")));
      return "it works";
    } catch (std::runtime_error const& error) {
      return error.what();
    }
  };
  EXPECT_THAT(sentence("/nowhere/module.so", "intake"), HasSubstr("can't be loaded"));
  EXPECT_THAT(sentence(module_, "lost"), HasSubstr("no token with the label \"lost\""));
  EXPECT_THAT(sentence(module_, soft_token::other_label), HasSubstr("the PIN is wrong"));
}

/// A set whose current KEK is in the token and whose older one is not.
key_set mixed_set(world const& w, pkcs11_token const& token) {
  auto keys = new_key_set(w);
  make_current(keys, add_kek(keys, w, kek_home::token));
  token.make_key(keys.keks.back().id);
  return keys;
}

TEST_F(Pkcs11, AKeyFileNamesWhatTheTokenHoldsAndKeepsNoRootInTheClear) {
  auto const w = test_world(static_cast<unsigned>(test_number()));
  auto keys = mixed_set(w, *token_);
  wrap_index_root(keys, token_.get());
  std::string const text(as_text(write_key_file(keys)));
  EXPECT_THAT(text, HasSubstr("\ntoken-kek " + keys.keks.back().id + " current "));
  EXPECT_THAT(text, HasSubstr("\nwrapped-index-root " + keys.keks.back().id + " "));
  EXPECT_EQ(text.find("\nindex-root "), std::string::npos);
  auto read = parse_key_file(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(read->index_root.empty());
  open_index_root(*read, *token_);
  EXPECT_TRUE(read->index_root == keys.index_root);
  EXPECT_EQ(read->keks.back().home, kek_home::token);
  token_->destroy_key(keys.keks.back().id);
  auto again = parse_key_file(text);
  EXPECT_THROW(open_index_root(*again, *token_), std::runtime_error);
}

TEST_F(Pkcs11, ASetOpensWhatEitherOfItsHomesWrapped) {
  auto const w = test_world(static_cast<unsigned>(test_number()));
  auto keys = mixed_set(w, *token_);
  auto old = new_key_set(test_world(static_cast<unsigned>(test_number())));
  key_set_provider const before(std::move(old.keks));
  EXPECT_THROW(key_set_provider({mixed_set(test_world(9), *token_).keks}), std::invalid_argument);
  key_set_provider const after(std::move(keys.keks), token_);
  auto const dek = secret::random(w, dek_bytes);
  EXPECT_TRUE(*after.unwrap(before.wrap(dek)) == dek);
  auto const wrapped = after.wrap(dek);
  EXPECT_EQ(wrapped.kek_id, after.current_id());
  EXPECT_TRUE(*after.unwrap(wrapped) == dek);
  EXPECT_EQ(before.unwrap(wrapped).error(), unwrap_error::unknown_kek);
}

TEST_F(Pkcs11, AnEscrowSheetNamesATokensKeyAndComesBack) {
  auto const w = test_world(static_cast<unsigned>(test_number()));
  auto const keys = mixed_set(w, *token_);
  std::string const sheet(as_text(write_escrow_sheet(keys, {"Example Pain Center", {}})));
  EXPECT_THAT(sheet, HasSubstr("copy of that token"));
  auto const read = read_escrow_sheet(sheet);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->keks.size(), 2U);
  EXPECT_EQ(read->keks[1].home, kek_home::token);
  EXPECT_EQ(read->keks[1].id, keys.keks[1].id);
  EXPECT_TRUE(read->keks[0].key == keys.keks[0].key);
  EXPECT_TRUE(read->index_root == keys.index_root);
  auto forged = sheet;
  forged.erase(forged.find(" token ", forged.find("\nBEGIN KEYS")), 6);
  EXPECT_FALSE(read_escrow_sheet(forged));
}

}  // namespace
}  // namespace intake::certs
