#include "db/accounts.hpp"
#include "db/client_certificates.hpp"
#include "db/clients.hpp"
#include "db/errors.hpp"
#include "db/sessions.hpp"
#include "tests/db/samples.hpp"

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace std::chrono_literals;
using tests::sample_now;

class people : public testing::Test {
 protected:
  account make(std::string name, account_role role = account_role::front_desk) {
    return {.id = certs::new_uuid_v7(world_),
            .name = std::move(name),
            .role = role,
            .password_hash = "$argon2id$x",
            .created = sample_now,
            .disabled = {},
            .demo = false,
            .short_password = false};
  }
  session make_session(certs::uuid owner) {
    session made{.account = owner, .started = sample_now, .last_seen = sample_now};
    world_.random(made.id_hash);
    world_.random(made.csrf_secret);
    return made;
  }

  certs::world world_ = tests::sample_world();
  tests::database home_;
  pool desk_{tests::desk_settings(home_)};
};

TEST_F(people, an_account_comes_back_as_it_was_added) {
  auto added = make("María O'Neil \"x\"", account_role::clinician);
  added.demo = true;
  ASSERT_EQ(add_account(desk_, added), account_change::done);
  auto const found = find_account(desk_, "maría o'neil \"x\"");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, added.id);
  EXPECT_EQ(found->name, added.name);
  EXPECT_EQ(found->role, added.role);
  EXPECT_EQ(found->password_hash, added.password_hash);
  EXPECT_EQ(found->created, added.created);
  EXPECT_FALSE(found->disabled);
  EXPECT_TRUE(found->demo);
  EXPECT_EQ(find_account(desk_, added.id)->name, added.name);
  EXPECT_FALSE(find_account(desk_, "nobody"));
  EXPECT_FALSE(find_account(desk_, std::string_view("maría o'neil \"x\"\0x", 20)));
}

TEST_F(people, a_name_is_taken_in_any_case) {
  ASSERT_EQ(add_account(desk_, make("Front.Desk")), account_change::done);
  EXPECT_EQ(add_account(desk_, make("front.desk")), account_change::name_taken);
  EXPECT_EQ(list_accounts(desk_).size(), 1U);
}

TEST_F(people, every_role_has_a_word) {
  for (auto const role : {account_role::front_desk, account_role::clinician, account_role::billing,
                          account_role::manager, account_role::administrator}) {
    EXPECT_EQ(parse_account_role(to_string(role)), role);
    EXPECT_EQ(add_account(desk_, make(std::string(to_string(role)), role)), account_change::done);
  }
  EXPECT_FALSE(parse_account_role("owner"));
  EXPECT_EQ(list_accounts(desk_).size(), 5U);
}

TEST_F(people, a_session_ends_idle_old_signed_out_or_with_its_account) {
  auto const owner = make("desk");
  ASSERT_EQ(add_account(desk_, owner), account_change::done);
  session_limits const limits;
  auto const fresh = [&] {
    auto const made = make_session(owner.id);
    start_session(desk_, made);
    return made;
  };
  auto const one = fresh();
  auto const resumed = resume_session(desk_, one.id_hash, sample_now + 14min, limits);
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->account_name, "desk");
  EXPECT_EQ(resumed->role, account_role::front_desk);
  EXPECT_EQ(resumed->record.account, owner.id);
  EXPECT_EQ(resumed->record.csrf_secret, one.csrf_secret);
  EXPECT_EQ(resumed->record.last_seen, sample_now + 14min);
  EXPECT_TRUE(resume_session(desk_, one.id_hash, sample_now + 28min, limits)) << "moved on";
  EXPECT_FALSE(resume_session(desk_, one.id_hash, sample_now + 43min, limits)) << "idle";

  auto const two = fresh();
  auto now = sample_now;
  for (; now < sample_now + 12h - 10min; now += 10min) {
    ASSERT_TRUE(resume_session(desk_, two.id_hash, now, limits));
  }
  EXPECT_FALSE(resume_session(desk_, two.id_hash, sample_now + 12h, limits)) << "old";

  auto const three = fresh();
  end_session(desk_, three.id_hash);
  EXPECT_FALSE(resume_session(desk_, three.id_hash, sample_now, limits));

  auto const four = fresh();
  ASSERT_EQ(disable_account(desk_, owner.id, sample_now), account_change::done);
  EXPECT_FALSE(resume_session(desk_, four.id_hash, sample_now, limits));
  EXPECT_EQ(find_account(desk_, "desk")->disabled, sample_now);
  ASSERT_EQ(enable_account(desk_, owner.id), account_change::done);
  EXPECT_FALSE(resume_session(desk_, four.id_hash, sample_now, limits)) << "stays ended";
  EXPECT_EQ(home_.value("SELECT count(*) FROM session"), "0");
}

