#include "db/submissions.hpp"

#include "db/batch_writer.hpp"
#include "db/errors.hpp"
#include "db/outbox.hpp"
#include "tests/db/samples.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <tuple>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace std::chrono_literals;
using tests::sample_now;

class submissions : public testing::Test {
 protected:
  new_submission add(certs::utc_time received) {
    auto made = make_.submission();
    made.received = received;
    EXPECT_TRUE(std::holds_alternative<stored>(writer_.submit(made)));
    return made;
  }

  tests::database home_;
  tests::sample_maker make_;
  batch_writer writer_{tests::writer_settings(home_), tests::sample_world()};
  pool desk_{tests::desk_settings(home_)};
};

TEST_F(submissions, are_listed_newest_first_page_by_page_with_no_more_than_the_summary) {
  std::vector<new_submission> sent;
  // Every third shares its time with the one before.
  for (int i = 0; i < 25; ++i)
    sent.push_back(add(sample_now + std::chrono::minutes(i - i % 3 / 2)));
  std::ranges::sort(sent, [](auto const& a, auto const& b) {
    return std::tie(a.received, a.id) > std::tie(b.received, b.id);
  });
  std::vector<listed_submission> listed;
  std::optional<page_mark> mark;
  for (;;) {
    auto const page = list_newest(desk_, mark, 4);
    if (page.empty()) break;
    EXPECT_LE(page.size(), 4U);
    listed.insert(listed.end(), page.begin(), page.end());
    mark = page_mark{page.back().head.first_received, page.back().head.id};
  }
  ASSERT_EQ(listed.size(), sent.size());
  for (std::size_t i = 0; i < sent.size(); ++i) {
    EXPECT_EQ(listed[i].head.id, sent[i].id) << i;
    EXPECT_EQ(listed[i].summary, sent[i].parts[0].sealed);
    EXPECT_EQ(listed[i].head.key->value, sent[i].key.value);
    EXPECT_EQ(listed[i].head.receipt, sent[i].receipt);
  }
}

TEST_F(submissions, a_corrected_one_is_listed_once_in_its_newest_version_at_its_first_place) {
  auto const first = add(sample_now);
  add(sample_now + 1min);
  auto second = make_.correction(first);
  second.received = sample_now + 1h;
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(second)));
  auto const listed = list_newest(desk_, {}, 10);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[1].head.id, first.id);
  EXPECT_EQ(listed[1].head.version, 2);
  EXPECT_EQ(listed[1].head.received, second.received);
  EXPECT_EQ(listed[1].head.first_received, first.received);
  EXPECT_EQ(listed[1].summary, second.parts[0].sealed);
}

TEST_F(submissions, are_found_by_token_in_any_version) {
  auto const first = add(sample_now);
  add(sample_now + 1min);
  auto const second = make_.correction(first);
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(second)));
  for (auto const& token : {first.tokens[0], second.tokens[1]}) {
    auto const found = list_by_token(desk_, token, {}, 10);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].head.id, first.id);
    EXPECT_EQ(found[0].head.version, 2);
  }
  auto other_kind = first.tokens[0];
  other_kind.kind = 9;
  EXPECT_TRUE(list_by_token(desk_, other_kind, {}, 10).empty());
}

TEST_F(submissions, are_found_by_receipt) {
  auto const sent = add(sample_now);
  EXPECT_EQ(open_receipt(desk_, sent.receipt)->head.id, sent.id);
  EXPECT_EQ(find_receipt(desk_, sent.receipt), sent.id);
  EXPECT_FALSE(find_receipt(desk_, "NOSUCHRCPT"));
  EXPECT_FALSE(find_receipt(desk_, std::string("\0", 1)));
  EXPECT_FALSE(open_submission(desk_, make_.submission().id));
  EXPECT_FALSE(open_submission(desk_, sent.id, 2));
}

