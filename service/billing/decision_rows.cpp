#include "service/billing/decision_rows.hpp"

#include "db/rule_sets.hpp"
#include "service/http/fields.hpp"
#include "service/page_mark.hpp"
#include "service/record.hpp"
#include "service/rule_store.hpp"

#include <algorithm>
#include <map>
#include <memory>

namespace intake::service::billing {
namespace {

constexpr int gone_over = 500;

struct outcome_row {
  std::string_view code;
  std::string_view words;
};

constexpr outcome_row outcomes[] = {{"accept", "Accepted"},
                                    {"accept_with_conditions", "Accepted, with conditions"},
                                    {"review", "Review"},
                                    {"not_accepted", "Not accepted"}};

/// Staff's sentences of many decisions; each rule set is read once.
class staff_sentences {
 public:
  explicit staff_sentences(application& app) : app_(app) {}

  std::string of(summary const& decided) {
    if (decided.rule_set.empty()) return {};
    auto const known = sets_.find(decided.rule_set);
    auto const& rules = known != sets_.end()
                            ? known->second
                            : sets_.emplace(decided.rule_set, find(decided.rule_set)).first->second;
    auto const* const rule = rules == nullptr ? nullptr : rules->set.find_rule(decided.rule);
    return rule == nullptr ? std::string{} : rule->staff;
  }

 private:
  std::shared_ptr<named_rule_set const> find(std::string const& begins) {
    auto current = app_.rules.current();
    if (current->hash.starts_with(begins)) return current;
    for (auto const& each : db::list_rule_sets(app_.desk)) {
      if (hash_text(each.hash).starts_with(begins)) return readable_rules(app_.desk, each.hash);
    }
    return nullptr;
  }

  application& app_;
  std::map<std::string, std::shared_ptr<named_rule_set const>> sets_;
};

}  // namespace

std::string_view outcome_words(std::string_view outcome) {
  auto const* const found = std::ranges::find(outcomes, outcome, &outcome_row::code);
  return found == std::end(outcomes) ? std::string_view{} : found->words;
}

std::optional<wanted_decisions> read_wanted(std::string_view query) {
  wanted_decisions wanted;
  for (auto& [name, value] : read_form(query).value_or(std::vector<form_field>{})) {
    if (value.empty()) continue;
    if (name == "outcome") {
      if (outcome_words(value).empty()) return std::nullopt;
      wanted.outcome = std::move(value);
    } else if (name == "after") {
      wanted.after = read_mark(value);
      if (!wanted.after) return std::nullopt;
    }
  }
  return wanted;
}

std::string query_of(wanted_decisions const& wanted) {
  std::string query;
  if (!wanted.outcome.empty()) query = "?outcome=" + wanted.outcome;
  if (wanted.after) query += (query.empty() ? "?after=" : "&after=") + write_mark(*wanted.after);
  return query;
}

decision_rows decisions_of(application& app, wanted_decisions const& wanted) {
  auto const& outcome = wanted.outcome;
  staff_sentences sentences(app);
  auto page = db::list_newest(app.desk, wanted.after, gone_over + 1);
  decision_rows found;
  if (page.size() > gone_over) {
    page.pop_back();
    found.last = {page.back().head.first_received, page.back().head.id};
  }
  for (auto& listed : page) {
    auto opened = open_summary(app.keks, listed);
    if (!opened.content || opened.content->outcome.empty()) continue;
    if (!outcome.empty() && opened.content->outcome != outcome) continue;
    auto reason = sentences.of(*opened.content);
    found.rows.push_back({std::move(listed.head), std::move(*opened.content), std::move(reason)});
  }
  return found;
}

}  // namespace intake::service::billing
