#pragma once
#include "db/rule_sets.hpp"
#include "forms/insurance/checker.hpp"
#include "service/config.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// A rule set of the database with all that happened to it.
struct rule_set_life {
  db::imported_rule_set imported;
  /// Account names, with their accounts beside them.
  std::vector<std::string> approvers;
  std::vector<certs::uuid> approver_accounts;
  std::vector<db::rule_set_activation> activations;
  bool in_force = false;
};

/// Oldest first.
std::vector<rule_set_life> rule_set_lives(db::pool& desk, forms::insurance::date today);

/// "in force", "approved", "draft" …
std::string_view state_words(rule_set_life const&);

/// The name of the account where an act was a person's, else what stands there: "uid 0".
std::string actor_words(db::pool& desk, std::string const& actor);

/// `rules check` over the files of a set in the database.
forms::insurance::check_report check_stored(db::pool& desk, certs::hash256 const&,
                                            forms::insurance::date);

/// Why a set that was checked may not begin to decide here, in a sentence; empty where it may.
std::string why_unfit(config const&, forms::insurance::check_report const&);

}  // namespace intake::service
