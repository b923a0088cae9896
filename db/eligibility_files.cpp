#include "db/eligibility_files.hpp"

#include "db/eligibility_rows.hpp"
#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <map>

namespace intake::db {
namespace {

constexpr enum_names<file_way, 3> file_ways{{"upload", "folder", "clearinghouse"}};

constexpr statement select_numbers{
    "select_control_numbers",
    "SELECT nextval('eligibility_interchange'), nextval('eligibility_group')"};
constexpr statement select_inquiry_numbers{
    "select_inquiry_numbers",
    "SELECT nextval('eligibility_number') FROM generate_series(1, $1::bigint)"};
constexpr statement insert_batch{
    "insert_eligibility_batch",
    "INSERT INTO eligibility_batch (id, interchange, group_control, created, actor, kek_id, "
    "wrapped, content, over_line, folder_due) VALUES ($1, $2, $3, " INTAKE_TIME_OF(
        "$4") ", nullif($5, '')::uuid, $6, $7, $8, $9, $10)"};
constexpr statement select_due_batches{
    "select_batches_due_in_folder",
    "SELECT id FROM eligibility_batch WHERE folder_due ORDER BY created, id LIMIT 50"};
constexpr statement update_folder_due{
    "note_batch_in_folder", "UPDATE eligibility_batch SET folder_due = false WHERE id = $1"};
constexpr statement select_file{"select_eligibility_file",
                                "SELECT kek_id, wrapped, content FROM eligibility_file WHERE id = "
                                "$1"};
constexpr statement insert_inquiry{
    "insert_eligibility_inquiry",
    "INSERT INTO eligibility_inquiry (id, trace, set_control, batch_id, submission_id, version, "
    "coverage, service_date, created) VALUES ($1, $2, $3, $4, $5, $6, $7, "
    "$8::date, " INTAKE_TIME_OF("$9") ")"};
#define INTAKE_ANSWERED "EXISTS (SELECT FROM eligibility_check c WHERE c.inquiry_id = i.id)"
constexpr statement select_batches{
    "select_eligibility_batches",
    "SELECT b.id, b.interchange, b.group_control, " INTAKE_MICROSECONDS_OF("b.created")
    ", b.actor, (SELECT count(*) FROM eligibility_inquiry i WHERE i.batch_id = b.id), (SELECT "
    "count(*) FROM eligibility_inquiry i WHERE i.batch_id = b.id AND " INTAKE_ANSWERED
    "), coalesce((SELECT a.verdict FROM eligibility_acknowledgement a WHERE a.batch_id = b.id AND "
    "a.inquiry_id IS NULL ORDER BY a.number DESC LIMIT 1), ''), "
    "coalesce((SELECT string_agg(DISTINCT a.code, ', ') FROM eligibility_acknowledgement a WHERE "
    "a.batch_id = b.id AND a.verdict <> 'accepted'), ''), b.folder_due FROM eligibility_batch b "
    "WHERE NOT b.over_line ORDER BY b.created DESC, b.id DESC LIMIT 50"};
constexpr statement select_batch{
    "select_eligibility_batch",
    "SELECT id, interchange, group_control, " INTAKE_MICROSECONDS_OF(
        "created") ", actor, kek_id, wrapped, content FROM eligibility_batch WHERE id = $1"};
#define INTAKE_INQUIRY_COLUMNS                                                         \
  "i.id, i.trace, i.set_control, i.batch_id, i.submission_id, i.version, i.coverage, " \
  "i.service_date, " INTAKE_MICROSECONDS_OF("i.created")
constexpr statement select_inquiries{
    "select_eligibility_inquiries",
    "SELECT " INTAKE_INQUIRY_COLUMNS
    ", k.kek_id, k.wrapped, p.sealed FROM eligibility_inquiry i LEFT JOIN eligibility_key k ON "
    "k.owner = i.id LEFT JOIN eligibility_part p ON p.owner = i.id AND p.name = 'question' WHERE "
    "i.trace = ANY ($1::text[])"};
constexpr statement select_latest_inquiries{
    "select_latest_inquiries",
    "SELECT DISTINCT ON (i.submission_id, i.coverage) " INTAKE_INQUIRY_COLUMNS ", " INTAKE_ANSWERED
    ", coalesce((SELECT a.verdict FROM eligibility_acknowledgement a WHERE a.batch_id = i.batch_id "
    "AND (a.inquiry_id = i.id OR (a.inquiry_id IS NULL AND a.verdict = 'rejected')) ORDER BY "
    "a.number DESC LIMIT 1), ''), (SELECT b.over_line FROM eligibility_batch b WHERE b.id = "
    "i.batch_id) FROM eligibility_inquiry i WHERE i.submission_id = ANY "
    "($1::uuid[]) ORDER BY i.submission_id, i.coverage, i.created DESC, i.id DESC"};
constexpr statement insert_payer_file{
    "insert_eligibility_file",
    "INSERT INTO eligibility_file (id, content_hash, received, how, actor, answers, kept, kek_id, "
    "wrapped, content) VALUES ($1, $2, " INTAKE_TIME_OF(
        "$3") ", $4, nullif($5, '')::uuid, $6, $7, $8, $9, $10) ON CONFLICT (content_hash) DO "
              "NOTHING"};
constexpr statement insert_unmatched{
    "insert_eligibility_unmatched",
    "INSERT INTO eligibility_unmatched (file_id, segment, reason) VALUES ($1, $2, $3)"};
// The newest batch of that number: numbers come again after a billion.
constexpr statement insert_acknowledgement{
    "insert_eligibility_acknowledgement",
    "INSERT INTO eligibility_acknowledgement (file_id, batch_id, inquiry_id, verdict, code, at) "
    "SELECT $1::uuid, b.id, (SELECT i.id FROM eligibility_inquiry i WHERE i.batch_id = b.id AND "
    "i.set_control = $4), $5, $6, " INTAKE_TIME_OF(
        "$7") " FROM (SELECT id FROM eligibility_batch WHERE interchange = $2::bigint OR "
              "group_control = $3::bigint ORDER BY created DESC LIMIT 1) b WHERE $4 = '' OR EXISTS "
              "(SELECT FROM eligibility_inquiry i WHERE i.batch_id = b.id AND i.set_control = $4)"};
constexpr statement select_payer_files{
    "select_eligibility_files",
    "SELECT id, " INTAKE_MICROSECONDS_OF(
        "received") ", how, actor, answers, kept FROM eligibility_file WHERE how <> "
                    "'clearinghouse' OR kept < answers ORDER BY received DESC, id DESC LIMIT 50"};
constexpr statement select_unmatched{
    "select_eligibility_unmatched",
    "SELECT file_id, segment, reason FROM eligibility_unmatched ORDER BY number DESC LIMIT 200"};

constexpr statement insert_round{
    "insert_eligibility_round",
    "INSERT INTO eligibility_round AS r (round, begun) VALUES ($1::date, " INTAKE_TIME_OF(
        "$2") ") ON CONFLICT (round) DO UPDATE SET begun = excluded.begun WHERE r.done IS NULL AND "
              "r.begun < excluded.begun - interval '30 minutes'"};
constexpr statement update_round{
    "end_eligibility_round",
    "UPDATE eligibility_round SET done = " INTAKE_TIME_OF("$2") " WHERE round = $1::date"};

inquiry_row inquiry_of(pqxx::row const& row) {
  return {.id = uuid_of(row[0]),
          .trace = row[1].as<std::string>(),
          .set_control = row[2].as<std::string>(),
          .batch = uuid_of(row[3]),
          .submission = uuid_of(row[4]),
          .version = row[5].as<std::int32_t>(),
          .coverage = row[6].as<std::int16_t>(),
          .service_date = row[7].as<std::string>(),
          .created = time_of(row[8]),
          .key = {},
          .question = {}};
}

batch_row batch_of(pqxx::row const& row) {
  batch_row found{.id = uuid_of(row[0]),
                  .interchange = row[1].as<std::int64_t>(),
                  .group = row[2].as<std::int64_t>(),
                  .created = time_of(row[3]),
                  .actor = {},
                  .key = {},
                  .content = {}};
  if (!row[4].is_null()) found.actor = uuid_of(row[4]);
  return found;
}

void insert_inquiry_rows(session_scope const& scope, inquiry_row const& one) {
  scope.run(insert_inquiry, certs::to_string(one.id), one.trace, one.set_control,
            certs::to_string(one.batch), certs::to_string(one.submission), one.version,
            one.coverage, one.service_date, microseconds(one.created));
  insert_key_row(scope, {one.id, one.submission, one.key.value()});
  insert_part_row(scope, one.id, "question", one.question);
}

}  // namespace

control_numbers take_control_numbers(pool& connections, std::size_t inquiries) {
  return write(connections, [&](session_scope const& scope) {
    control_numbers taken;
    auto const first = scope.run(select_numbers);
    taken.interchange = first[0][0].as<std::int64_t>();
    taken.group = first[0][1].as<std::int64_t>();
    for (auto const& row :
         scope.run(select_inquiry_numbers, static_cast<std::int64_t>(inquiries))) {
      taken.inquiries.push_back(row[0].as<std::int64_t>());
    }
    return taken;
  });
}

void add_batch(pool& connections, batch_row const& batch, std::span<inquiry_row const> inquiries) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_batch, certs::to_string(batch.id), batch.interchange, batch.group,
              microseconds(batch.created), id_or_none(batch.actor), batch.key.kek_id,
              binary(batch.key.value), binary(batch.content), batch.over_line, batch.folder_due);
    for (auto const& each : inquiries) insert_inquiry_rows(scope, each);
  });
}

