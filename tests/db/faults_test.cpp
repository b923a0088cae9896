// What the world does to the batch writer, done to a real PostgreSQL.
#include "db/audit_log.hpp"
#include "db/batch_writer.hpp"
#include "db/errors.hpp"
#include "db/sessions.hpp"
#include "db/submissions.hpp"
#include "tests/db/samples.hpp"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

namespace intake::db {
namespace {

using namespace std::chrono_literals;
using tests::cluster;
using tests::database;
using tests::sample_maker;
using tests::sample_world;
using tests::writer_settings;

template <typename Condition>
bool comes_true(Condition condition, std::chrono::milliseconds wait = 5s) {
  for (auto const end = std::chrono::steady_clock::now() + wait;
       std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(10ms)) {
    if (condition()) return true;
  }
  return false;
}

/// Sends until it is stored, as a patient's page would with the same id.
std::string send_until_stored(batch_writer& writer, new_submission const& sent) {
  for (;;) {
    auto const answer = writer.submit(sent);
    if (auto const* first = std::get_if<stored>(&answer)) return first->receipt;
    if (auto const* again = std::get_if<replayed>(&answer)) return again->receipt;
    if (std::holds_alternative<conflict>(answer)) return "conflict";
  }
}

class faults : public testing::Test {
 protected:
  /// Patient, because the machine may be busy with other tests.
  batch_writer_settings settings(std::chrono::milliseconds wait_max = 20s) const {
    auto made = writer_settings(home_);
    made.wait_max = wait_max;
    return made;
  }
  audit_report verify() const {
    pool desk(tests::desk_settings(home_));
    return verify_audit(desk, tests::sample_audit_key(), audit_depth::ciphertexts);
  }
  std::string count(std::string const& table) const {
    return home_.value("SELECT count(*) FROM " + table);
  }
  /// The writer's session, when it waits in COMMIT for a standby.
  std::string committing_pid() const {
    auto const rows = home_.sql(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'intake writer' AND "
        "wait_event = 'SyncRep'");
    return rows.empty() ? "" : rows[0][0];
  }
  void set_standby_names(std::string const& names) const {
    home_.sql("ALTER SYSTEM SET synchronous_standby_names = '" + names + "'");
    home_.sql("SELECT pg_reload_conf()");
    ASSERT_TRUE(comes_true([&] { return home_.value("SHOW synchronous_standby_names") == names; }));
    // The checkpointer tells the other processes whether there are standbys to wait for, once it
    // has read the settings itself: before its next checkpoint.
    home_.sql("CHECKPOINT");
  }

  // Processes die here, the machine does not: fsync would only take time.
  cluster own_{{"--no-fsync", "max_wal_senders=4"}};
  database home_{own_};
  sample_maker make_;
};

TEST_F(faults, a_stopped_server_means_not_available_and_it_recovers_by_itself) {
  batch_writer writer(settings(1s), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(make_.submission())));
  auto const sent = make_.submission();
  own_.stop();
  auto const begun = std::chrono::steady_clock::now();
  EXPECT_TRUE(std::holds_alternative<not_available>(writer.submit(sent)));
  EXPECT_THROW(writer.append(make_.entry()), unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  EXPECT_NE(writer.counts().trouble, "");
  own_.start();
  EXPECT_EQ(send_until_stored(writer, sent), sent.receipt);
  // Who waited for a verdict hears it before the count of the next reader.
  EXPECT_TRUE(comes_true([&] { return writer.counts().trouble.empty(); }));
  EXPECT_EQ(count("submission"), "2");
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(faults, a_server_that_came_back_is_noticed_though_nobody_sends_anything) {
  batch_writer writer(settings(1s), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(make_.submission())));
  own_.stop();
  EXPECT_TRUE(std::holds_alternative<not_available>(writer.submit(make_.submission())));
  EXPECT_NE(writer.counts().trouble, "");
  std::this_thread::sleep_for(1500ms);
  EXPECT_NE(writer.counts().trouble, "");
  own_.start();
  EXPECT_TRUE(comes_true([&] { return writer.counts().trouble.empty(); }));
  EXPECT_EQ(count("audit_event"), "1");
  EXPECT_TRUE(verify().findings.empty());
  EXPECT_TRUE(std::holds_alternative<stored>(writer.submit(make_.submission())));
}

TEST_F(faults, a_server_that_only_reads_stays_in_trouble_until_it_writes) {
  batch_writer writer(settings(1s), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(make_.submission())));
  auto const only_reads = [&](std::string const& on) {
    home_.sql("ALTER ROLE intake_portal SET default_transaction_read_only = " + on);
    home_.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
        "'intake writer'");
  };
  only_reads("on");
  EXPECT_TRUE(std::holds_alternative<not_available>(writer.submit(make_.submission())));
  // Longer than it takes to look again.
  std::this_thread::sleep_for(1500ms);
  EXPECT_NE(writer.counts().trouble, "");
  only_reads("off");
  EXPECT_TRUE(comes_true([&] { return writer.counts().trouble.empty(); }));
}

