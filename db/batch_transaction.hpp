#pragma once
#include "certs/bytes.hpp"
#include "db/batch_job.hpp"
#include "db/batch_rows.hpp"
#include "db/connection.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

/// The transactions of the batch writer. Each throws pqxx's exceptions for what went wrong before
/// COMMIT was sent.
namespace intake::db {

/// COMMIT was sent, and its answer did not come or came with a notice: stored, or not stored, or
/// stored only here and gone after a failover.
class commit_in_doubt : public std::runtime_error {
 public:
  commit_in_doubt() : std::runtime_error("a COMMIT was not confirmed") {}
};

/// What all of them need.
struct batch_context {
  connection& link;
  durability guard;
  certs::bytes_view audit_key;
  /// Room for the bytes of a batch.
  certs::bytes& blob;
};

struct batch_result {
  job_list stored;
  /// Their id is taken: ask confirm_jobs.
  job_list taken;
};

/// Stores what can be stored, continues `chain`, commits. No two jobs may have the same submission
/// id.
batch_result store_jobs(batch_context const&, writer_chain& chain, certs::utc_time now,
                        job_list const&);

/// Writes an entry and takes it back: throws what storing one would throw now.
void try_entry(batch_context const&, writer_chain const&, certs::utc_time now);

/// The answer of confirm_submission.
struct confirmation {
  enum class body { absent, same, other };
  body state = body::absent;
  std::string receipt;
};

/// One answer for each job, in their order, under row locks, committed under the same checks as
/// storing.
std::vector<confirmation> confirm_jobs(batch_context const&, job_list const&);

struct opened_chain {
  writer_chain chain;
  /// Whether the entry in doubt is stored.
  bool doubt_is_stored = false;
  /// The head did not bear our seal.
  bool seal_is_broken = false;
};

/// Finds or begins the chain of that name, under a lock that waits for a COMMIT of it still under
/// way.
opened_chain open_chain(batch_context const&, std::string const& name,
                        std::optional<chain_position> const& doubt);

}  // namespace intake::db
