#include "db/batch_writer.hpp"

#include "db/audit_log.hpp"
#include "db/errors.hpp"
#include "db/submissions.hpp"
#include "tests/db/samples.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace std::chrono_literals;
using tests::database;
using tests::held_lock;
using tests::sample_maker;
using tests::sample_world;
using tests::writer_settings;

class batch_writer_test : public testing::Test {
 protected:
  std::string count(std::string const& table) const {
    return home_.value("SELECT count(*) FROM " + table);
  }
  audit_report verify() {
    pool desk(tests::desk_settings(home_));
    return verify_audit(desk, tests::sample_audit_key(), audit_depth::ciphertexts);
  }

  database home_;
  sample_maker make_;
  batch_writer writer_{writer_settings(home_), sample_world()};
};

TEST_F(batch_writer_test, stores_a_submission_with_all_its_rows) {
  auto const sent = make_.submission();
  auto const answer = writer_.submit(sent);
  ASSERT_TRUE(std::holds_alternative<stored>(answer)) << writer_.counts().trouble;
  EXPECT_EQ(std::get<stored>(answer).id, sent.id);
  EXPECT_EQ(std::get<stored>(answer).receipt, sent.receipt);

  pool desk(tests::desk_settings(home_));
  auto const opened = open_submission(desk, sent.id);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->head.receipt, sent.receipt);
  EXPECT_EQ(opened->head.forms, sent.forms);
  EXPECT_EQ(opened->head.body_hash, sent.body_hash);
  EXPECT_EQ(opened->head.received, sent.received);
  ASSERT_TRUE(opened->head.key);
  EXPECT_EQ(opened->head.key->kek_id, sent.key.kek_id);
  EXPECT_EQ(opened->head.key->value, sent.key.value);
  ASSERT_EQ(opened->parts.size(), 2U);
  EXPECT_EQ(opened->parts[0].name, "answers");
  EXPECT_EQ(opened->parts[0].sealed, sent.parts[1].sealed);
  EXPECT_EQ(opened->parts[1].sealed, sent.parts[0].sealed);
  EXPECT_EQ(count("search_token"), "2");
  EXPECT_EQ(home_.value("SELECT topic FROM outbox"), "submission-received");
  EXPECT_EQ(home_.value("SELECT action || who || version FROM audit_event"),
            "submission-receivedpatient1");
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(batch_writer_test, the_same_id_and_body_gives_the_first_receipt) {
  auto const first = make_.submission();
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(first)));
  auto again = make_.submission();
  again.id = first.id;
  again.body_hash = first.body_hash;
  auto const answer = writer_.submit(again);
  ASSERT_TRUE(std::holds_alternative<replayed>(answer));
  EXPECT_EQ(std::get<replayed>(answer).receipt, first.receipt);
  EXPECT_EQ(count("submission"), "1");
  EXPECT_EQ(count("part"), "2");
  EXPECT_EQ(count("audit_event"), "1");
}

TEST_F(batch_writer_test, the_same_id_with_another_body_is_a_conflict) {
  auto const first = make_.submission();
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(first)));
  auto other = make_.submission();
  other.id = first.id;
  EXPECT_TRUE(std::holds_alternative<conflict>(writer_.submit(other)));
  EXPECT_EQ(count("submission"), "1");
}

