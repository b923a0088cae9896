#include "service/command_line_builder.hpp"

#include <CLI/CLI.hpp>

namespace intake::service {

void line_builder::add_rules(CLI::App& app) {
  auto* rules = app.add_subcommand("rules", "Accepted-insurance rules");
  rules->require_subcommand(1);
  auto* check = rules->add_subcommand(
      "check", "Say everything that is wrong or unwise in a folder of tables");
  check->add_option("FOLDER", line_.rules_check.folder, "Folder of the rule tables")->required();
  add_format(check, line_.rules_check.format);
  on(check, [this] { return commands::rules_check(around_, line_.rules_check); });
  auto* decide = rules->add_subcommand("decide", "Explain the decision on one set of facts");
  auto& d = line_.rules_decide;
  decide->add_option("FOLDER", d.folder, "Folder of the rule tables")->required();
  decide->add_option("FACTS", d.facts, "payer=medicare accident_kind=none age=71 …");
  add_format(decide, d.format);
  on(decide, [this] { return commands::rules_decide(around_, line_.rules_decide); });
  add_rule_proofs(*rules);
  add_rule_acts(*rules);
}

void line_builder::add_rule_proofs(CLI::App& rules) {
  auto* diff = rules.add_subcommand(
      "diff",
      "Say which rows differ and which decisions would change: with --config stored "
      "ones, else the cases of tests.csv");
  auto& d = line_.rules_diff;
  diff->add_option("FROM", d.from, "Folder of tables, or the name of a set in the database")
      ->required();
  diff->add_option("TO", d.to, "The same")->required();
  add_format(diff, d.format);
  on(diff, [this] {
    if (config_option_->count() == 0) {
      return commands::rules_diff(around_, nullptr, line_.rules_diff);
    }
    auto const read = settings();
    return commands::rules_diff(around_, &read, line_.rules_diff);
  });
  auto* replay = rules.add_subcommand(
      "replay", "Make every stored decision again by the rule set that it names");
  add_format(replay, line_.rules_replay.format);
  on(replay, [this] { return commands::rules_replay(around_, settings(), line_.rules_replay); });
  auto* list = rules.add_subcommand("list", "Name the rule sets of the database and their lives");
  add_format(list, line_.rules_list.format);
  on(list, [this] { return commands::rules_list(around_, settings(), line_.rules_list); });
}

void line_builder::add_rule_acts(CLI::App& rules) {
  auto* import = rules.add_subcommand("import", "Check a folder of tables and keep it as a draft");
  import->add_option("FOLDER", line_.rules_import.folder, "Folder of the rule tables")->required();
  on(import, [this] { return commands::rules_import(around_, settings(), line_.rules_import); });
  auto* approve = rules.add_subcommand("approve", "Record that a person approves a draft");
  auto& a = line_.rules_approve;
  approve->add_option("HASH", a.hash, "The set's name, or how it begins")->required();
  approve->add_option("--account", a.account, "User name of billing or a manager")->required();
  approve
      ->add_option("--password-file", a.password_file,
                   "File whose first line is that person's password; - is standard input")
      ->required();
  on(approve, [this] { return commands::rules_approve(around_, settings(), line_.rules_approve); });
  auto* activate =
      rules.add_subcommand("activate", "Let an approved set decide, and say whom to call");
  auto& v = line_.rules_activate;
  activate->add_option("HASH", v.hash, "The set's name, or how it begins")->required();
  activate->add_option("--from", v.from, "First day, YYYY-MM-DD; else today");
  on(activate,
     [this] { return commands::rules_activate(around_, settings(), line_.rules_activate); });
  on(rules.add_subcommand("return", "Let the set that decided before decide again"),
     [this] { return commands::rules_return(around_, settings()); });
}

}  // namespace intake::service
