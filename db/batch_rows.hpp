#pragma once
#include "certs/bytes.hpp"
#include "db/audit_chain.hpp"
#include "db/batch_job.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace intake::db {

/// A chain as its writer knows it.
struct writer_chain {
  std::int32_t id = 0;
  std::string name;
  chain_position position;
};

/// Another writer has continued our audit chain; nothing was stored.
class chain_moved : public std::runtime_error {
 public:
  chain_moved() : std::runtime_error("the audit chain was continued elsewhere") {}
};

/// All rows of one batch, gathered into arrays so that one statement stores them: every byte string
/// lies in one blob that is sent in binary, and the arrays say where.
class batch_rows {
 public:
  /// Whether the rows of `submission` are stored here, too, or were before.
  enum class packets { included, stored_before };

  /// `blob` is only room to work in, kept from batch to batch.
  batch_rows(writer_chain const&, certs::bytes_view audit_key, certs::bytes& blob, packets);

  /// The next entry of the chain, at `now` or at its predecessor's time, whichever is later: a
  /// chain never runs back.
  void add(batch_job const&, certs::utc_time now);

  /// Throws chain_moved where another writer has continued the chain meanwhile.
  void store(session_scope const&);

  /// Where the chain stands after `store`.
  chain_position const& position() const { return position_; }

 private:
  void run(session_scope const&);
  void add_event(batch_job const&);
  void add_submission(new_submission const&);
  /// Appends to the blob; gives the first byte's place, counted from 1 as SQL does.
  long long keep(certs::bytes_view);

  struct bytes_columns {
    array_text offset, length;
  };
  struct version_columns {
    array_text id, version, received, receipt, body_hash, forms, number, kek_id;
    bytes_columns wrapped;
  };
  struct part_columns {
    array_text row, name;
    bytes_columns sealed;
  };
  struct token_columns {
    array_text row, kind;
    bytes_columns token;
  };
  struct outbox_columns {
    array_text row, topic;
  };
  struct event_columns {
    array_text at, action, who, actor, outcome, subject, version, shown, purpose, request_id,
        address, content, record, link;
  };

  writer_chain const& chain_;
  certs::bytes_view audit_key_;
  chain_position position_;
  packets packets_;
  long long rows_ = 0;
  certs::bytes& blob_;
  version_columns versions_;
  part_columns parts_;
  token_columns tokens_;
  outbox_columns outbox_;
  event_columns events_;
};

}  // namespace intake::db