std::vector<listed_batch> list_batches(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    std::vector<listed_batch> list;
    for (auto const& row : scope.run(select_batches)) {
      list.push_back({batch_of(row), row[5].as<std::int64_t>(), row[6].as<std::int64_t>(),
                      row[7].as<std::string>(), row[8].as<std::string>()});
      list.back().what.folder_due = row[9].as<bool>();
    }
    return list;
  });
}

std::optional<batch_row> find_batch(pool& connections, certs::uuid id) {
  return read(connections, [&](session_scope const& scope) -> std::optional<batch_row> {
    auto const rows = scope.run(select_batch, certs::to_string(id));
    if (rows.empty()) return std::nullopt;
    auto found = batch_of(rows[0]);
    found.key = {rows[0][5].as<std::string>(), bytes_of(rows[0][6])};
    found.content = bytes_of(rows[0][7]);
    return found;
  });
}

std::vector<certs::uuid> batches_due_in_folder(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    std::vector<certs::uuid> ids;
    for (auto const& row : scope.run(select_due_batches)) ids.push_back(uuid_of(row[0]));
    return ids;
  });
}

void note_batch_in_folder(pool& connections, certs::uuid id) {
  write(connections,
        [&](session_scope const& scope) { scope.run(update_folder_due, certs::to_string(id)); });
}

