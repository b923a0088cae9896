#include "db/rule_sets.hpp"

#include "db/accounts.hpp"
#include "tests/db/samples.hpp"

#include <algorithm>
#include <array>
#include <thread>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using enum rule_set_change;
using std::chrono::days;
using tests::sample_now;

constexpr std::chrono::sys_days today{days{20'780}};

certs::hash256 named(char letter) {
  certs::hash256 hash{};
  hash.fill(static_cast<std::uint8_t>(letter));
  return hash;
}

class rule_sets : public testing::Test {
 protected:
  certs::uuid person(std::string const& name) {
    account added{.id = certs::new_uuid_v7(world_),
                  .name = name,
                  .role = account_role::billing,
                  .password_hash = "$argon2id$x",
                  .created = sample_now,
                  .disabled = {},
                  .demo = false,
                  .short_password = false};
    EXPECT_EQ(add_account(desk_, added), account_change::done);
    return added.id;
  }
  void import(char letter) {
    ASSERT_EQ(import_rule_set(desk_, {named(letter), sample_now, "uid 0"},
                              {{"accept.csv", std::string("rule\0\xff", 6)}, {"meta.csv", ""}}),
              done);
  }
  rule_set_change approve(char letter, certs::uuid who) {
    return approve_rule_set(desk_, {named(letter), who, sample_now});
  }
  rule_set_change activate(char letter, std::chrono::sys_days from, int approvals = 1) {
    return activate_rule_set(
        desk_, {.hash = named(letter), .active_from = from, .activated = sample_now, .actor = "x"},
        approvals);
  }
  rule_set_change back(char leaving, std::chrono::sys_days day = today) {
    return return_rule_set(desk_, {named(leaving), day, sample_now, "x"});
  }
  std::string in_force(std::chrono::sys_days day = today) {
    auto const found = rule_set_in_force(desk_, day);
    return found ? std::string(1, static_cast<char>(found->hash[0])) : "none";
  }
  void ready(std::string_view letters) {
    auto const who = person("first");
    for (char const letter : letters) {
      import(letter);
      ASSERT_EQ(approve(letter, who), done);
    }
  }

  certs::world world_ = tests::sample_world();
  tests::database home_;
  pool desk_{tests::desk_settings(home_)};
};

TEST_F(rule_sets, come_back_byte_by_byte_and_are_never_replaced) {
  import('a');
  EXPECT_EQ(import_rule_set(desk_, {named('a'), sample_now + days(1), "other"},
                            {{"accept.csv", "other"}}),
            already);
  auto const files = rule_set_files(desk_, named('a'));
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].name, "accept.csv");
  EXPECT_EQ(files[0].content, std::string("rule\0\xff", 6));
  EXPECT_EQ(files[1].content, "");
  auto const sets = list_rule_sets(desk_);
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0].hash, named('a'));
  EXPECT_EQ(sets[0].imported, sample_now);
  EXPECT_EQ(sets[0].actor, "uid 0");
  EXPECT_TRUE(rule_set_files(desk_, named('b')).empty());
}

TEST_F(rule_sets, an_approval_is_one_persons_once) {
  auto const who = person("first");
  EXPECT_EQ(approve('a', who), not_found);
  import('a');
  EXPECT_EQ(approve('a', who), done);
  EXPECT_EQ(approve('a', who), already);
  auto const approvals = list_rule_set_approvals(desk_);
  ASSERT_EQ(approvals.size(), 1U);
  EXPECT_EQ(approvals[0].approver, who);
  EXPECT_EQ(approvals[0].approved, sample_now);
}

TEST_F(rule_sets, one_or_two_different_people_stand_before_an_activation) {
  auto const first = person("first");
  import('a');
  EXPECT_EQ(activate('a', today, 1), approvals_missing);
  ASSERT_EQ(approve('a', first), done);
  ASSERT_EQ(approve('a', first), already);
  EXPECT_EQ(activate('a', today, 2), approvals_missing);
  ASSERT_EQ(approve('a', person("second")), done);
  EXPECT_EQ(activate('a', today, 2), done);
  EXPECT_EQ(activate('a', today, 2), already);
  EXPECT_EQ(activate('b', today, 2), not_found);
  EXPECT_EQ(in_force(), "a");
}

