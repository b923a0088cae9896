// Submissions whose outcome nobody waits for: each hears it once, whatever becomes of the server.
#include "db/batch_writer.hpp"
#include "tests/db/samples.hpp"

#include <atomic>
#include <future>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace std::chrono_literals;
using tests::held_lock;
using tests::sample_maker;
using tests::sample_world;

/// What one submission hears, and how often.
struct listener {
  std::promise<submission_outcome> heard;
  std::future<submission_outcome> outcome = heard.get_future();
  std::atomic<int> times{0};

  verdict answer() {
    if (outcome.wait_for(20s) != std::future_status::ready) throw std::runtime_error("nothing");
    return std::get<verdict>(outcome.get());
  }
};

class submit_then : public testing::Test {
 protected:
  batch_writer_settings settings(std::chrono::milliseconds wait_max = 20s) const {
    auto made = tests::writer_settings(home_);
    made.wait_max = wait_max;
    return made;
  }
  std::shared_ptr<listener> send(batch_writer& writer, new_submission submission) {
    auto told = std::make_shared<listener>();
    writer.submit_then(std::move(submission), [told](submission_outcome outcome) {
      if (++told->times == 1) told->heard.set_value(std::move(outcome));
    });
    return told;
  }
  std::string count() const { return home_.value("SELECT count(*) FROM submission"); }

  tests::database home_;
  sample_maker make_;
};

TEST_F(submit_then, hears_that_it_is_stored) {
  batch_writer writer(settings(), sample_world());
  std::vector<std::shared_ptr<listener>> all;
  for (int i = 0; i < 40; ++i) all.push_back(send(writer, make_.submission()));
  for (auto const& each : all) EXPECT_TRUE(std::holds_alternative<stored>(each->answer()));
  EXPECT_EQ(count(), "40");
}

TEST_F(submit_then, hears_that_it_was_stored_before_or_is_another) {
  batch_writer writer(settings(), sample_world());
  auto const sent = make_.submission();
  auto other = make_.submission();
  other.id = sent.id;
  EXPECT_TRUE(std::holds_alternative<stored>(send(writer, sent)->answer()));
  EXPECT_TRUE(std::holds_alternative<replayed>(send(writer, sent)->answer()));
  EXPECT_TRUE(std::holds_alternative<conflict>(send(writer, other)->answer()));
}

TEST_F(submit_then, hears_of_a_taken_receipt) {
  batch_writer writer(settings(), sample_world());
  auto const sent = make_.submission();
  auto other = make_.submission();
  other.receipt = sent.receipt;
  EXPECT_TRUE(std::holds_alternative<stored>(send(writer, sent)->answer()));
  auto const refused = send(writer, other);
  ASSERT_EQ(refused->outcome.wait_for(20s), std::future_status::ready);
  EXPECT_EQ(std::get<refused_row>(refused->outcome.get()).sqlstate, "23505");
}

TEST_F(submit_then, is_told_in_time_where_postgresql_hangs_and_only_once) {
  batch_writer writer(settings(500ms), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(send(writer, make_.submission())->answer()));
  auto const sent = make_.submission();
  std::shared_ptr<listener> under_way, queued;
  {
    held_lock const hanging(home_, "submission");
    auto const begun = std::chrono::steady_clock::now();
    under_way = send(writer, sent);
    std::this_thread::sleep_for(100ms);
    queued = send(writer, make_.submission());
    EXPECT_TRUE(std::holds_alternative<not_available>(under_way->answer()));
    EXPECT_TRUE(std::holds_alternative<not_available>(queued->answer()));
    // Sooner than PostgreSQL itself gives up the statement (`statement_timeout`).
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  }
  // The statement that hung ends now; its row may be there or not, and the same id finds out.
  auto const again = send(writer, sent)->answer();
  EXPECT_TRUE(std::holds_alternative<stored>(again) || std::holds_alternative<replayed>(again));
  EXPECT_EQ(under_way->times, 1);
  EXPECT_EQ(queued->times, 1);
}

TEST_F(submit_then, is_told_at_once_where_the_queue_is_full) {
  auto small = settings();
  small.queue_rows_max = 1;
  batch_writer writer(small, sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(send(writer, make_.submission())->answer()));
  held_lock const hanging(home_, "submission");
  auto const under_way = send(writer, make_.submission());
  std::this_thread::sleep_for(200ms);
  auto const queued = send(writer, make_.submission());
  EXPECT_TRUE(std::holds_alternative<busy>(send(writer, make_.submission())->answer()));
  EXPECT_EQ(under_way->times, 0);
  EXPECT_EQ(queued->times, 0);
}

TEST_F(submit_then, leaves_nobody_without_an_answer_when_the_writer_ends) {
  std::vector<std::shared_ptr<listener>> all;
  {
    held_lock const hanging(home_, "submission");
    batch_writer writer(settings(300ms), sample_world());
    for (int i = 0; i < 5; ++i) all.push_back(send(writer, make_.submission()));
  }
  for (auto const& each : all) {
    EXPECT_TRUE(std::holds_alternative<not_available>(each->answer()));
    EXPECT_EQ(each->times, 1);
  }
}

}  // namespace
}  // namespace intake::db
