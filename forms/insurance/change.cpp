#include "forms/insurance/change.hpp"

#include "forms/insurance/decision_json.hpp"
#include "forms/json_reader.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

using row_key = std::pair<std::string, std::string>;

// Rows that share an id (a payer's numbers) are compared together.
std::map<row_key, std::string> lines_by_row(rule_set const& set) {
  std::map<row_key, std::string> lines;
  for (auto const& row : set.canonical()) lines[{row.table, row.id}] += row.line;
  return lines;
}

std::string const& speaking_rule(visit_decision const& decided) {
  return decided.coverages[decided.speaking].rule;
}

std::string child_path(std::string const& path, json_value const& child, std::size_t index) {
  if (child.key().empty()) return fmt::format("{}[{}]", path, index);
  return path.empty() ? std::string(child.key()) : fmt::format("{}.{}", path, child.key());
}

std::string first_difference(json_value const& left, json_value const& right,
                             std::string const& path) {
  if (left.kind() != right.kind() || left.text() != right.text() ||
      left.is_true() != right.is_true()) {
    return path.empty() ? "all of it" : path;
  }
  auto const ours = left.children();
  auto const theirs = right.children();
  for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
    auto const at = child_path(path, theirs[i], i);
    if (ours[i].key() != theirs[i].key()) return at;
    auto found = first_difference(ours[i], theirs[i], at);
    if (!found.empty()) return found;
  }
  return ours.size() == theirs.size() ? std::string{} : fmt::format("{} (its length)", path);
}

std::string difference_of(std::string_view stored, std::string_view again) {
  auto const left = read_json(std::string(stored));
  auto const right = read_json(std::string(again));
  if (left.has_error() || right.has_error()) return "all of it";
  auto found = first_difference(left->root(), right->root(), {});
  return found.empty() ? "white space" : found;
}

}  // namespace

std::vector<row_change> changed_rows(rule_set const& from, rule_set const& to) {
  auto const before = lines_by_row(from);
  auto const after = lines_by_row(to);
  std::map<row_key, row_change> changes;
  for (auto const& [key, line] : before) {
    auto const found = after.find(key);
    if (found == after.end()) {
      changes[key] = {row_change_kind::removed, key.first, key.second, line, {}};
    } else if (found->second != line) {
      changes[key] = {row_change_kind::changed, key.first, key.second, line, found->second};
    }
  }
  for (auto const& [key, line] : after) {
    if (before.contains(key)) continue;
    changes[key] = {row_change_kind::added, key.first, key.second, {}, line};
  }
  std::vector<row_change> result;
  for (auto& [key, change] : changes) result.push_back(std::move(change));
  return result;
}

std::vector<changed_visit> changed_visits(rule_set const& from, rule_set const& to,
                                          std::span<asked_visit const> visits) {
  std::vector<changed_visit> changed;
  for (auto const& one : visits) {
    auto const before = decide_visit(from, one.coverages, one.visit);
    auto const after = decide_visit(to, one.coverages, one.visit);
    if (before.result == after.result && before.patient == after.patient) continue;
    changed.push_back({one.id, before.result, after.result, speaking_rule(before),
                       speaking_rule(after), after.patient});
  }
  return changed;
}

replay_result replay(rule_set const& set, std::string_view rule_set_name,
                     std::string_view stored_json) {
  auto const question = read_stored_question(stored_json);
  if (question.has_error()) return {false, "it is not a stored decision"};
  if (question->rule_set_name != rule_set_name) return {false, "rule_set"};
  auto const again =
      to_json(decide_visit(set, question->coverages, question->visit), rule_set_name);
  if (again == stored_json) return {true, {}};
  return {false, difference_of(stored_json, again)};
}

}  // namespace intake::forms::insurance
