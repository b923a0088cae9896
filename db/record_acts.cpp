#include "db/record_acts.hpp"

#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<record_act_kind, 5> kinds{{"note", "void", "restore", "join", "part"}};

constexpr statement insert_act{
    "insert_record_act",
    "INSERT INTO record_act (id, submission_id, other_id, kind, at, actor, kek_id, wrapped, "
    "content) VALUES ($1, $2, nullif($3, '')::uuid, $4, " INTAKE_TIME_OF("$5") ", $6, $7, $8, $9)"};
constexpr statement select_acts{
    "select_record_acts",
    "SELECT id, submission_id, other_id, kind, " INTAKE_MICROSECONDS_OF(
        "at") ", actor, kek_id, wrapped, content FROM record_act WHERE submission_id = $1 UNION "
              "SELECT id, submission_id, other_id, kind, " INTAKE_MICROSECONDS_OF(
                  "at") ", actor, kek_id, wrapped, content FROM record_act WHERE other_id = $1 "
                        "ORDER BY 1"};

}  // namespace

void add_record_act(pool& connections, record_act const& one) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_act, certs::to_string(one.id), certs::to_string(one.submission),
              one.other ? certs::to_string(*one.other) : std::string(),
              std::string(kinds.of(one.kind)), microseconds(one.at), certs::to_string(one.actor),
              one.key.kek_id, binary(one.key.value), binary(one.content));
  });
}

std::vector<record_act> list_record_acts(pool& connections, certs::uuid submission) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<record_act> list;
    for (auto const& row : scope.run(select_acts, certs::to_string(submission))) {
      record_act one;
      one.id = uuid_of(row[0]);
      one.submission = uuid_of(row[1]);
      if (!row[2].is_null()) one.other = uuid_of(row[2]);
      one.kind = kinds.parse(row[3].c_str()).value_or(record_act_kind::note);
      one.at = time_of(row[4]);
      one.actor = uuid_of(row[5]);
      one.key = {row[6].as<std::string>(), bytes_of(row[7])};
      one.content = bytes_of(row[8]);
      list.push_back(std::move(one));
    }
    return list;
  });
}

}  // namespace intake::db
