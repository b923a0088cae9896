#include "service/billing/decision_rows.hpp"

#include "service/http/fields.hpp"
#include "service/page_mark.hpp"
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
  auto const rules = app.rules.current();
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
    auto const* const rule = rules->set.find_rule(opened.content->rule);
    found.rows.push_back({std::move(listed.head), std::move(*opened.content),
                          rule == nullptr ? std::string{} : rule->staff});
  }
  return found;
}

}  // namespace intake::service::billing