TEST_F(people, last_seen_moves_at_most_once_a_minute) {
  auto const owner = make("desk");
  ASSERT_EQ(add_account(desk_, owner), account_change::done);
  auto const one = make_session(owner.id);
  start_session(desk_, one);
  EXPECT_EQ(resume_session(desk_, one.id_hash, sample_now + 59s, {})->record.last_seen, sample_now);
  EXPECT_EQ(resume_session(desk_, one.id_hash, sample_now + 60s, {})->record.last_seen,
            sample_now + 60s);
}

TEST_F(people, a_new_password_or_role_signs_out_everywhere) {
  auto const owner = make("desk");
  auto const other = make("other");
  ASSERT_EQ(add_account(desk_, owner), account_change::done);
  ASSERT_EQ(add_account(desk_, other), account_change::done);
  start_session(desk_, make_session(other.id));
  for (int i = 0; i < 3; ++i) start_session(desk_, make_session(owner.id));
  ASSERT_EQ(change_password(desk_, owner.id, "$argon2id$y"), account_change::done);
  EXPECT_EQ(find_account(desk_, owner.id)->password_hash, "$argon2id$y");
  EXPECT_EQ(home_.value("SELECT count(*) FROM session"), "1");
  start_session(desk_, make_session(owner.id));
  ASSERT_EQ(change_role(desk_, owner.id, account_role::manager), account_change::done);
  EXPECT_EQ(end_all_sessions(desk_, owner.id), 0);
  EXPECT_EQ(end_all_sessions(desk_, other.id), 1);
  EXPECT_EQ(change_role(desk_, make("x").id, account_role::billing), account_change::not_found);
}

TEST_F(people, ended_sessions_are_removed) {
  auto const owner = make("desk");
  ASSERT_EQ(add_account(desk_, owner), account_change::done);
  auto old = make_session(owner.id);
  old.last_seen = sample_now - 15min;
  start_session(desk_, old);
  start_session(desk_, make_session(owner.id));
  EXPECT_EQ(remove_ended_sessions(desk_, sample_now, {}), 1);
  EXPECT_EQ(remove_ended_sessions(desk_, sample_now, {}), 0);
}

TEST_F(people, a_client_comes_back_to_desk_and_portal) {
  client const added{.id = "clearing-house",
                     .secret_hash = {1, 2, 3},
                     .scopes = {"submit", "read:coverage"},
                     .created = sample_now,
                     .disabled = {},
                     .demo = false};
  auto bare = added;
  bare.id = "bare";
  bare.scopes.clear();
  ASSERT_EQ(add_client(desk_, added), account_change::done);
  ASSERT_EQ(add_client(desk_, bare), account_change::done);
  EXPECT_EQ(add_client(desk_, added), account_change::name_taken);
  pool portal({.conninfo = home_.conninfo("intake_portal")});
  auto const found = find_client(portal, "clearing-house");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->secret_hash, added.secret_hash);
  EXPECT_EQ(found->scopes, added.scopes);
  EXPECT_TRUE(find_client(desk_, "bare")->scopes.empty());
  ASSERT_EQ(disable_client(desk_, "bare", sample_now), account_change::done);
  EXPECT_EQ(find_client(desk_, "bare")->disabled, sample_now);
  EXPECT_EQ(disable_client(desk_, "none", sample_now), account_change::not_found);
  EXPECT_EQ(list_clients(desk_).size(), 2U);
  EXPECT_THROW((void)add_client(portal, added), statement_refused);
}

TEST_F(people, a_certificate_stands_for_its_client_until_it_is_taken_back) {
  client const owner{.id = "records",
                     .secret_hash = {},
                     .scopes = {"read:consent"},
                     .created = sample_now,
                     .disabled = {},
                     .demo = false};
  ASSERT_EQ(add_client(desk_, owner), account_change::done);
  client_certificate one{.fingerprint = {1},
                         .client = "records",
                         .subject = "CN=records",
                         .issued = sample_now,
                         .not_after = sample_now + std::chrono::hours(1)};
  auto other = one;
  other.fingerprint = {2};
  ASSERT_EQ(add_certificate(desk_, one), account_change::done);
  ASSERT_EQ(add_certificate(desk_, other), account_change::done);
  EXPECT_EQ(add_certificate(desk_, one), account_change::name_taken);
  pool portal({.conninfo = home_.conninfo("intake_portal")});
  auto const found = find_certified(portal, one.fingerprint);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->owner.scopes, owner.scopes);
  EXPECT_EQ(found->certificate.not_after, one.not_after);
  EXPECT_FALSE(find_certified(portal, {3}));
  EXPECT_EQ(revoke_certificate(desk_, one.fingerprint, sample_now), 1);
  EXPECT_EQ(revoke_certificate(desk_, one.fingerprint, sample_now), 0);
  EXPECT_EQ(find_certified(desk_, one.fingerprint)->certificate.revoked, sample_now);
  EXPECT_FALSE(find_certified(desk_, other.fingerprint)->certificate.revoked);
  EXPECT_EQ(revoke_certificates_of(desk_, "records", sample_now), 1);
  EXPECT_EQ(list_certificates(desk_).size(), 2U);
}

}  // namespace
}  // namespace intake::db
