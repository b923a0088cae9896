#pragma once
#include "db/audit_entry.hpp"
#include "db/pool.hpp"
#include "db/rekey.hpp"
#include "service/commands/key_commands.hpp"
#include "service/key_store.hpp"

#include <string>
#include <vector>

/// What the commands about keys share.
namespace intake::service::commands {

inline constexpr std::chrono::days kek_age_max{366};

certs::kek const& current_kek(certs::key_set const&);

/// A key that was made after the current one and never was it: the rotation under way.
certs::kek const* pending_kek(certs::key_set const&);

bool was_escrowed(config const&, std::string const& kek);

/// Writes an act on the keys to the audit trail.
void audit_key_act(surroundings const&, config const&, key_store const&, std::string action,
                   std::string const& kek);

/// The same for what must work where no database is yet, or none answers any more; says on standard
/// error that the trail does not tell of it.
void audit_key_act_if_possible(surroundings const&, config const&, key_store const&,
                               std::string const& action);

/// Instances that run now and do not hold `kek`, or do not wrap with it.
enum class reader_need { holds, wraps_with };
std::vector<std::string> instances_without(surroundings const&, config const&,
                                           std::string const& kek, reader_need);

std::int64_t rows_under(std::vector<db::kek_rows> const&, std::string const& kek);

}  // namespace intake::service::commands
