#include "forms/insurance/change.hpp"
#include "forms/json_writer.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/rule_change.hpp"
#include "service/version.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

namespace insurance = forms::insurance;

/// What both sets were asked about: rows of tests.csv, or what patients told.
struct compared {
  std::vector<insurance::row_change> rows;
  std::size_t asked = 0;
  std::vector<std::string> unreadable;
  std::vector<changed_decision> changed;
};

std::string_view kind_word(insurance::row_change_kind kind) {
  if (kind == insurance::row_change_kind::added) return "added";
  return kind == insurance::row_change_kind::removed ? "removed" : "changed";
}

/// The cases that people have decided, of both sets: a test row alone, rows of one visit together.
/// What both sets hold under one name is asked as the newer one tells it.
std::vector<insurance::asked_visit> test_visits(insurance::rule_set const& from,
                                                insurance::rule_set const& to) {
  std::map<std::string, insurance::asked_visit> visits;
  for (auto const* set : {&to, &from}) {
    std::map<std::string, insurance::asked_visit> told;
    for (auto const& row : set->tables().tests) {
      insurance::named_values const values(row.facts.begin(), row.facts.end());
      auto const name = row.visit.empty() ? row.id : row.visit;
      auto& visit = told[name];
      visit.id = name;
      visit.visit = insurance::visit_from_values(values, insurance::date{}).facts;
      visit.coverages.push_back(insurance::coverage_from_values(values).facts);
    }
    visits.merge(told);
  }
  std::vector<insurance::asked_visit> list;
  for (auto& [name, visit] : visits) list.push_back(std::move(visit));
  return list;
}

void compare_tests(compared& result, insurance::rule_set const& from,
                   insurance::rule_set const& to) {
  auto const visits = test_visits(from, to);
  result.asked = visits.size();
  for (auto const& visit : visits) {
    for (auto& change : insurance::changed_visits(from, to, {&visit, 1})) {
      result.changed.push_back({{}, {}, visit.visit.date_of_service, std::move(change)});
    }
  }
}

void compare_stored(compared& result, rule_desk& home, insurance::rule_set const& from,
                    insurance::rule_set const& to) {
  auto changes = changed_decisions(
      {home.desk, home.parts.keks(), home.writer, rule_desk::entry("decisions-compared")},
      visits_to_come(home.desk, home.places(), home.world.now()), from, to);
  result.asked = changes.walk.decisions;
  result.unreadable = std::move(changes.unreadable);
  result.changed = std::move(changes.changed);
  // Whom to call first: visits still to come, the nearest first.
  std::ranges::stable_sort(result.changed, {}, [&](changed_decision const& each) {
    return std::pair(each.date_of_service < home.today, each.date_of_service);
  });
}

void print_rows(std::FILE* out, std::vector<insurance::row_change> const& rows) {
  for (auto const& row : rows) {
    fmt::print(out, "{}.csv {} {}\n", row.table, row.id, kind_word(row.kind));
    if (!row.before.empty()) fmt::print(out, "  - {}", row.before);
    if (!row.after.empty()) fmt::print(out, "  + {}", row.after);
  }
}

void print_text(std::FILE* out, compared const& all, std::string_view subject,
                insurance::date today) {
  print_rows(out, all.rows);
  fmt::print(out, "{} rows differ; {} of {} {} would change.\n", all.rows.size(),
             all.changed.size(), all.asked, subject);
  for (auto const& each : all.changed) {
    bool const to_come = !each.receipt.empty() && each.date_of_service >= today;
    fmt::print(out, "{} on {}{}: {} ({}) -> {} ({})\n  say: {}\n", each.change.id,
               insurance::write_date(each.date_of_service), to_come ? ", still to come" : "",
               insurance::to_word(each.change.before), each.change.rule_before,
               insurance::to_word(each.change.after), each.change.rule_after,
               each.change.patient.en);
  }
  for (auto const& receipt : all.unreadable) fmt::print(out, "{} can't be opened.\n", receipt);
}

void write_change(forms::json_writer& json, changed_decision const& each, insurance::date today) {
  json.begin_object().member("id", std::string_view(each.change.id));
  json.member("date_of_service", std::string_view(insurance::write_date(each.date_of_service)))
      .member("to_come", !each.receipt.empty() && each.date_of_service >= today)
      .member("before", insurance::to_word(each.change.before))
      .member("rule_before", std::string_view(each.change.rule_before))
      .member("after", insurance::to_word(each.change.after))
      .member("rule_after", std::string_view(each.change.rule_after));
  auto const& say = each.change.patient;
  json.key("patient").begin_object();
  json.member("en", std::string_view(say.en)).member("es", std::string_view(say.es));
  json.member("ht", std::string_view(say.ht)).end_object().end_object();
}

void print_json(std::FILE* out, compared const& all, named_rule_set const& from,
                named_rule_set const& to, insurance::date today) {
  std::string text;
  forms::json_writer json(text);
  json.begin_object().member("tool", "intake rules diff").member("version", version);
  json.member("from", std::string_view(from.hash)).member("to", std::string_view(to.hash));
  json.key("rows").begin_array();
  for (auto const& row : all.rows) {
    json.begin_object().member("table", std::string_view(row.table));
    json.member("id", std::string_view(row.id)).member("kind", kind_word(row.kind));
    json.member("before", std::string_view(row.before));
    json.member("after", std::string_view(row.after)).end_object();
  }
  json.end_array().member("asked", static_cast<std::int64_t>(all.asked));
  json.key("changed").begin_array();
  for (auto const& each : all.changed) write_change(json, each, today);
  json.end_array().key("unreadable").begin_array();
  for (auto const& receipt : all.unreadable) json.string(receipt);
  json.end_array().end_object();
  fmt::print(out, "{}\n", text);
}

}  // namespace

exit_code rules_diff(surroundings const& around, config const* settings,
                     rules_diff_options const& options) {
  std::optional<rule_desk> home;
  if (settings != nullptr) home.emplace(around, *settings);
  auto* const desk = home ? &home->desk : nullptr;
  auto const from = rules_from(options.from, desk);
  auto const to = rules_from(options.to, desk);
  compared all;
  all.rows = insurance::changed_rows(from->set, to->set);
  if (home) {
    compare_stored(all, *home, from->set, to->set);
  } else {
    compare_tests(all, from->set, to->set);
  }
  auto const today = home ? home->today : std::chrono::floor<std::chrono::days>(around.world.now());
  if (options.format == output_format::json) {
    print_json(around.out, all, *from, *to, today);
  } else {
    print_text(around.out, all, home ? "stored decisions" : "cases of tests.csv", today);
  }
  return exit_code::good;
}

}  // namespace intake::service::commands
