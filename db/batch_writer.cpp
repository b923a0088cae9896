#include "db/batch_writer.hpp"

#include "db/audit_chain.hpp"
#include "db/batch_worker.hpp"
#include "db/errors.hpp"
#include "db/rows.hpp"

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>

namespace intake::db {
namespace {

constexpr std::size_t submission_bytes_max = std::size_t{64} << 20;
/// What a row costs beside its sealed bytes, about.
constexpr std::size_t row_bytes = 512;

constexpr char const* untranslatable_character = "22P05";
constexpr char const* program_limit_exceeded = "54000";

/// PostgreSQL sees for itself whether the texts are UTF-8; it never sees what comes after a NUL.
bool has_plain_texts(audit_entry const& entry) {
  std::string_view const texts[] = {entry.action, entry.actor, entry.purpose, entry.request_id,
                                    entry.address};
  return std::ranges::all_of(texts, [](auto text) { return is_text(text); });
}

bool has_plain_texts(new_submission const& submission) {
  auto const plain = [](std::string_view text) { return is_text(text); };
  auto const line = [](std::string_view text) {
    return !text.empty() && is_text(text) && text.find('\n') == text.npos;
  };
  return plain(submission.receipt) && plain(submission.key.kek_id) &&
         std::ranges::all_of(submission.parts, plain, &sealed_part::name) &&
         std::ranges::all_of(submission.outbox, plain) &&
         std::ranges::all_of(submission.forms, line);
}

std::size_t bytes_in(new_submission const& submission) {
  std::size_t bytes = row_bytes;
  for (auto const& part : submission.parts) bytes += part.sealed.size();
  return bytes;
}

constexpr std::chrono::milliseconds overdue_interval{100};

job_pointer make_job(audit_entry entry, batch_writer_settings const& settings) {
  if (!has_plain_texts(entry)) throw statement_refused(untranslatable_character);
  if (entry.shown.size() > shown_max) throw statement_refused(program_limit_exceeded);
  auto job = std::make_shared<batch_job>();
  job->bytes = row_bytes + entry.shown.size() * sizeof(certs::uuid);
  job->entry = std::move(entry);
  job->deadline = std::chrono::steady_clock::now() + settings.wait_max;
  return job;
}

job_pointer make_job(new_submission submission, batch_writer_settings const& settings) {
  if (!has_plain_texts(submission)) throw statement_refused(untranslatable_character);
  auto const bytes = bytes_in(submission);
  if (bytes > submission_bytes_max) throw statement_refused(program_limit_exceeded);
  auto entry = std::move(submission.audit);
  entry.subject = submission.id;
  entry.version = submission.version;
  auto job = make_job(std::move(entry), settings);
  job->bytes += bytes;
  job->record = record_hash(submission);
  job->submission = std::move(submission);
  return job;
}

/// What the caller hears: `busy` at once, or the outcome, or that none came in time.
job_outcome ask(batch_queue& queue, job_pointer const& job) {
  if (!queue.push(job)) return verdict(busy{});
  auto answer = job->outcome.wait_until(job->deadline);
  if (!answer) return verdict(not_available{});
  if (auto const* refused = std::get_if<refused_row>(&*answer)) {
    throw statement_refused(refused->sqlstate);
  }
  return *std::move(answer);
}

/// The key goes into memory made for keys, and its ordinary copy is wiped.
certs::secret take_key(certs::bytes& key) {
  auto kept = certs::secret::copy_of(key);
  certs::wipe(key);
  key.clear();
  return kept;
}

}  // namespace

struct batch_writer::implementation {
  implementation(batch_writer_settings given, certs::world around)
      : settings(std::move(given)),
        world(std::move(around)),
        audit_key(take_key(settings.audit_key)),
        queue(settings.queue_rows_max) {
    for (std::size_t i = 1; i <= settings.writers; ++i) {
      auto chain = i == 1 ? settings.chain : fmt::format("{}/{}", settings.chain, i);
      workers.push_back(
          std::make_unique<batch_worker>(settings, audit_key, world, queue, std::move(chain)));
    }
    watcher = std::thread([this] { watch(); });
  }
  /// The writers end first; whom they left behind hears that nobody knows.
  ~implementation() {
    queue.close();
    {
      std::lock_guard const lock(mutex);
      closing = true;
    }
    closing_changed.notify_one();
    watcher.join();
    workers.clear();
    for (auto const& job : queue.take_overdue(std::chrono::steady_clock::time_point::max())) {
      give_up(*job);
    }
  }

  /// A writer may hang in PostgreSQL for longer than those whom nobody waits for may be kept.
  void watch() {
    std::unique_lock lock(mutex);
    while (!closing_changed.wait_for(lock, overdue_interval, [this] { return closing; })) {
      for (auto const& job : queue.take_overdue(std::chrono::steady_clock::now())) {
        give_up(*job);
      }
      for (auto const& worker : workers) worker->give_up_overdue();
    }
  }

  batch_writer_settings settings;
  certs::world world;
  certs::secret audit_key;
  batch_queue queue;
  std::vector<std::unique_ptr<batch_worker>> workers;
  std::mutex mutex;
  std::condition_variable closing_changed;
  bool closing = false;
  std::thread watcher;
};

batch_writer::batch_writer(batch_writer_settings settings, certs::world world)
    : implementation_(std::make_unique<implementation>(std::move(settings), std::move(world))) {}

batch_writer::~batch_writer() = default;

verdict batch_writer::submit(new_submission submission) {
  auto const job = make_job(std::move(submission), implementation_->settings);
  return std::get<verdict>(ask(implementation_->queue, job));
}

void batch_writer::submit_then(new_submission submission,
                               std::function<void(submission_outcome)> then) {
  auto const job = make_job(std::move(submission), implementation_->settings);
  job->then = [then = std::move(then)](job_outcome outcome) {
    if (auto* refused = std::get_if<refused_row>(&outcome)) return then(std::move(*refused));
    then(std::get<verdict>(std::move(outcome)));
  };
  if (!implementation_->queue.push(job)) settle(*job, verdict(busy{}));
}

void batch_writer::append(audit_entry entry) {
  auto const job = make_job(std::move(entry), implementation_->settings);
  if (!std::holds_alternative<entry_recorded>(ask(implementation_->queue, job))) {
    throw unavailable("the audit trail could not be written in time");
  }
}

batch_writer_counts batch_writer::counts() const {
  batch_writer_counts sum;
  batch_worker::attempt last;
  for (auto const& worker : implementation_->workers) {
    worker->add_counts(sum);
    if (auto made = worker->last_attempt(); made.at >= last.at) last = std::move(made);
  }
  sum.trouble = std::move(last.trouble);
  sum.queued = implementation_->queue.size();
  return sum;
}

}  // namespace intake::db