TEST_F(batch_writer_test, a_correction_is_the_next_version_of_what_exists) {
  auto const first = make_.submission();
  auto const second = make_.correction(first);
  auto const third = make_.correction(second);
  EXPECT_TRUE(std::holds_alternative<conflict>(writer_.submit(second))) << "nothing to correct";
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(first)));
  EXPECT_TRUE(std::holds_alternative<conflict>(writer_.submit(third))) << "a gap";
  auto nameless = second;
  nameless.receipt.clear();
  auto const answer = writer_.submit(nameless);
  ASSERT_TRUE(std::holds_alternative<stored>(answer));
  EXPECT_EQ(std::get<stored>(answer).receipt, first.receipt);
  EXPECT_TRUE(std::holds_alternative<replayed>(writer_.submit(second)));
  EXPECT_TRUE(std::holds_alternative<conflict>(writer_.submit(make_.correction(first))));
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(third)));

  pool desk(tests::desk_settings(home_));
  EXPECT_EQ(open_submission(desk, first.id)->head.version, 3);
  EXPECT_EQ(open_submission(desk, first.id, 1)->parts[0].sealed, first.parts[1].sealed);
  EXPECT_EQ(list_versions(desk, first.id).size(), 3U);
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(batch_writer_test, hostile_texts_and_sizes_survive) {
  auto sent = make_.submission(200'000);
  sent.parts.push_back({"attachment/1", make_.random_bytes(3'000'000)});
  sent.tokens.push_back(sent.tokens.front());
  sent.audit.purpose = R"(quote " backslash \ brace } comma , NULL 'x'; DROP TABLE part; –é)";
  sent.audit.actor = "null";
  auto const list = make_.submission().id;
  sent.audit.shown = {list, sent.id};
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(sent))) << writer_.counts().trouble;
  pool desk(tests::desk_settings(home_));
  auto const events = events_of_subject(desk, sent.id, 10);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].entry.purpose, sent.audit.purpose);
  EXPECT_EQ(events[0].entry.actor, "null");
  EXPECT_EQ(events[0].entry.shown, sent.audit.shown);
  EXPECT_EQ(open_submission(desk, sent.id)->parts.size(), 3U);
  EXPECT_EQ(count("search_token"), "2");
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(batch_writer_test, append_returns_when_the_entry_is_durable) {
  auto entry = make_.entry("pdf-downloaded");
  entry.subject = make_.submission().id;
  entry.content = certs::sha256(make_.random_bytes(10));
  writer_.append(entry);
  EXPECT_EQ(home_.value("SELECT action FROM audit_event"), "pdf-downloaded");
  pool desk(tests::desk_settings(home_));
  auto const events = events_of_actor(desk, "desk-1", tests::sample_now,
                                      tests::sample_now + std::chrono::seconds(1), 10);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].entry.content, entry.content);
  EXPECT_EQ(events[0].entry.subject, entry.subject);
  EXPECT_TRUE(events_of_actor(desk, "desk-2", {}, tests::sample_now + 1s, 10).empty());
}

struct bad_row {
  char const* name;
  void (*spoil)(new_submission&);
  char const* sqlstate;
};

std::string const taken_receipt = "TAKEN00000";

bad_row const bad_rows[] = {
    {"short_receipt", [](new_submission& s) { s.receipt = "123"; }, "23514"},
    {"taken_receipt", [](new_submission& s) { s.receipt = taken_receipt; }, "23505"},
    {"nul_in_text", [](new_submission& s) { s.audit.actor = std::string("a\0b", 3); }, "22P05"},
    {"broken_utf8", [](new_submission& s) { s.audit.address = "\xC3("; }, "22021"},
    {"no_form", [](new_submission& s) { s.forms.clear(); }, "23514"},
    {"form_with_line_end", [](new_submission& s) { s.forms[0] += "\n"; }, "22P05"},
    {"part_twice", [](new_submission& s) { s.parts.push_back(s.parts[0]); }, "23505"},
    {"empty_part", [](new_submission& s) { s.parts[0].sealed.clear(); }, "23514"},
    {"version_zero", [](new_submission& s) { s.version = 0; }, ""},
    {"long_purpose", [](new_submission& s) { s.audit.purpose.assign(1001, 'x'); }, "23514"},
    {"too_large",
     [](new_submission& s) { s.parts[1].sealed.assign((std::size_t{64} << 20) + 1, 1); }, "54000"},
};

class batch_writer_bad_row : public batch_writer_test,
                             public testing::WithParamInterface<bad_row> {};

