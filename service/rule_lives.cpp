#include "service/rule_lives.hpp"

#include "db/accounts.hpp"
#include "service/rule_store.hpp"

#include <algorithm>

namespace intake::service {

std::vector<rule_set_life> rule_set_lives(db::pool& desk, forms::insurance::date today) {
  std::vector<rule_set_life> all;
  for (auto& each : db::list_rule_sets(desk)) {
    all.push_back({std::move(each), {}, {}, {}, false});
  }
  auto const of = [&all](certs::hash256 const& hash) {
    return std::ranges::find_if(
        all, [&](rule_set_life const& life) { return life.imported.hash == hash; });
  };
  for (auto const& each : db::list_rule_set_approvals(desk)) {
    auto const account = db::find_account(desk, each.approver);
    auto const life = of(each.hash);
    if (life == all.end() || !account) continue;
    life->approvers.push_back(account->name);
    life->approver_accounts.push_back(account->id);
  }
  for (auto const& each : db::list_rule_set_activations(desk)) {
    if (auto const life = of(each.hash); life != all.end()) life->activations.push_back(each);
  }
  if (auto const now = db::rule_set_in_force(desk, today)) {
    if (auto const life = of(now->hash); life != all.end()) life->in_force = true;
  }
  return all;
}

std::string_view state_words(rule_set_life const& life) {
  if (life.in_force) return "in force";
  if (!life.activations.empty()) return "was or will be in force";
  if (!life.approvers.empty()) return "approved";
  return life.imported.actor == folder_importer ? "kept from the folder" : "draft";
}

std::string actor_words(db::pool& desk, std::string const& actor) {
  auto const id = certs::parse_uuid(actor);
  auto const account = id ? db::find_account(desk, *id) : std::nullopt;
  return account ? account->name : actor;
}

forms::insurance::check_report check_stored(db::pool& desk, certs::hash256 const& hash,
                                            forms::insurance::date day) {
  auto const files = db::rule_set_files(desk, hash);
  std::vector<forms::insurance::named_text> tables;
  for (auto const& file : files) tables.push_back({file.name, file.content});
  return forms::insurance::check_rules(tables, day);
}

std::string why_unfit(config const& settings, forms::insurance::check_report const& report) {
  if (!report.good()) return "The rule set has errors.";
  bool const example = report.set->tables().meta.purpose == forms::insurance::set_purpose::example;
  if (example && settings.parsed_mode() == operating_mode::production) {
    return "The rule set is an example, and this installation is production: write "
           "purpose,production in meta.csv of your own tables.";
  }
  return {};
}

}  // namespace intake::service
