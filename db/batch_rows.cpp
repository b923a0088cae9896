#include "db/batch_rows.hpp"

#include <algorithm>

#include <pqxx/except.hxx>

namespace intake::db {
namespace {

// One statement, one plan, one round trip. Rows of parts, tokens and outbox name their version by
// its place in the arrays, because reading a UUID from text costs PostgreSQL more than anything
// else here.
//
// Where the head is not where this writer left it, the division fails, and with it the statement:
// run by itself it is a whole transaction.
constexpr statement store_all{"store_all", R"(
WITH packet AS (
  INSERT INTO submission (id, receipt, received)
  SELECT u.id, u.receipt, timestamptz 'epoch' + u.received * interval '1 microsecond'
    FROM unnest($3::uuid[], $5::bigint[], $41::text[]) AS u(id, received, receipt)
   WHERE u.receipt IS NOT NULL
), version AS (
  INSERT INTO submission_version (submission_id, version, received, body_hash, forms, chain, number)
  SELECT u.id, u.version, timestamptz 'epoch' + u.received * interval '1 microsecond',
         substr($1::bytea, u.body_hash, 32), string_to_array(u.forms, E'\n'), $2::integer, u.number
    FROM unnest($3::uuid[], $4::integer[], $5::bigint[], $6::integer[], $7::text[], $8::bigint[])
      AS u(id, version, received, body_hash, forms, number)
), key AS (
  INSERT INTO wrapped_key (submission_id, version, kek_id, wrapped)
  SELECT u.id, u.version, u.kek, substr($1::bytea, u.place, u.length)
    FROM unnest($3::uuid[], $4::integer[], $9::text[], $10::integer[], $11::integer[])
      AS u(id, version, kek, place, length)
), part AS (
  INSERT INTO part (submission_id, version, name, sealed)
  SELECT ($3::uuid[])[u.row], ($4::integer[])[u.row], u.name, substr($1::bytea, u.place, u.length)
    FROM unnest($12::integer[], $13::text[], $14::integer[], $15::integer[])
      AS u(row, name, place, length)
), token AS (
  INSERT INTO search_token (kind, token, submission_id, version)
  SELECT u.kind, substr($1::bytea, u.place, u.length), ($3::uuid[])[u.row], ($4::integer[])[u.row]
    FROM unnest($16::integer[], $17::smallint[], $18::integer[], $19::integer[])
      AS u(row, kind, place, length)
), task AS (
  INSERT INTO outbox (topic, submission_id, version)
  SELECT u.topic, ($3::uuid[])[u.row], ($4::integer[])[u.row]
    FROM unnest($20::integer[], $21::text[]) AS u(row, topic)
), event AS (
  INSERT INTO audit_event (chain, number, at, action, who, actor, outcome, subject, version, shown,
                           purpose, request_id, address, content, record, link)
  SELECT $2::integer, $22::bigint + u.place, timestamptz 'epoch' + u.at * interval '1 microsecond',
         u.action, u.who, u.actor, u.outcome, u.subject, u.version, u.shown::uuid[], u.purpose,
         u.request_id, u.address, substr($1::bytea, u.content, 32), substr($1::bytea, u.record, 32),
         substr($1::bytea, u.link, 32)
    FROM unnest($23::bigint[], $24::text[], $25::text[], $26::text[], $27::text[], $28::uuid[],
                $29::integer[], $30::text[], $31::text[], $32::text[], $33::text[], $34::integer[],
                $35::integer[], $36::integer[])
      WITH ORDINALITY
      AS u(at, action, who, actor, outcome, subject, version, shown, purpose, request_id, address,
           content, record, link, place)
), head AS (
  UPDATE audit_head
     SET number = $37::bigint, at = timestamptz 'epoch' + $38::bigint * interval '1 microsecond',
         link = substr($1::bytea, $39::integer, 32), seal = substr($1::bytea, $40::integer, 32)
   WHERE chain = $2::integer AND number = $22::bigint
  RETURNING chain
)
SELECT 1 / count(*) FROM head)"};

constexpr std::string_view division_by_zero = "22012";

void add_hash(array_text& column, std::optional<certs::hash256> const& hash, long long place) {
  if (hash) {
    column.add(place);
  } else {
    column.add_null();
  }
}

std::string joined(std::vector<std::string> const& forms) {
  std::string text;
  for (auto const& form : forms) {
    if (!text.empty()) text += '\n';
    text += form;
  }
  return text;
}

}  // namespace

batch_rows::batch_rows(writer_chain const& chain, certs::bytes_view audit_key, certs::bytes& blob,
                       packets which)
    : chain_(chain),
      audit_key_(audit_key),
      position_(chain.position),
      packets_(which),
      blob_(blob) {
  blob_.clear();
}

long long batch_rows::keep(certs::bytes_view data) {
  auto const place = static_cast<long long>(blob_.size()) + 1;
  blob_.insert(blob_.end(), data.begin(), data.end());
  return place;
}

void batch_rows::add(batch_job const& job, certs::utc_time now) {
  ++position_.number;
  position_.at = std::max(position_.at, now);
  position_.link = event_link(audit_key_, position_.link,
                              {.chain = chain_.name,
                               .number = position_.number,
                               .at = position_.at,
                               .entry = job.entry,
                               .record = job.record});
  add_event(job);
  if (job.submission) add_submission(*job.submission);
}

void batch_rows::add_event(batch_job const& job) {
  auto const& entry = job.entry;
  events_.at.add(microseconds(position_.at));
  events_.action.add(entry.action);
  events_.who.add(to_string(entry.who));
  events_.actor.add(entry.actor);
  events_.outcome.add(to_string(entry.outcome));
  entry.subject ? events_.subject.add(*entry.subject) : events_.subject.add_null();
  events_.version.add(entry.version);
  entry.shown.empty() ? events_.shown.add_null() : events_.shown.add(to_array(entry.shown));
  events_.purpose.add(entry.purpose);
  events_.request_id.add(entry.request_id);
  events_.address.add(entry.address);
  add_hash(events_.content, entry.content, entry.content ? keep(*entry.content) : 0);
  add_hash(events_.record, job.record, job.record ? keep(*job.record) : 0);
  events_.link.add(keep(position_.link));
}

void batch_rows::add_submission(new_submission const& submission) {
  ++rows_;
  versions_.id.add(submission.id);
  versions_.version.add(submission.version);
  versions_.received.add(microseconds(submission.received));
  packets_ == packets::included ? versions_.receipt.add(submission.receipt)
                                : versions_.receipt.add_null();
  versions_.body_hash.add(keep(submission.body_hash));
  versions_.forms.add(joined(submission.forms));
  versions_.number.add(position_.number);
  versions_.kek_id.add(submission.key.kek_id);
  auto const add_bytes = [this](bytes_columns& columns, certs::bytes const& data) {
    columns.offset.add(keep(data));
    columns.length.add(static_cast<long long>(data.size()));
  };
  add_bytes(versions_.wrapped, submission.key.value);
  for (auto const& part : submission.parts) {
    parts_.row.add(rows_);
    parts_.name.add(part.name);
    add_bytes(parts_.sealed, part.sealed);
  }
  for (auto token = submission.tokens.begin(); token != submission.tokens.end(); ++token) {
    // Two fields with one value, say the same telephone number twice, give one row.
    if (std::find(submission.tokens.begin(), token, *token) != token) continue;
    tokens_.row.add(rows_);
    tokens_.kind.add(token->kind);
    add_bytes(tokens_.token, token->value);
  }
  for (auto const& topic : submission.outbox) {
    outbox_.row.add(rows_);
    outbox_.topic.add(topic);
  }
}

void batch_rows::store(session_scope const& scope) {
  try {
    run(scope);
  } catch (pqxx::sql_error const& error) {
    if (sqlstate_of(error) != division_by_zero) throw;
    throw chain_moved();
  }
}

void batch_rows::run(session_scope const& scope) {
  auto const link = keep(position_.link);
  auto const seal = keep(head_seal(audit_key_, chain_.name, position_));
  auto& v = versions_;
  auto& e = events_;
  scope.run(store_all, binary(blob_), chain_.id,  //
            v.id.take(), v.version.take(), v.received.take(), v.body_hash.take(), v.forms.take(),
            v.number.take(), v.kek_id.take(), v.wrapped.offset.take(), v.wrapped.length.take(),  //
            parts_.row.take(), parts_.name.take(), parts_.sealed.offset.take(),
            parts_.sealed.length.take(),  //
            tokens_.row.take(), tokens_.kind.take(), tokens_.token.offset.take(),
            tokens_.token.length.take(),               //
            outbox_.row.take(), outbox_.topic.take(),  //
            chain_.position.number, e.at.take(), e.action.take(), e.who.take(), e.actor.take(),
            e.outcome.take(), e.subject.take(), e.version.take(), e.shown.take(), e.purpose.take(),
            e.request_id.take(), e.address.take(), e.content.take(), e.record.take(),
            e.link.take(),  //
            position_.number, microseconds(position_.at), link, seal, v.receipt.take());
}

}  // namespace intake::db