TEST_P(batch_writer_bad_row, is_refused_and_its_127_neighbours_are_stored) {
  auto taken = make_.submission();
  taken.receipt = taken_receipt;
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(taken)));
  std::vector<new_submission> batch;
  for (int i = 0; i < 128; ++i) batch.push_back(make_.submission());
  GetParam().spoil(batch[77]);

  // While the table is locked all 128 gather in the queue.
  auto lock = std::make_unique<held_lock>(home_, "submission");
  std::vector<std::future<verdict>> answers;
  for (auto const& submission : batch) {
    answers.push_back(
        std::async(std::launch::async, [this, &submission] { return writer_.submit(submission); }));
  }
  std::this_thread::sleep_for(200ms);
  lock.reset();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (i != 77) {
      EXPECT_TRUE(std::holds_alternative<stored>(answers[i].get())) << i;
      continue;
    }
    try {
      EXPECT_TRUE(std::holds_alternative<conflict>(answers[i].get()));
      EXPECT_STREQ(GetParam().sqlstate, "");
    } catch (statement_refused const& refused) {
      EXPECT_EQ(refused.sqlstate(), GetParam().sqlstate);
    }
  }
  EXPECT_EQ(count("submission"), "128");
  EXPECT_TRUE(verify().findings.empty());
}

INSTANTIATE_TEST_SUITE_P(cases, batch_writer_bad_row, testing::ValuesIn(bad_rows),
                         [](auto const& shown) { return shown.param.name; });

class batch_writer_count : public batch_writer_test, public testing::WithParamInterface<int> {};

INSTANTIATE_TEST_SUITE_P(writers, batch_writer_count, testing::Values(1, 2, 3));