TEST_F(submissions, without_a_key_are_still_there_but_sealed_for_good) {
  auto const sent = add(sample_now);
  home_.sql("DELETE FROM wrapped_key");
  EXPECT_FALSE(open_submission(desk_, sent.id)->head.key);
  EXPECT_EQ(open_submission(desk_, sent.id)->parts.size(), 2U);
  EXPECT_FALSE(list_newest(desk_, {}, 10).at(0).head.key);
}

TEST_F(submissions, before_1970_and_far_ahead_keep_their_microseconds) {
  for (auto const at :
       {certs::utc_time(-1us), certs::utc_time(std::chrono::days(104'000) + 999'999us),
        sample_now + 123'457us}) {
    EXPECT_EQ(open_submission(desk_, add(at).id)->head.received, at);
  }
}

TEST_F(submissions, their_tasks_are_taken_once_and_finished_or_tried_again) {
  for (int i = 0; i < 3; ++i) add(sample_now);
  pool billing({.conninfo = home_.conninfo("intake_billing")});
  auto const first = take_tasks(billing, "submission-received", 2, sample_now, 60s);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].attempts, 1);
  EXPECT_LT(first[0].id, first[1].id);
  auto const rest = take_tasks(billing, "submission-received", 9, sample_now, 60s);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_TRUE(take_tasks(billing, "other", 9, sample_now, 60s).empty());

  EXPECT_TRUE(finish_task(billing, first[0]));
  EXPECT_FALSE(finish_task(billing, first[0]));
  EXPECT_TRUE(retry_task_later(billing, first[1], sample_now + 10min));
  EXPECT_EQ(count_tasks(billing), 2);

  // The hold of `rest` runs out; a slow worker's finish then counts for nothing.
  auto const again = take_tasks(billing, "submission-received", 9, sample_now + 61s, 60s);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempts, 2);
  EXPECT_FALSE(finish_task(billing, rest[0]));
  EXPECT_FALSE(retry_task_later(billing, rest[0], sample_now));
  EXPECT_TRUE(finish_task(billing, again[0]));
  EXPECT_EQ(take_tasks(billing, "submission-received", 9, sample_now + 10min, 60s).size(), 1U);
}

TEST_F(submissions, a_worker_skips_what_another_is_taking) {
  for (int i = 0; i < 40; ++i) add(sample_now);
  std::atomic<int> taken = 0;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < 6; ++i) {
      workers.emplace_back([&] {
        pool billing({.conninfo = home_.conninfo("intake_billing")});
        for (;;) {
          auto const tasks = take_tasks(billing, "submission-received", 3, sample_now, 60s);
          if (tasks.empty()) break;
          taken += static_cast<int>(tasks.size());
          for (auto const& task : tasks) EXPECT_TRUE(finish_task(billing, task));
        }
      });
    }
  }
  EXPECT_EQ(taken, 40);
}

TEST_F(submissions, a_pool_waits_for_a_connection_only_so_long) {
  auto settings = tests::desk_settings(home_);
  settings.connections_max = 2;
  settings.wait_max = 100ms;
  pool small(settings);
  auto one = small.take();
  auto two = small.take();
  EXPECT_THROW((void)small.take(), unavailable);
  { auto const returned = std::move(two); }
  EXPECT_NO_THROW((void)small.take());
}

TEST_F(submissions, a_statement_that_takes_too_long_is_given_up) {
  auto settings = tests::desk_settings(home_);
  settings.statement_timeout = 100ms;
  pool hurried(settings);
  {
    tests::held_lock const lock(home_, "submission");
    EXPECT_THROW(list_newest(hurried, {}, 10), unavailable);
  }
  EXPECT_NO_THROW(list_newest(hurried, {}, 10));
}

TEST_F(submissions, no_error_quotes_a_value) {
  pool portal({.conninfo = home_.conninfo("intake_portal")});
  try {
    (void)list_newest(portal, {}, 10);
    FAIL();
  } catch (database_error const& error) {
    EXPECT_STREQ(error.what(), "PostgreSQL refused a statement (SQLSTATE 42501)");
  }
}

}  // namespace
}  // namespace intake::db
