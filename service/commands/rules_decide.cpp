#include "forms/insurance/decision.hpp"
#include "forms/insurance/decision_json.hpp"
#include "forms/insurance/explanation.hpp"
#include "forms/insurance/fact_names.hpp"
#include "service/commands/rule_commands.hpp"
#include "service/rules.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

namespace insurance = forms::insurance;

insurance::named_values read_facts(std::vector<std::string> const& words) {
  insurance::named_values values;
  for (auto const& word : words) {
    auto const equals = word.find('=');
    if (equals == std::string::npos) {
      throw command_failed(exit_code::usage, "a fact is written name=value",
                           "for example payer=medicare age=71");
    }
    auto const said = word.substr(0, equals);
    auto const name = insurance::fact_named(said);
    if (!name) {
      throw command_failed(exit_code::usage, "there is no fact \"" + said + "\"",
                           insurance::fact_name_hint(said));
    }
    values.insert_or_assign(std::string(*name), word.substr(equals + 1));
  }
  return values;
}

void require_understood(std::vector<std::string> const& names) {
  if (names.empty()) return;
  throw command_failed(exit_code::usage, "the value of " + names.front() + " is not understood");
}

}  // namespace

exit_code rules_decide(surroundings const& around, rules_decide_options const& options) {
  auto const values = read_facts(options.facts);
  auto const rules = load_rules(options.folder);
  auto const today = std::chrono::floor<std::chrono::days>(around.world.now());
  auto const visit = insurance::visit_from_values(values, today);
  auto const coverage = insurance::coverage_from_values(values);
  require_understood(visit.not_understood);
  require_understood(coverage.not_understood);
  auto const decided = insurance::decide_visit(rules->set, {&coverage.facts, 1}, visit.facts);
  if (options.format == output_format::json) {
    fmt::print(around.out, "{}\n", insurance::to_json(decided, rules->hash));
  } else {
    fmt::print(around.out, "{}", insurance::explain(rules->set, decided, "en"));
  }
  return exit_code::good;
}

}  // namespace intake::service::commands
