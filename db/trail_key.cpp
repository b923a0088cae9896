#include "db/trail_key.hpp"

#include "db/audit_chain.hpp"
#include "db/audit_rows.hpp"
#include "db/errors.hpp"
#include "db/transaction.hpp"

#include <algorithm>

namespace intake::db {
namespace {

constexpr statement select_sealed_heads{
    "select_sealed_heads",
    "SELECT name, number, " INTAKE_BOUNDED_MICROSECONDS_OF(
        "at") ", link, seal FROM audit_head WHERE number > 0 ORDER BY number DESC"};

constexpr statement select_first_entries{"select_first_entries",
                                         "SELECT " INTAKE_EVENT_COLUMNS "FROM " INTAKE_EVENT_TABLES
                                         "WHERE e.number = 1"};

bool bears(certs::bytes_view key, pqxx::row const& head) {
  chain_position const position{head[1].as<std::int64_t>(), time_of(head[2]), db::hash_of(head[3])};
  return db::hash_of(head[4]) == head_seal(key, head[0].as<std::string>(), position);
}

bool begins_with(certs::bytes_view key, pqxx::row const& first) {
  try {
    auto const stored = event_of(first);
    auto const& event = stored.event;
    return stored.link == event_link(key, {},
                                     {.chain = event.chain,
                                      .number = event.number,
                                      .at = event.at,
                                      .entry = event.entry,
                                      .record = stored.record});
  } catch (unavailable const&) {
    // It holds what its table forbids, so nobody wrote it with any key.
    return false;
  }
}

}  // namespace

trail_key look_at_trail_key(pool& connections, certs::bytes_view audit_key) {
  return read(connections, [&](session_scope const& scope) {
    auto const heads = scope.run(select_sealed_heads);
    auto const with_key = [&](pqxx::row const& head) { return bears(audit_key, head); };
    if (std::ranges::any_of(heads, with_key)) return trail_key::fits;
    auto const firsts = scope.run(select_first_entries);
    auto const from_key = [&](pqxx::row const& first) { return begins_with(audit_key, first); };
    if (std::ranges::any_of(firsts, from_key)) return trail_key::fits;
    return heads.empty() && firsts.empty() ? trail_key::none_yet : trail_key::other;
  });
}

}  // namespace intake::db