TEST_F(rule_sets, decide_from_their_day_on) {
  ready("abc");
  EXPECT_EQ(in_force(), "none");
  ASSERT_EQ(activate('a', today - days(10)), done);
  ASSERT_EQ(activate('b', today + days(5)), done);
  ASSERT_EQ(activate('c', today), done);
  struct on_day {
    int day;
    char const* set;
  };
  constexpr on_day expected[] = {{-11, "none"}, {-10, "a"}, {-1, "a"}, {0, "c"},
                                 {4, "c"},      {5, "b"},   {500, "b"}};
  for (auto const& [day, set] : expected) EXPECT_EQ(in_force(today + days(day)), set) << day;
  // The same day again: the later act holds.
  ASSERT_EQ(activate('c', today + days(5)), done);
  EXPECT_EQ(in_force(today + days(5)), "c");
}

TEST_F(rule_sets, one_act_returns_and_a_second_takes_it_back) {
  ready("ab");
  EXPECT_EQ(back('a'), superseded);
  ASSERT_EQ(activate('a', today - days(10)), done);
  EXPECT_EQ(back('a'), not_found);
  ASSERT_EQ(activate('b', today), done);
  EXPECT_EQ(back('b'), done);
  EXPECT_EQ(in_force(), "a");
  EXPECT_EQ(in_force(today - days(1)), "a");
  EXPECT_EQ(back('b'), superseded);
  EXPECT_EQ(back('a'), done);
  EXPECT_EQ(in_force(), "b");
  auto const acts = list_rule_set_activations(desk_);
  ASSERT_EQ(acts.size(), 4U);
  EXPECT_EQ(acts[2].act, activation_act::back);
  EXPECT_EQ(acts[2].active_from, today);
  EXPECT_EQ(acts[2].actor, "x");
}

TEST_F(rule_sets, several_people_at_once_leave_one_history) {
  ready("ab");
  import('c');
  ASSERT_EQ(activate('a', today - days(1)), done);
  ASSERT_EQ(activate('b', today), done);
  constexpr int people_count = 6;
  std::vector<certs::uuid> everybody;
  for (int i = 0; i < people_count; ++i) everybody.push_back(person("p" + std::to_string(i)));
  std::array<rule_set_change, people_count> approved{};
  std::array<rule_set_change, people_count> activated{};
  std::array<rule_set_change, people_count> returned{};
  auto at_once = [](auto act) {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < people_count; ++i) threads.emplace_back([act, i] { act(i); });
  };
  // Two clicks of each of three people.
  at_once([&](std::size_t i) { approved[i] = approve('c', everybody[i / 2]); });
  EXPECT_EQ(std::ranges::count(approved, done), 3);
  EXPECT_EQ(std::ranges::count(approved, already), 3);
  at_once([&](std::size_t i) { activated[i] = activate('c', today, 2); });
  EXPECT_EQ(std::ranges::count(activated, done), 1);
  EXPECT_EQ(std::ranges::count(activated, already), people_count - 1);
  at_once([&](std::size_t i) { returned[i] = back('c'); });
  EXPECT_EQ(std::ranges::count(returned, done), 1);
  EXPECT_EQ(std::ranges::count(returned, superseded), people_count - 1);
  EXPECT_EQ(in_force(), "b");
}

// What the database itself holds, whatever a program believes.
TEST_F(rule_sets, nothing_that_nobody_approved_begins_to_decide) {
  import('a');
  std::string const insert =
      "INSERT INTO rule_set_activation (hash, active_from, act, approvals, activated, actor) "
      "SELECT hash, '2026-11-23', ";
  auto const tail = ", now(), 'x' FROM rule_set";
  EXPECT_EQ(home_.refusal("intake_desk", insert + "'activate', 1" + tail), "23514");
  EXPECT_EQ(home_.refusal("intake_desk", insert + "'activate', 0" + tail), "23514");
  EXPECT_EQ(home_.refusal("intake_desk", insert + "'return', 1" + tail), "23514");
  ASSERT_EQ(approve('a', person("first")), done);
  EXPECT_EQ(home_.refusal("intake_desk", insert + "'activate', 2" + tail), "23514");
  EXPECT_EQ(home_.refusal("intake_desk", insert + "'activate', 1" + tail), "");
}

}  // namespace
}  // namespace intake::db
