#include "db/audit_promises.hpp"

#include "db/rows.hpp"

#include <string>

#include <pqxx/result.hxx>
#include <pqxx/result_iterator.hxx>

namespace intake::db {
namespace {

// Entries about purges; their purpose is the purge's id.
#define INTAKE_PURGE_ENTRIES                                                                     \
  "WITH told AS MATERIALIZED (SELECT action, purpose, who, actor, shown FROM audit_event WHERE " \
  "record IS NULL AND outcome = 'done' AND action IN ('destruction-proposed', "                  \
  "'destruction-approved', 'destruction-begun', 'records-destroyed'))"

// Between the deed and its entry a program may end: then what was about to be destroyed counts.
constexpr char const* keyless = INTAKE_PURGE_ENTRIES
    ", named AS MATERIALIZED (SELECT DISTINCT action, purpose, unnest(shown) AS id FROM told), "
    "approved AS (SELECT purpose FROM told WHERE action = 'destruction-approved' AND who = 'staff' "
    "GROUP BY purpose HAVING count(DISTINCT actor) >= 2), "
    "carried_out AS (SELECT purpose, id FROM named WHERE action = 'records-destroyed' UNION "
    "SELECT purpose, id FROM named WHERE action = 'destruction-begun' AND purpose NOT IN (SELECT "
    "purpose FROM told WHERE action = 'records-destroyed')), "
    "ended AS MATERIALIZED (SELECT d.submission_id FROM purge_destroyed d "
    "JOIN approved a ON a.purpose = d.purge_id::text "
    "JOIN carried_out c ON c.purpose = d.purge_id::text AND c.id = d.submission_id "
    "JOIN named n ON n.action = 'destruction-proposed' AND n.purpose = d.purge_id::text AND "
    "n.id = d.submission_id) "
    "SELECT v.submission_id, h.name, v.number FROM submission_version v "
    "LEFT JOIN audit_head h ON h.chain = v.chain WHERE NOT EXISTS (SELECT FROM wrapped_key k WHERE "
    "k.submission_id = v.submission_id AND k.version = v.version) AND NOT EXISTS (SELECT FROM "
    "ended "
    "e WHERE e.submission_id = v.submission_id) ORDER BY v.chain, v.number";

constexpr char const* untold_purges = INTAKE_PURGE_ENTRIES
    " SELECT a.purge_id FROM purge_approval a WHERE NOT EXISTS (SELECT FROM told t WHERE t.action "
    "= "
    "'destruction-approved' AND t.who = 'staff' AND t.actor = a.approver::text AND t.purpose = "
    "a.purge_id::text) UNION SELECT p.id FROM purge p WHERE p.done IS NOT NULL AND NOT EXISTS "
    "(SELECT FROM told t WHERE t.action IN ('destruction-begun', 'records-destroyed') AND "
    "t.purpose "
    "= p.id::text)";

constexpr char const* lost_holds =
    "SELECT l.subject FROM (SELECT DISTINCT ON (subject) subject, action FROM audit_event WHERE "
    "record IS NULL AND outcome = 'done' AND action IN ('hold-placed', 'hold-released') AND "
    "subject IS NOT NULL ORDER BY subject, at DESC, chain, number DESC) l WHERE l.action = "
    "'hold-placed' AND NOT EXISTS (SELECT FROM legal_hold h WHERE h.submission_id = l.subject AND "
    "h.released IS NULL)";

constexpr char const* stray_keys =
    "SELECT k.submission_id FROM wrapped_key k WHERE NOT EXISTS (SELECT FROM submission_version v "
    "WHERE v.submission_id = k.submission_id AND v.version = k.version)";

constexpr char const* stray_tokens =
    "SELECT DISTINCT t.submission_id FROM search_token t WHERE NOT EXISTS (SELECT FROM "
    "submission_version v WHERE v.submission_id = t.submission_id AND v.version = t.version)";

struct question {
  char const* sql;
  audit_fault fault;
};

constexpr question questions[] = {{keyless, audit_fault::key_missing},
                                  {untold_purges, audit_fault::purge_unaudited},
                                  {lost_holds, audit_fault::hold_gone},
                                  {stray_keys, audit_fault::key_stray},
                                  {stray_tokens, audit_fault::tokens_changed}};

}  // namespace

void check_promises(pqxx::transaction_base& work, std::vector<audit_finding>& findings) {
  for (auto const& each : questions) {
    for (auto const& row : work.exec(each.sql)) {
      bool const has_entry = row.size() > 1 && !row[1].is_null();
      findings.push_back({.chain = has_entry ? row[1].as<std::string>() : std::string(),
                          .number = has_entry ? row[2].as<std::int64_t>() : 0,
                          .fault = each.fault,
                          .subject = uuid_of(row[0])});
    }
  }
}

}  // namespace intake::db