TEST_P(batch_writer_count, sixty_four_threads_with_repetitions_store_each_id_once) {
  auto settings = writer_settings(home_);
  settings.writers = static_cast<std::size_t>(GetParam());
  batch_writer writer(settings, sample_world());
  constexpr int threads = 64;
  constexpr int rounds = 12;
  std::vector<std::vector<new_submission>> sent(threads / 2);
  for (auto& list : sent) {
    for (int i = 0; i < rounds; ++i) list.push_back(make_.submission(2000));
  }
  std::atomic<int> stored_count = 0;
  std::atomic<int> replayed_count = 0;
  std::mutex mutex;
  std::map<certs::uuid, std::set<std::string>> receipts;
  {
    std::vector<std::jthread> pool;
    for (int i = 0; i < threads; ++i) {
      // Two threads send each list, the second with receipts of its own, and entries in between.
      pool.emplace_back([&, i] {
        for (auto submission : sent[static_cast<std::size_t>(i / 2)]) {
          if (i % 2 == 1) std::ranges::reverse(submission.receipt);
          auto const answer = writer.submit(submission);
          std::string receipt;
          if (auto const* first = std::get_if<stored>(&answer)) {
            ++stored_count;
            receipt = first->receipt;
          } else if (auto const* again = std::get_if<replayed>(&answer)) {
            ++replayed_count;
            receipt = again->receipt;
          }
          writer.append(submission.audit);
          std::lock_guard const lock(mutex);
          receipts[submission.id].insert(receipt);
        }
      });
    }
  }
  EXPECT_EQ(stored_count, threads / 2 * rounds);
  EXPECT_EQ(replayed_count, threads / 2 * rounds);
  for (auto const& [id, given] : receipts) {
    ASSERT_EQ(given.size(), 1U) << "one id, two receipts";
    EXPECT_EQ(
        home_.value("SELECT receipt FROM submission WHERE id = '" + certs::to_string(id) + "'"),
        *given.begin());
  }
  EXPECT_EQ(count("submission"), std::to_string(threads / 2 * rounds));
  EXPECT_EQ(count("audit_event"), std::to_string(threads / 2 * rounds + threads * rounds));
  EXPECT_LT(writer.counts().batches, static_cast<std::uint64_t>(threads * rounds));
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(batch_writer_test, a_full_queue_says_busy_at_once) {
  auto settings = writer_settings(home_);
  settings.chain = "test/small";
  settings.queue_rows_max = 4;
  batch_writer small(settings, sample_world());
  std::vector<new_submission> sent;
  for (int i = 0; i < 40; ++i) sent.push_back(make_.submission());
  auto lock = std::make_unique<held_lock>(home_, "submission");
  std::vector<std::future<verdict>> answers;
  for (auto const& submission : sent) {
    answers.push_back(std::async(std::launch::async, [&] { return small.submit(submission); }));
  }
  std::this_thread::sleep_for(200ms);
  lock.reset();
  int refused = 0;
  for (auto& answer : answers) refused += std::holds_alternative<busy>(answer.get()) ? 1 : 0;
  // One batch may hold 1 to 5 of them, the queue 4.
  EXPECT_GE(refused, 40 - 9);
  EXPECT_EQ(count("submission"), std::to_string(40 - refused));
}

TEST_F(batch_writer_test, a_slow_database_costs_a_bounded_wait_and_the_same_id_finds_out) {
  auto settings = writer_settings(home_);
  settings.chain = "test/hurried";
  settings.wait_max = 300ms;
  batch_writer hurried(settings, sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(hurried.submit(make_.submission())));
  auto const sent = make_.submission();
  {
    held_lock const lock(home_, "submission");
    auto const begun = std::chrono::steady_clock::now();
    EXPECT_TRUE(std::holds_alternative<not_available>(hurried.submit(sent)));
    EXPECT_THROW(hurried.append(make_.entry()), unavailable);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
  }
  auto answer = hurried.submit(sent);
  ASSERT_TRUE(std::holds_alternative<replayed>(answer) || std::holds_alternative<stored>(answer));
  EXPECT_EQ(count("submission"), "2");
}

TEST_F(batch_writer_test, ends_although_the_database_hangs) {
  auto settings = writer_settings(home_);
  settings.chain = "test/hanging";
  settings.wait_max = 200ms;
  held_lock const lock(home_, "submission");
  auto const begun = std::chrono::steady_clock::now();
  {
    batch_writer hanging(settings, sample_world());
    EXPECT_TRUE(std::holds_alternative<not_available>(hanging.submit(make_.submission())));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
}

TEST_F(batch_writer_test, two_writers_of_one_chain_take_turns) {
  batch_writer other(writer_settings(home_), sample_world());
  std::vector<new_submission> sent;
  for (int i = 0; i < 60; ++i) sent.push_back(make_.submission());
  {
    std::vector<std::jthread> pool;
    for (std::size_t i = 0; i < sent.size(); ++i) {
      pool.emplace_back([&, i] {
        auto const answer = (i % 2 == 0 ? writer_ : other).submit(sent[i]);
        EXPECT_TRUE(std::holds_alternative<stored>(answer));
      });
    }
  }
  EXPECT_EQ(count("submission"), "60");
  EXPECT_EQ(home_.value("SELECT count(*) FROM audit_head"), "1");
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(batch_writer_test, a_tampered_head_is_not_built_upon) {
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(make_.submission())));
  ASSERT_TRUE(std::holds_alternative<stored>(writer_.submit(make_.submission())));
  home_.sql("DELETE FROM audit_event WHERE number = 2");
  home_.sql("UPDATE audit_head SET number = 1, link = (SELECT link FROM audit_event)");
  batch_writer later(writer_settings(home_), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(later.submit(make_.submission())));
  EXPECT_EQ(later.counts().chains_given_up, 1U);
  EXPECT_EQ(home_.value("SELECT name FROM audit_head ORDER BY chain DESC LIMIT 1"),
            "test/portal~2");
  auto const report = verify();
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.findings[0].chain, "test/portal");
  EXPECT_EQ(report.findings[0].fault, audit_fault::head_changed);
  EXPECT_EQ(report.findings[1].fault, audit_fault::submission_unaudited);
}

}  // namespace
}  // namespace intake::db
