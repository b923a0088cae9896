#include "db/batch_transaction.hpp"

#include "db/errors.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <pqxx/except.hxx>

namespace intake::db {
namespace {

constexpr statement insert_submissions{"insert_submissions", R"(
INSERT INTO submission (id, receipt, received)
SELECT u.id, u.receipt, timestamptz 'epoch' + u.received * interval '1 microsecond'
  FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS u(id, receipt, received)
    ON CONFLICT (id) DO NOTHING
RETURNING id)"};

constexpr statement find_correctable{"find_correctable", R"(
SELECT s.id, s.receipt
  FROM unnest($1::uuid[], $2::integer[]) AS u(id, version) JOIN submission s ON s.id = u.id
 WHERE EXISTS (SELECT FROM submission_version v
                WHERE v.submission_id = u.id AND v.version = u.version - 1)
   AND NOT EXISTS (SELECT FROM submission_version v
                    WHERE v.submission_id = u.id AND v.version = u.version))"};

constexpr statement confirm{"confirm", R"(
SELECT c.state, c.receipt
  FROM unnest($1::uuid[], $2::integer[], $3::integer[])
         WITH ORDINALITY AS u(id, version, hash, place),
       LATERAL confirm_submission(u.id, u.version, substr($4::bytea, u.hash, 32)) AS c
 ORDER BY u.place)"};

constexpr std::string_view unique_violation = "23505";

constexpr statement ask_standby{"ask_standby", "SELECT has_synchronous_standby()"};

constexpr statement lock_head{"lock_head", R"(
SELECT chain, number, )" INTAKE_BOUNDED_MICROSECONDS_OF("at") R"(, link, seal
  FROM audit_head WHERE name = $1 FOR UPDATE)"};

constexpr statement begin_head{"begin_head", R"(
INSERT INTO audit_head (name, number, at, link, seal) VALUES ($1, 0, 'epoch', $2, $3)
    ON CONFLICT (name) DO NOTHING)"};

constexpr statement find_entry{"find_entry",
                               "SELECT link FROM audit_event WHERE chain = $1 AND number = $2"};

void require_standby(batch_context const& context, session_scope const& scope) {
  if (context.guard == durability::server_setting) return;
  if (!scope.run(ask_standby)[0][0].as<bool>()) {
    throw unavailable("PostgreSQL has no synchronous standby, and strict mode asks for one");
  }
}

/// Runs what commits, and tells apart what is certain from what is in doubt.
template <typename Act>
void commit_by(batch_context const& context, Act act) {
  context.link.forget_notices();
  try {
    act();
  } catch (pqxx::sql_error const&) {
    if (context.link.is_open()) throw;
    throw commit_in_doubt();
  } catch (pqxx::failure const&) {
    throw commit_in_doubt();
  }
  // A wait for the standby that was cancelled answers COMMIT with no more than a warning.
  if (context.link.notices().count != 0) throw commit_in_doubt();
}

void commit(batch_context const& context, pqxx::work& work) {
  commit_by(context, [&] { work.commit(); });
}

/// The ids whose rows are ours to write, each with its receipt.
using accepted_ids = std::unordered_map<certs::uuid, std::string>;

void accept_first_versions(session_scope const& scope, job_list const& jobs,
                           accepted_ids& accepted) {
  std::map<certs::uuid, new_submission const*> sorted;
  for (auto const& job : jobs) {
    if (!job->submission || job->submission->version != 1) continue;
    sorted.emplace(job->submission->id, &*job->submission);
  }
  if (sorted.empty()) return;
  array_text ids, receipts, times;
  accepted_ids wanted;
  for (auto const& [id, submission] : sorted) {
    ids.add(id);
    receipts.add(submission->receipt);
    times.add(microseconds(submission->received));
    wanted.emplace(id, submission->receipt);
  }
  auto const inserted = scope.run(insert_submissions, ids.take(), receipts.take(), times.take());
  if (inserted.size() == wanted.size()) {
    accepted.merge(wanted);
    return;
  }
  for (auto const& row : inserted) {
    auto const id = uuid_of(row[0]);
    accepted.emplace(id, wanted.at(id));
  }
}

void accept_corrections(session_scope const& scope, job_list const& jobs, accepted_ids& accepted) {
  array_text ids, versions;
  bool any = false;
  for (auto const& job : jobs) {
    if (!job->submission || job->submission->version == 1) continue;
    ids.add(job->submission->id);
    versions.add(job->submission->version);
    any = true;
  }
  if (!any) return;
  for (auto const& row : scope.run(find_correctable, ids.take(), versions.take())) {
    accepted.emplace(uuid_of(row[0]), row[1].as<std::string>());
  }
}

bool is_accepted(batch_job& job, accepted_ids const& accepted) {
  if (!job.submission) return true;
  auto const found = accepted.find(job.submission->id);
  if (found == accepted.end()) return false;
  job.submission->receipt = found->second;
  return true;
}

/// Nothing in it needs a look at what is stored already, and the one statement is the transaction.
bool fits_one_statement(batch_context const& context, job_list const& jobs) {
  return context.guard == durability::server_setting &&
         std::ranges::all_of(jobs, [](job_pointer const& job) {
           return !job->submission || job->submission->version == 1;
         });
}

/// In the order of ids, as every writer inserts them: two that share ids then never wait for each
/// other in a circle.
job_list in_order_of_ids(job_list jobs) {
  std::ranges::stable_sort(jobs, {}, [](job_pointer const& job) {
    return job->submission ? job->submission->id : certs::uuid{};
  });
  return jobs;
}

/// One round trip for a whole batch. False, and nothing stored, where an id or a receipt is taken.
bool store_at_once(batch_context const& context, writer_chain& chain, certs::utc_time now,
                   job_list const& jobs) {
  batch_rows rows(chain, context.audit_key, context.blob, batch_rows::packets::included);
  for (auto const& job : in_order_of_ids(jobs)) rows.add(*job, now);
  pqxx::nontransaction work(context.link);
  try {
    commit_by(context, [&] { rows.store({context.link, work}); });
  } catch (commit_in_doubt const&) {
    chain.position = rows.position();
    throw;
  } catch (pqxx::sql_error const& error) {
    if (sqlstate_of(error) != unique_violation) throw;
    return false;
  }
  chain.position = rows.position();
  return true;
}

}  // namespace

batch_result store_jobs(batch_context const& context, writer_chain& chain, certs::utc_time now,
                        job_list const& jobs) {
  if (fits_one_statement(context, jobs) && store_at_once(context, chain, now, jobs)) {
    return {jobs, {}};
  }
  pqxx::work work(context.link);
  session_scope const scope{context.link, work};
  require_standby(context, scope);
  accepted_ids accepted;
  accept_first_versions(scope, jobs, accepted);
  accept_corrections(scope, jobs, accepted);
  batch_rows rows(chain, context.audit_key, context.blob, batch_rows::packets::stored_before);
  batch_result result;
  for (auto const& job : jobs) {
    bool const ours = is_accepted(*job, accepted);
    if (ours) rows.add(*job, now);
    (ours ? result.stored : result.taken).push_back(job);
  }
  if (result.stored.empty()) return result;
  rows.store(scope);
  try {
    commit(context, work);
  } catch (commit_in_doubt const&) {
    chain.position = rows.position();
    throw;
  }
  chain.position = rows.position();
  return result;
}

void try_entry(batch_context const& context, writer_chain const& chain, certs::utc_time now) {
  batch_job job;
  job.entry.action = "storing-tried";
  pqxx::work work(context.link);
  session_scope const scope{context.link, work};
  require_standby(context, scope);
  batch_rows rows(chain, context.audit_key, context.blob, batch_rows::packets::included);
  rows.add(job, now);
  try {
    rows.store(scope);
  } catch (chain_moved const&) {
    // Then somebody else has just stored one.
  }
  work.abort();
}

std::vector<confirmation> confirm_jobs(batch_context const& context, job_list const& jobs) {
  array_text ids, versions, places;
  certs::bytes hashes;
  for (auto const& job : jobs) {
    auto const& submission = *job->submission;
    ids.add(submission.id);
    versions.add(submission.version);
    places.add(static_cast<long long>(hashes.size()) + 1);
    hashes.insert(hashes.end(), submission.body_hash.begin(), submission.body_hash.end());
  }
  pqxx::work work(context.link);
  session_scope const scope{context.link, work};
  require_standby(context, scope);
  std::vector<confirmation> answers;
  for (auto const& row :
       scope.run(confirm, ids.take(), versions.take(), places.take(), binary(hashes))) {
    using body = confirmation::body;
    auto const state = row[0].as<std::string>();
    answers.push_back(
        {state == "same" ? body::same : (state == "other" ? body::other : body::absent),
         row[1].is_null() ? std::string() : row[1].as<std::string>()});
  }
  commit(context, work);
  return answers;
}

opened_chain open_chain(batch_context const& context, std::string const& name,
                        std::optional<chain_position> const& doubt) {
  pqxx::work work(context.link);
  session_scope const scope{context.link, work};
  require_standby(context, scope);
  auto head = scope.run(lock_head, name);
  if (head.empty()) {
    scope.run(begin_head, name, binary(certs::hash256{}),
              binary(head_seal(context.audit_key, name, {})));
    head = scope.run(lock_head, name);
  }
  auto const row = head[0];
  opened_chain opened;
  opened.chain = {.id = row[0].as<std::int32_t>(),
                  .name = name,
                  .position = {row[1].as<std::int64_t>(), time_of(row[2]), hash_of(row[3])}};
  opened.seal_is_broken =
      hash_of(row[4]) != head_seal(context.audit_key, name, opened.chain.position);
  if (doubt) {
    auto const entry = scope.run(find_entry, opened.chain.id, doubt->number);
    opened.doubt_is_stored = !entry.empty() && hash_of(entry[0][0]) == doubt->link;
  }
  commit(context, work);
  return opened;
}

}  // namespace intake::db