TEST_F(faults, a_table_that_takes_no_entry_stays_trouble) {
  batch_writer writer(settings(1s), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(make_.submission())));
  home_.sql("REVOKE INSERT ON audit_event FROM intake_portal");
  EXPECT_TRUE(std::holds_alternative<not_available>(writer.submit(make_.submission())));
  std::this_thread::sleep_for(1500ms);
  EXPECT_NE(writer.counts().trouble, "");
  home_.sql("GRANT INSERT ON audit_event TO intake_portal");
  EXPECT_TRUE(comes_true([&] { return writer.counts().trouble.empty(); }));
}

TEST_F(faults, a_server_that_is_down_at_the_start_is_waited_for) {
  own_.stop();
  batch_writer writer(settings(), sample_world());
  auto const sent = make_.submission();
  auto answer = std::async(std::launch::async, [&] { return writer.submit(sent); });
  std::this_thread::sleep_for(300ms);
  own_.start();
  EXPECT_TRUE(std::holds_alternative<stored>(answer.get()));
}

TEST_F(faults, power_cuts_under_load_lose_no_receipt_and_double_no_row) {
  auto several = settings(1s);
  several.writers = 2;
  batch_writer writer(several, sample_world());
  constexpr int threads = 16;
  std::vector<std::vector<new_submission>> sent(threads);
  for (auto& list : sent) {
    for (int i = 0; i < 30; ++i) list.push_back(make_.submission(3000));
  }
  std::atomic<int> done = 0;
  std::mutex mutex;
  std::map<certs::uuid, std::string> receipts;
  {
    std::vector<std::jthread> pool;
    for (auto const& list : sent) {
      pool.emplace_back([&] {
        for (auto const& submission : list) {
          auto const receipt = send_until_stored(writer, submission);
          std::lock_guard const lock(mutex);
          receipts[submission.id] = receipt;
          ++done;
          std::this_thread::sleep_for(5ms);
        }
      });
    }
    for (int cut = 1; cut <= 3; ++cut) {
      comes_true([&] { return done >= cut * threads * 7; }, 20s);
      own_.kill();
      own_.start();
    }
  }
  EXPECT_GE(writer.counts().connections, 4U);
  EXPECT_EQ(count("submission"), std::to_string(threads * 30));
  for (auto const& [id, receipt] : receipts) {
    EXPECT_EQ(
        home_.value("SELECT receipt FROM submission WHERE id = '" + certs::to_string(id) + "'"),
        receipt);
  }
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(faults, a_session_killed_in_commit_before_it_is_durable_is_retried) {
  home_.sql(R"(
    CREATE SEQUENCE planted;
    GRANT USAGE ON SEQUENCE planted TO intake_portal;
    CREATE FUNCTION plant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF nextval('intake.planted') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER plant AFTER INSERT ON audit_event DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION plant())");
  batch_writer writer(settings(), sample_world());
  auto const sent = make_.submission();
  EXPECT_TRUE(std::holds_alternative<stored>(writer.submit(sent)));
  EXPECT_EQ(writer.counts().batches_in_doubt, 1U);
  EXPECT_EQ(count("submission"), "1");
  EXPECT_EQ(count("audit_event"), "1");

  home_.sql("ALTER SEQUENCE planted RESTART");
  EXPECT_NO_THROW(writer.append(make_.entry()));
  EXPECT_EQ(writer.counts().batches_in_doubt, 2U);
  EXPECT_EQ(count("audit_event"), "2");
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(faults, a_session_killed_after_it_is_durable_is_confirmed_not_doubled) {
  batch_writer writer(settings(), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(make_.submission())));
  set_standby_names("nobody");
  auto const sent = make_.submission();
  auto answer = std::async(std::launch::async, [&] { return writer.submit(sent); });
  ASSERT_TRUE(comes_true([&] { return !committing_pid().empty(); }));
  home_.sql("SELECT pg_terminate_backend(" + committing_pid() + ")");
  // What was written waits again, now to be confirmed: no standby, no receipt.
  EXPECT_EQ(answer.wait_for(400ms), std::future_status::timeout);
  set_standby_names("");
  auto const given = answer.get();
  ASSERT_TRUE(std::holds_alternative<stored>(given));
  EXPECT_EQ(std::get<stored>(given).receipt, sent.receipt);
  EXPECT_GE(writer.counts().batches_in_doubt, 1U);
  EXPECT_EQ(count("submission"), "2");
  EXPECT_EQ(count("audit_event"), "2");
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(faults, a_commit_with_a_notice_gives_no_receipt_until_it_is_confirmed) {
  batch_writer writer(settings(), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(make_.submission())));
  set_standby_names("nobody");
  auto const sent = make_.submission();
  auto const entry = make_.entry("pdf-downloaded");
  auto answer = std::async(std::launch::async, [&] { return writer.submit(sent); });
  ASSERT_TRUE(comes_true([&] { return !committing_pid().empty(); }));
  auto appended = std::async(std::launch::async, [&] { writer.append(entry); });
  // PostgreSQL then answers COMMIT with success and a warning (SQLSTATE 01000).
  home_.sql("SELECT pg_cancel_backend(" + committing_pid() + ")");
  EXPECT_EQ(answer.wait_for(400ms), std::future_status::timeout)
      << "a receipt for a row that may be gone after a failover";
  EXPECT_EQ(count("submission"), "2");
  set_standby_names("");
  EXPECT_TRUE(std::holds_alternative<stored>(answer.get()));
  EXPECT_NO_THROW(appended.get());
  EXPECT_GE(writer.counts().batches_in_doubt, 1U);
  EXPECT_EQ(count("submission"), "2");
  EXPECT_EQ(count("audit_event"), "3");
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(faults, an_entry_in_doubt_is_found_and_not_written_twice) {
  auto several = settings();
  several.writers = 2;
  batch_writer writer(several, sample_world());
  ASSERT_NO_THROW(writer.append(make_.entry()));
  set_standby_names("nobody");
  auto appended = std::async(std::launch::async, [&] { writer.append(make_.entry()); });
  ASSERT_TRUE(comes_true([&] { return !committing_pid().empty(); }));
  home_.sql("SELECT pg_terminate_backend(" + committing_pid() + ")");
  EXPECT_EQ(appended.wait_for(400ms), std::future_status::timeout);
  set_standby_names("");
  EXPECT_NO_THROW(appended.get());
  EXPECT_EQ(count("audit_event"), "2");
  EXPECT_TRUE(verify().findings.empty());
}

/// pg_receivewal as a synchronous standby.
class standby {
 public:
  explicit standby(cluster const& primary)
      : directory_(std::filesystem::path(primary.socket_directory()) / "received") {
    std::filesystem::create_directory(directory_);
    std::string const program = "/usr/lib/postgresql/15/bin/pg_receivewal";
    std::vector<std::string> words{
        program,
        "--synchronous",
        "--no-loop",
        "--directory",
        directory_,
        "--dbname",
        primary.conninfo("postgres", "postgres") + " application_name=mirror"};
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (::posix_spawn(&process_, program.c_str(), nullptr, nullptr, arguments.data(), environ)) {
      throw std::runtime_error("pg_receivewal does not start");
    }
  }
  ~standby() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  standby(standby const&) = delete;
  standby& operator=(standby const&) = delete;

 private:
  std::string directory_;
  pid_t process_ = -1;
};

TEST_F(faults, strict_mode_stores_nothing_without_a_synchronous_standby) {
  auto strict = settings(1s);
  strict.guard = durability::synchronous_standby;
  batch_writer writer(strict, sample_world());
  auto const sent = make_.submission();
  EXPECT_TRUE(std::holds_alternative<not_available>(writer.submit(sent)));
  EXPECT_THROW(writer.append(make_.entry()), unavailable);
  EXPECT_EQ(count("submission"), "0");
  EXPECT_EQ(count("audit_event"), "0");
  EXPECT_NE(writer.counts().trouble.find("standby"), std::string::npos);
  {
    standby const mirror(own_);
    set_standby_names("mirror");
    ASSERT_TRUE(comes_true([&] {
      return home_.value("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") ==
             "1";
    }));
    EXPECT_EQ(send_until_stored(writer, sent), sent.receipt);
    EXPECT_NO_THROW(writer.append(make_.entry()));
  }
  ASSERT_TRUE(
      comes_true([&] { return home_.value("SELECT count(*) FROM pg_stat_replication") == "0"; }));
  EXPECT_TRUE(std::holds_alternative<not_available>(writer.submit(make_.submission())));
  set_standby_names("");
  EXPECT_EQ(count("submission"), "1");
  EXPECT_TRUE(verify().findings.empty());
}

TEST_F(faults, a_server_that_forgets_is_told_not_to) {
  home_.sql("ALTER SYSTEM SET synchronous_commit = off");
  home_.sql("SELECT pg_reload_conf()");
  home_.sql(R"(
    CREATE TABLE seen (setting text);
    GRANT INSERT ON seen TO intake_portal;
    CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO intake.seen VALUES (current_setting('synchronous_commit')); RETURN NULL;
    END $$;
    GRANT EXECUTE ON FUNCTION see TO intake_portal;
    CREATE TRIGGER see AFTER INSERT ON submission FOR EACH ROW EXECUTE FUNCTION see())");
  ASSERT_TRUE(comes_true([&] { return home_.value("SHOW synchronous_commit") == "off"; }));
  batch_writer writer(settings(), sample_world());
  ASSERT_TRUE(std::holds_alternative<stored>(writer.submit(make_.submission())));
  EXPECT_EQ(home_.value("SELECT setting FROM seen"), "on");
}

TEST_F(faults, a_server_that_became_a_standby_is_left_for_the_primary) {
  auto const name = home_.value("SELECT current_database()");
  home_.sql("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
  batch_writer writer(settings(1s), sample_world());
  pool desk(tests::desk_settings(home_));
  auto const sent = make_.submission();
  EXPECT_TRUE(std::holds_alternative<not_available>(writer.submit(sent)));
  EXPECT_THROW(end_session(desk, {}), unavailable);
  EXPECT_TRUE(desk.reachable());
  EXPECT_FALSE(desk.takes_rows());
  home_.sql("BEGIN READ WRITE; ALTER DATABASE " + name +
            " RESET default_transaction_read_only; COMMIT");
  EXPECT_EQ(send_until_stored(writer, sent), sent.receipt);
  EXPECT_NO_THROW(end_session(desk, {}));
  EXPECT_TRUE(desk.takes_rows());
}

TEST_F(faults, idle_connections_that_died_are_replaced_without_an_error) {
  pool desk(tests::desk_settings(home_));
  EXPECT_TRUE(list_newest(desk, {}, 10).empty());
  own_.stop();
  EXPECT_THROW(list_newest(desk, {}, 10), unavailable);
  EXPECT_FALSE(desk.reachable());
  own_.start();
  EXPECT_TRUE(desk.reachable());
  EXPECT_TRUE(list_newest(desk, {}, 10).empty());
  own_.stop();
  own_.start();
  EXPECT_NO_THROW(list_newest(desk, {}, 10));
}

}  // namespace
}  // namespace intake::db
