#include "db/rule_sets.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/rule_store.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
exit_code rules_return(surroundings const& around, config const& settings) {
  rule_desk home(around, settings);
  auto const leaving = db::rule_set_in_force(home.desk, home.today);
  if (!leaving) {
    throw command_failed(exit_code::input_bad,
                         "no rule set was ever activated; the folder of the configuration decides");
  }
  // Which one decides then is known only afterwards.
  home.audit("rules-return-begun", hash_text(leaving->hash));
  auto const change = db::return_rule_set(
      home.desk, {leaving->hash, home.today, around.world.now(), machine_user()});
  if (change == db::rule_set_change::not_found) {
    throw command_failed(exit_code::input_bad, "no other rule set decided before this one");
  }
  if (change == db::rule_set_change::superseded) {
    throw command_failed(exit_code::input_bad, "somebody else has just changed what decides",
                         "look at `intake rules list`, then act again if it is still needed");
  }
  auto const now = rules_on(home.desk, home.today).set;
  if (!now) throw command_failed(exit_code::input_bad, "the former rule set can't be read");
  home.audit("rules-returned", now->hash);
  fmt::print(around.out, "{} decides again from today.\n", now->hash);
  // A set that can't be read is a reason to return, and no reason not to.
  if (auto const left = readable_rules(home.desk, leaving->hash)) {
    print_call_list(around.out, home, *left, *now, home.today);
  }
  return exit_code::good;
}

}  // namespace intake::service::commands
