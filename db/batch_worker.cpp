#include "db/batch_worker.hpp"

#include "db/errors.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <pqxx/except.hxx>

namespace intake::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds pause_min{20};
constexpr milliseconds pause_max{250};
constexpr milliseconds connect_timeout{2000};

/// The row itself is at fault, not the server: its data, a constraint, a limit of PostgreSQL
/// (appendix A: 22, 23, 54).
bool blames_row(std::string_view sqlstate) {
  return sqlstate.starts_with("22") || sqlstate.starts_with("23") || sqlstate.starts_with("54");
}

void settle_as_stored(job_pointer const& job) {
  if (!job->submission) return settle(*job, entry_recorded{});
  settle(*job, verdict(stored{job->submission->id, job->submission->receipt}));
}

void settle_overdue(job_list& jobs) {
  auto const now = steady_clock::now();
  std::erase_if(jobs, [&](job_pointer const& job) {
    if (now < job->deadline) return false;
    settle(*job, verdict(not_available{}));
    return true;
  });
}

std::size_t count_submissions(job_list const& jobs) {
  return static_cast<std::size_t>(
      std::ranges::count_if(jobs, [](auto const& job) { return job->submission.has_value(); }));
}

}  // namespace

batch_worker::batch_worker(batch_writer_settings const& settings, certs::secret const& audit_key,
                           certs::world const& world, batch_queue& queue, std::string chain)
    : settings_(settings),
      audit_key_(audit_key),
      world_(world),
      queue_(queue),
      chain_base_(std::move(chain)),
      chain_name_(chain_base_),
      thread_([this] {
        run();
        finished_.set_value();
      }) {}

batch_worker::~batch_worker() {
  if (finished_.get_future().wait_for(settings_.wait_max) != std::future_status::ready) {
    std::lock_guard const lock(mutex_);
    if (link_) link_->break_off();
  }
  thread_.join();
}

void batch_worker::add_counts(batch_writer_counts& sum) const {
  std::lock_guard const lock(mutex_);
  sum.batches += counts_.batches;
  sum.submissions_stored += counts_.submissions_stored;
  sum.audit_entries += counts_.audit_entries;
  sum.batches_in_doubt += counts_.batches_in_doubt;
  sum.rows_refused += counts_.rows_refused;
  sum.connections += counts_.connections;
  sum.chains_given_up += counts_.chains_given_up;
}

batch_worker::attempt batch_worker::last_attempt() const {
  std::lock_guard const lock(mutex_);
  return last_attempt_;
}

void batch_worker::run() {
  using when_empty = batch_queue::when_empty;
  auto pause = pause_min;
  for (;;) {
    settle_overdue(doubtful_entries_);
    bool const in_doubt = !doubtful_entries_.empty();
    auto const meanwhile = is_in_trouble() ? when_empty::wait_a_while : when_empty::wait;
    auto jobs = queue_.take(settings_.batch_rows_max, settings_.batch_bytes_max,
                            in_doubt ? when_empty::give_nothing : meanwhile);
    if (jobs.empty() && !in_doubt) {
      if (queue_.is_closed()) return;
      look_again();
      continue;
    }
    settle_overdue(jobs);
    postpone_repetitions(jobs);
    set_under_way(jobs);
    bool const done = (jobs.empty() && !in_doubt) || try_store(jobs);
    set_under_way({});
    if (done) {
      pause = pause_min;
      continue;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, pause_max);
  }
}

void batch_worker::set_under_way(job_list jobs) {
  std::lock_guard const lock(mutex_);
  under_way_.swap(jobs);
}

void batch_worker::give_up_overdue() {
  auto const jobs = [this] {
    std::lock_guard const lock(mutex_);
    return under_way_;
  }();
  auto overdue = jobs;
  settle_overdue(overdue);
}

/// Of several jobs with one id the first goes ahead; the others find it stored in the next batch.
void batch_worker::postpone_repetitions(job_list& jobs) {
  std::unordered_set<certs::uuid> seen;
  auto const later = std::ranges::stable_partition(jobs, [&](job_pointer const& job) {
    return !job->submission || seen.insert(job->submission->id).second;
  });
  queue_.put_back({later.begin(), later.end()});
  jobs.erase(later.begin(), later.end());
}

/// False when the server needs a while; all that is not settled then waits in the queue.
bool batch_worker::try_store(job_list const& jobs) {
  bool const done = attempted([&] {
    make_ready();
    store(jobs);
  });
  if (done) return true;
  put_back(jobs);
  forget_place();
  return false;
}

bool batch_worker::is_in_trouble() const {
  std::lock_guard const lock(mutex_);
  return !last_attempt_.trouble.empty();
}

/// Who asks /readyz sends no work until the trouble is over, so it must not take work to find that
/// out: the chain's head is locked and committed, as a standby or a server that waits for one would
/// not, and an entry is written and taken back.
void batch_worker::look_again() {
  forget_place();
  bool const done = attempted([&] {
    make_ready();
    try_entry(context(), *chain_, world_.now());
  });
  if (!done) forget_place();
}

bool batch_worker::attempted(std::function<void()> const& act) {
  try {
    act();
    note_attempt("");
    return true;
  } catch (pqxx::sql_error const& error) {
    if (link_ && is_spent(*link_, error)) drop_link();
    note_attempt(
        fmt::format("PostgreSQL could not store a batch (SQLSTATE {})", sqlstate_of(error)));
  } catch (database_error const& error) {
    note_attempt(error.what());
  } catch (pqxx::pqxx_exception const&) {
    note_attempt("the connection to PostgreSQL was lost");
  } catch (commit_in_doubt const& error) {
    note_attempt(error.what());
  }
  return false;
}

