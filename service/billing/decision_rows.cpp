#include "service/billing/decision_rows.hpp"

#include "service/http/fields.hpp"
#include "service/record.hpp"

#include <algorithm>

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

}  // namespace

std::string_view outcome_words(std::string_view outcome) {
  auto const* const found = std::ranges::find(outcomes, outcome, &outcome_row::code);
  return found == std::end(outcomes) ? std::string_view{} : found->words;
}

std::optional<std::string> wanted_outcome(std::string_view query) {
  for (auto& [name, value] : read_form(query).value_or(std::vector<form_field>{})) {
    if (name != "outcome" || value.empty()) continue;
    return outcome_words(value).empty() ? std::nullopt : std::optional(std::move(value));
  }
  return std::string{};
}

decision_rows newest_decisions(application& app, std::string_view outcome) {
  auto const rules = app.rules.current();
  auto page = db::list_newest(app.desk, {}, gone_over);
  decision_rows found;
  found.more = page.size() == gone_over;
  for (auto& listed : page) {
    auto opened = open_summary(app.keks, listed);
    if (!opened.content || opened.content->outcome.empty()) continue;
    if (!outcome.empty() && opened.content->outcome != outcome) continue;
    auto const* const rule = rules->set.find_rule(opened.content->rule);
    found.rows.push_back({std::move(listed.head), std::move(*opened.content),
                          rule == nullptr ? std::string{} : rule->staff});
  }
  return found;
}

}  // namespace intake::service::billing
