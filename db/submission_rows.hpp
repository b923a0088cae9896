#pragma once
#include "db/rows.hpp"
#include "db/submissions.hpp"

#include <pqxx/result.hxx>
#include <pqxx/result_iterator.hxx>
#include <pqxx/row.hxx>

/// How statements of several files read submissions.
namespace intake::db {

// The columns of a submission_head, in the order that head_of reads them; s is the submission.
#define INTAKE_HEAD_COLUMNS \
  "s.id, v.version, s.receipt, " INTAKE_MICROSECONDS_OF("s.received") ", "       \
  INTAKE_MICROSECONDS_OF("v.received") ", array_to_string(v.forms, E'\\n'), "    \
  "v.body_hash, k.kek_id, k.wrapped "
#define INTAKE_HEAD_KEY \
  "LEFT JOIN wrapped_key k ON k.submission_id = s.id AND k.version = v.version "
#define INTAKE_NEWEST_VERSION                                                       \
  "CROSS JOIN LATERAL (SELECT * FROM submission_version v WHERE v.submission_id = " \
  "s.id ORDER BY v.version DESC LIMIT 1) v "
#define INTAKE_SUMMARY                                                                 \
  "LEFT JOIN part p ON p.submission_id = s.id AND p.version = v.version AND p.name = " \
  "'summary' "
/// Whether the record with that id is void.
#define INTAKE_IS_VOID(id)                                                \
  "coalesce((SELECT a.kind FROM record_act a WHERE a.submission_id = " id \
  " AND a.kind IN ('void', 'restore') ORDER BY a.id DESC LIMIT 1), '') = 'void'"

inline constexpr int head_columns = 9;

submission_head head_of(pqxx::row const&);
/// Columns of the head, then the sealed summary.
listed_submission listed_of(pqxx::row const&);
std::vector<listed_submission> listed(pqxx::result const&);

}  // namespace intake::db