void batch_worker::forget_place() {
  chain_.reset();
  if (link_ && !link_->is_open()) drop_link();
}

void batch_worker::make_ready() {
  if (!link_) {
    auto link = std::make_unique<connection>(
        connection_settings{.conninfo = settings_.conninfo,
                            .application_name = "intake writer",
                            .connect_timeout = connect_timeout,
                            .statement_timeout = settings_.statement_timeout});
    pqxx::nontransaction work(*link);
    // A receipt is a promise: where the server is set to forget the last moments in a crash, this
    // session is not.
    work.exec(
        "SELECT set_config('synchronous_commit', 'on', false) "
        "WHERE current_setting('synchronous_commit') IN ('off', 'local')");
    std::lock_guard const lock(mutex_);
    link_ = std::move(link);
    ++counts_.connections;
  }
  if (!chain_) make_chain();
}

void batch_worker::make_chain() {
  auto opened =
      open_chain(context(), chain_name_, doubtful_entries_.empty() ? std::nullopt : doubt_);
  settle_doubt(opened.doubt_is_stored);
  for (int next = 2; opened.seal_is_broken; ++next) {
    // Going on would put our seal on what was done to it; it stays as it is, for `intake audit
    // verify`.
    chain_name_ = fmt::format("{}~{}", chain_base_, next);
    opened = open_chain(context(), chain_name_, {});
    std::lock_guard const lock(mutex_);
    ++counts_.chains_given_up;
  }
  chain_ = std::move(opened.chain);
}

void batch_worker::settle_doubt(bool stored) {
  for (auto const& job : doubtful_entries_) {
    job->in_doubt = false;
    if (stored) settle(*job, entry_recorded{});
  }
  put_back(std::exchange(doubtful_entries_, {}));
}

void batch_worker::store(job_list const& jobs) {
  if (jobs.empty()) return;
  batch_result result;
  try {
    result = store_jobs(context(), *chain_, world_.now(), jobs);
  } catch (chain_moved const&) {
    chain_.reset();
    return put_back(jobs);
  } catch (commit_in_doubt const&) {
    doubt(jobs);
    throw;
  } catch (pqxx::sql_error const& error) {
    auto const state = sqlstate_of(error);
    if (!link_->is_open() || !blames_row(state)) throw;
    if (chain_has_moved()) return put_back(jobs);
    return store_apart(jobs, state);
  }
  {
    std::lock_guard const lock(mutex_);
    ++counts_.batches;
    counts_.submissions_stored += count_submissions(result.stored);
    counts_.audit_entries += result.stored.size();
  }
  for (auto const& job : result.stored) settle_as_stored(job);
  if (!result.taken.empty()) confirm(result.taken);
}

/// One bad row must not fail its neighbours: halves, until it is alone.
void batch_worker::store_apart(job_list const& jobs, std::string const& sqlstate) {
  if (jobs.size() == 1) {
    settle(*jobs.front(), refused_row{sqlstate});
    std::lock_guard const lock(mutex_);
    ++counts_.rows_refused;
    return;
  }
  auto const middle = jobs.begin() + static_cast<std::ptrdiff_t>(jobs.size() / 2);
  store({jobs.begin(), middle});
  if (!chain_) make_chain();
  store({middle, jobs.end()});
}

void batch_worker::confirm(job_list const& jobs) {
  // In the order of ids, as every writer locks them.
  auto sorted = jobs;
  std::ranges::sort(sorted, {}, [](job_pointer const& job) { return job->submission->id; });
  auto const answers = confirm_jobs(context(), sorted);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    auto const& job = sorted[i];
    auto const& [state, receipt] = answers.at(i);
    auto const& submission = *job->submission;
    if (state == confirmation::body::same) {
      bool const was_ours = job->in_doubt && receipt == submission.receipt;
      settle(*job, was_ours ? verdict(stored{submission.id, receipt})
                            : verdict(replayed{submission.id, receipt}));
    } else {
      settle(*job, verdict(conflict{}));
    }
  }
}

void batch_worker::doubt(job_list const& jobs) {
  doubt_ = chain_->position;
  for (auto const& job : jobs) {
    job->in_doubt = true;
    if (!job->submission) doubtful_entries_.push_back(job);
  }
  std::lock_guard const lock(mutex_);
  ++counts_.batches_in_doubt;
}

bool batch_worker::chain_has_moved() {
  auto const before = chain_->position;
  make_chain();
  return chain_->position.number != before.number || chain_->position.link != before.link;
}

/// To whichever writer is first; but an entry in doubt only we can find again.
void batch_worker::put_back(job_list const& jobs) {
  job_list waiting;
  std::ranges::copy_if(jobs, std::back_inserter(waiting), [](job_pointer const& job) {
    return !job->settled && (job->submission || !job->in_doubt);
  });
  queue_.put_back(waiting);
}

void batch_worker::drop_link() {
  std::lock_guard const lock(mutex_);
  link_.reset();
}

void batch_worker::note_attempt(std::string trouble) {
  std::lock_guard const lock(mutex_);
  last_attempt_ = {steady_clock::now(), std::move(trouble)};
}

}  // namespace intake::db
