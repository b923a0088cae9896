#include "forms/insurance/change.hpp"
#include "forms/insurance/decision_json.hpp"
#include "forms/json_writer.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/decide_again.hpp"
#include "service/rule_store.hpp"
#include "service/stored_decisions.hpp"
#include "service/version.hpp"

#include <map>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

namespace insurance = forms::insurance;

struct not_the_same {
  std::string submission;
  std::int32_t version = 0;
  std::string receipt;
  /// Which member, or why it can't be told; never an answer.
  std::string difference;
};

/// Sets by the name that decisions bear; each is read from the database once.
class named_sets {
 public:
  explicit named_sets(db::pool& desk) : desk_(desk) {}

  named_rule_set const* find(std::string const& name) {
    auto const found = sets_.find(name);
    if (found != sets_.end()) return found->second.get();
    return sets_.emplace(name, load(name)).first->second.get();
  }

 private:
  std::shared_ptr<named_rule_set const> load(std::string const& name) {
    auto const hash = parse_hash(name);
    return hash ? readable_rules(desk_, *hash) : nullptr;
  }

  db::pool& desk_;
  std::map<std::string, std::shared_ptr<named_rule_set const>> sets_;
};

std::string difference_of(named_sets& sets, stored_decision const& stored) {
  if (!stored.fault.empty()) return stored.fault;
  auto const question = insurance::read_stored_question(stored.json);
  if (question.has_error()) return "it is not a stored decision";
  auto const* const rules = sets.find(question->rule_set_name);
  if (rules == nullptr) {
    return fmt::format("its rule set {:.12} is not in the database, or can't be read",
                       parse_hash(question->rule_set_name) ? question->rule_set_name : "?");
  }
  return insurance::replay(rules->set, rules->hash, stored.json).difference;
}

void print_text(std::FILE* out, decision_walk const& walk, std::vector<not_the_same> const& found) {
  for (auto const& each : found) {
    fmt::print(out, "- {} (submission {}, version {}): {}\n", each.receipt, each.submission,
               each.version, each.difference);
  }
  fmt::print(out, "{} decisions of {} submissions were made again: {}.\n", walk.decisions,
             walk.submissions,
             found.empty() ? std::string("all come out as they were stored")
                           : fmt::format("{} do not come out as they were stored", found.size()));
  if (walk.destroyed > 0) {
    fmt::print(out, "{} versions can't be opened any more: their keys were destroyed.\n",
               walk.destroyed);
  }
}

void print_json(std::FILE* out, decision_walk const& walk, std::vector<not_the_same> const& found) {
  std::string text;
  forms::json_writer json(text);
  json.begin_object().member("tool", "intake rules replay").member("version", version);
  json.member("verdict", found.empty() ? "good" : "bad")
      .member("submissions", static_cast<std::int64_t>(walk.submissions))
      .member("decisions", static_cast<std::int64_t>(walk.decisions))
      .member("destroyed", static_cast<std::int64_t>(walk.destroyed));
  json.key("findings").begin_array();
  for (auto const& each : found) {
    json.begin_object().member("submission", std::string_view(each.submission));
    json.member("version", static_cast<std::int64_t>(each.version))
        .member("receipt", std::string_view(each.receipt))
        .member("difference", std::string_view(each.difference));
    json.end_object();
  }
  json.end_array().end_object();
  fmt::print(out, "{}\n", text);
}

}  // namespace

exit_code rules_replay(surroundings const& around, config const& settings,
                       rules_replay_options const& options) {
  rule_desk home(around, settings);
  named_sets sets(home.desk);
  std::vector<not_the_same> found;
  auto const compare = [&](stored_decision const& stored) {
    auto difference = difference_of(sets, stored);
    if (difference.empty()) return;
    found.push_back({certs::to_string(stored.submission), stored.version, stored.receipt,
                     std::move(difference)});
  };
  decision_source const source{home.desk, home.parts.keks(), home.writer,
                               rule_desk::entry("decisions-replayed")};
  auto walk = for_each_decision(source, which_versions::all, compare);
  // Those made again for visits to come are decisions as good as those of the day of receipt.
  walk.decisions += for_each_decision_again(source, compare);
  if (options.format == output_format::json) {
    print_json(around.out, walk, found);
  } else {
    print_text(around.out, walk, found);
  }
  return found.empty() ? exit_code::good : exit_code::input_bad;
}

}  // namespace intake::service::commands
