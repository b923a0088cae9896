#include "forms/json_writer.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/log.hpp"
#include "service/rule_lives.hpp"
#include "service/rule_store.hpp"
#include "service/version.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

std::string_view act_word(db::activation_act act) {
  return act == db::activation_act::back ? "returned to" : "activated";
}

void print_text(std::FILE* out, rule_desk& home, std::vector<rule_set_life> const& all) {
  for (auto const& life : all) {
    fmt::print(out, "{}  {}\n  imported {} by {}\n", hash_text(life.imported.hash),
               state_words(life), home.parts.clock().date_and_time(life.imported.imported),
               actor_words(home.desk, life.imported.actor));
    for (auto const& name : life.approvers) fmt::print(out, "  approved by {}\n", name);
    for (auto const& act : life.activations) {
      fmt::print(out, "  {} on {} by {}, decides from {}\n", act_word(act.act),
                 home.parts.clock().date_and_time(act.activated), actor_words(home.desk, act.actor),
                 forms::insurance::write_date(act.active_from));
    }
  }
  auto const in_force =
      std::ranges::any_of(all, [](rule_set_life const& life) { return life.in_force; });
  if (!in_force) {
    fmt::print(out, "No set of the database is in force: the folder's decides, {}.\n",
               home.parts.rules()->hash);
  }
}

void print_json(std::FILE* out, std::vector<rule_set_life> const& all) {
  std::string text;
  forms::json_writer json(text);
  json.begin_object().member("tool", "intake rules list").member("version", version);
  json.key("rule_sets").begin_array();
  for (auto const& life : all) {
    json.begin_object()
        .member("hash", std::string_view(hash_text(life.imported.hash)))
        .member("state", state_words(life))
        .member("imported", std::string_view(to_rfc3339(life.imported.imported)))
        .member("imported_by", std::string_view(life.imported.actor));
    json.key("approved_by").begin_array();
    for (auto const& name : life.approvers) json.string(name);
    json.end_array().key("activations").begin_array();
    for (auto const& act : life.activations) {
      json.begin_object()
          .member("act", act.act == db::activation_act::back ? "return" : "activate")
          .member("active_from", std::string_view(forms::insurance::write_date(act.active_from)))
          .member("at", std::string_view(to_rfc3339(act.activated)))
          .member("by", std::string_view(act.actor));
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  fmt::print(out, "{}\n", text);
}

}  // namespace

exit_code rules_list(surroundings const& around, config const& settings,
                     rules_list_options const& options) {
  rule_desk home(around, settings);
  auto const all = rule_set_lives(home.desk, home.today);
  if (options.format == output_format::json) {
    print_json(around.out, all);
  } else {
    print_text(around.out, home, all);
  }
  return exit_code::good;
}

}  // namespace intake::service::commands