std::optional<sealed_file> find_answer_file(pool& connections, certs::uuid id) {
  return read(connections, [&](session_scope const& scope) -> std::optional<sealed_file> {
    auto const rows = scope.run(select_file, certs::to_string(id));
    if (rows.empty()) return std::nullopt;
    return sealed_file{{rows[0][0].as<std::string>(), bytes_of(rows[0][1])}, bytes_of(rows[0][2])};
  });
}

std::vector<inquiry_row> find_inquiries(pool& connections, std::vector<std::string> const& traces) {
  auto const wanted = to_array(traces);
  return read(connections, [&](session_scope const& scope) {
    std::vector<inquiry_row> list;
    for (auto const& row : scope.run(select_inquiries, wanted)) {
      auto found = inquiry_of(row);
      if (!row[9].is_null()) found.key = {row[9].as<std::string>(), bytes_of(row[10])};
      if (!row[11].is_null()) found.question = bytes_of(row[11]);
      list.push_back(std::move(found));
    }
    return list;
  });
}

std::vector<asked_inquiry> latest_inquiries(pool& connections,
                                            std::span<certs::uuid const> submissions) {
  auto const wanted = to_array(std::vector<certs::uuid>(submissions.begin(), submissions.end()));
  return read(connections, [&](session_scope const& scope) {
    std::vector<asked_inquiry> list;
    for (auto const& row : scope.run(select_latest_inquiries, wanted)) {
      list.push_back({.what = inquiry_of(row),
                      .answered = row[9].as<bool>(),
                      .over_line = row[11].as<bool>(),
                      .acknowledged = row[10].as<std::string>()});
    }
    return list;
  });
}

bool begin_round(pool& connections, std::string const& day, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    return scope.run(insert_round, day, microseconds(now)).affected_rows() == 1;
  });
}

void end_round(pool& connections, std::string const& day, certs::utc_time now) {
  write(connections,
        [&](session_scope const& scope) { scope.run(update_round, day, microseconds(now)); });
}

file_outcome add_answer_file(pool& connections, answer_file const& file) {
  auto const id = certs::to_string(file.id);
  return write(connections, [&](session_scope const& scope) {
    auto const added =
        scope.run(insert_payer_file, id, binary(file.content_hash), microseconds(file.received),
                  std::string(file_ways.of(file.how)), id_or_none(file.actor), file.answers,
                  static_cast<std::int64_t>(file.checks.size()), file.key.kek_id,
                  binary(file.key.value), binary(file.content));
    if (added.affected_rows() != 1) return file_outcome{};
    file_outcome outcome{.taken = true};
    for (auto const& each : file.checks) outcome.kept += insert_check_rows(scope, each) ? 1 : 0;
    for (auto const& each : file.enrolments) insert_enrolment_task(scope, each.task, each.asked);
    for (auto const& each : file.unmatched) {
      scope.run(insert_unmatched, id, each.segment, each.reason);
    }
    for (auto const& each : file.acknowledgements) {
      auto const known =
          scope.run(insert_acknowledgement, id, each.interchange, each.group, each.set_control,
                    each.verdict, each.code, microseconds(file.received));
      if (known.affected_rows() == 0) ++outcome.strange;
    }
    return outcome;
  });
}

std::vector<listed_file> list_files(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    std::map<certs::uuid, std::vector<unmatched_row>> unmatched;
    for (auto const& row : scope.run(select_unmatched)) {
      unmatched[uuid_of(row[0])].push_back({row[1].as<std::int64_t>(), row[2].as<std::string>()});
    }
    std::vector<listed_file> list;
    for (auto const& row : scope.run(select_payer_files)) {
      listed_file found{.id = uuid_of(row[0]),
                        .received = time_of(row[1]),
                        .how = file_ways.parse(row[2].c_str()).value_or(file_way::upload),
                        .actor = {},
                        .answers = row[4].as<std::int64_t>(),
                        .kept = row[5].as<std::int64_t>(),
                        .unmatched = {}};
      if (!row[3].is_null()) found.actor = uuid_of(row[3]);
      if (auto const mine = unmatched.find(found.id); mine != unmatched.end()) {
        found.unmatched = std::move(mine->second);
      }
      list.push_back(std::move(found));
    }
    return list;
  });
}

}  // namespace intake::db
