#include "db/rule_sets.hpp"
#include "forms/insurance/checker.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/rule_store.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

std::vector<named_file> read_tables(std::string const& folder) {
  try {
    return read_folder(folder, ".csv");
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
}

}  // namespace

exit_code rules_import(surroundings const& around, config const& settings,
                       rules_import_options const& options) {
  auto const files = read_tables(options.folder);
  rule_desk home(around, settings);
  std::vector<forms::insurance::named_text> tables;
  for (auto const& file : files) tables.push_back({file.name, file.text});
  auto const report = forms::insurance::check_rules(tables, home.today);
  fmt::print(around.out, "{}", forms::insurance::to_text(report));
  if (!report.good()) {
    throw command_failed(exit_code::input_bad, "nothing was imported",
                         "mend the tables; `intake rules check` says the same without a database");
  }
  auto const name = rule_set_name(*report.set);
  db::imported_rule_set const added{*parse_hash(name), around.world.now(), machine_user()};
  if (db::import_rule_set(home.desk, added, kept_files(files)) == db::rule_set_change::already) {
    fmt::print(around.out, "{} is in the database already.\n", name);
    return exit_code::good;
  }
  home.audit("rules-imported", name);
  fmt::print(around.out, "Imported as a draft: {}\nNext: intake rules approve {:.12}\n", name,
             name);
  return exit_code::good;
}

}  // namespace intake::service::commands
