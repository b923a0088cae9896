#pragma once
#include "service/commands/commands.hpp"

#include <string>
#include <vector>

/// The commands about insurance rules; see commands.hpp.
namespace intake::service::commands {

struct rules_check_options {
  std::string folder;
  output_format format = output_format::text;
};
exit_code rules_check(surroundings const&, rules_check_options const&);

struct rules_decide_options {
  std::string folder;
  /// "payer=medicare", "accident=none": the names that insurance::fact_named knows.
  std::vector<std::string> facts;
  output_format format = output_format::text;
};
exit_code rules_decide(surroundings const&, rules_decide_options const&);

struct rules_diff_options {
  /// Folders of tables, or beginnings of names in the database.
  std::string from;
  std::string to;
  output_format format = output_format::text;
};
/// Rows that differ and decisions that would change: stored ones where there is a configuration,
/// else the cases of tests.csv. Always 0: a change is no mistake.
exit_code rules_diff(surroundings const&, config const*, rules_diff_options const&);

struct rules_replay_options {
  output_format format = output_format::text;
};
/// Makes every stored decision again by the rule set that it names: 1 where one differs.
exit_code rules_replay(surroundings const&, config const&, rules_replay_options const&);

struct rules_import_options {
  std::string folder;
};
/// 1 where the tables have errors; then nothing is imported.
exit_code rules_import(surroundings const&, config const&, rules_import_options const&);

struct rules_approve_options {
  std::string hash;
  std::string account;
  std::string password_file;
};
exit_code rules_approve(surroundings const&, config const&, rules_approve_options const&);

struct rules_activate_options {
  std::string hash;
  /// YYYY-MM-DD at the clinic; empty: today.
  std::string from;
};
/// Prints whom to call.
exit_code rules_activate(surroundings const&, config const&, rules_activate_options const&);
/// Lets the set that decided before this one decide again; prints whom to call.
exit_code rules_return(surroundings const&, config const&);

struct rules_list_options {
  output_format format = output_format::text;
};
exit_code rules_list(surroundings const&, config const&, rules_list_options const&);

}  // namespace intake::service::commands
