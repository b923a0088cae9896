#pragma once
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The life of the clinic's insurance rules: imported, approved, active from a day. Rows are only
/// ever added. All functions need the role intake_desk and throw `unavailable`.
namespace intake::db {

struct rule_set_file {
  /// "accept.csv"; 1-64 bytes.
  std::string name;
  /// At most 16 MiB.
  std::string content;
};

struct imported_rule_set {
  /// The SHA-256 of its canonical rows, computed by who imports it.
  certs::hash256 hash{};
  certs::utc_time imported{};
  /// An account's id, or who else it was: "uid 0".
  std::string actor;
};

struct rule_set_approval {
  certs::hash256 hash{};
  certs::uuid approver;
  certs::utc_time approved{};
};

enum class activation_act : std::uint8_t { activate, back };

/// From a calendar day at the clinic on, this set decides: on a day the latest `active_from` holds,
/// among equal ones the latest act.
struct rule_set_activation {
  std::int64_t number = 0;
  certs::hash256 hash{};
  std::chrono::sys_days active_from{};
  activation_act act = activation_act::activate;
  certs::utc_time activated{};
  std::string actor;
};

enum class rule_set_change { done, already, not_found, approvals_missing, superseded };

/// `already`: that set is there, and stays as it is.
[[nodiscard]] rule_set_change import_rule_set(pool&, imported_rule_set const&,
                                              std::vector<rule_set_file> const&);
/// `already`: this person has approved it before.
[[nodiscard]] rule_set_change approve_rule_set(pool&, rule_set_approval const&);
/// `already`: it is what decides from that day on. `approvals_needed` 1 or 2. Acts of several
/// people at once come one after the other.
[[nodiscard]] rule_set_change activate_rule_set(pool&, rule_set_activation const&,
                                                int approvals_needed);

/// One act back: what decided before `leaving` decides again from `day` on. `superseded`: another
/// set than `leaving` decides on that day (somebody else has acted); `not_found`: nothing decided
/// before it.
struct return_request {
  certs::hash256 leaving{};
  std::chrono::sys_days day{};
  certs::utc_time now{};
  std::string actor;
};
[[nodiscard]] rule_set_change return_rule_set(pool&, return_request const&);

/// What decides on that day; nothing while no set was ever activated.
std::optional<rule_set_activation> rule_set_in_force(pool&, std::chrono::sys_days day);
/// Its files by name; empty where there is no such set.
std::vector<rule_set_file> rule_set_files(pool&, certs::hash256 const& hash);

/// Oldest first.
std::vector<imported_rule_set> list_rule_sets(pool&);
std::vector<rule_set_approval> list_rule_set_approvals(pool&);
std::vector<rule_set_activation> list_rule_set_activations(pool&);

}  // namespace intake::db
