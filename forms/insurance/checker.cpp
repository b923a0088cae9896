#include "forms/insurance/checker.hpp"

#include "forms/insurance/check_parts.hpp"
#include "forms/insurance/words.hpp"
#include "forms/json_writer.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr std::size_t findings_a_code = 50;

bool comes_before(finding const& left, finding const& right) {
  return std::tie(left.level, left.file, left.row, left.column, left.code) <
         std::tie(right.level, right.file, right.row, right.column, right.code);
}

// The fiftieth time the same thing is wrong nobody reads on; the count is what matters.
findings shortened(findings all) {
  std::stable_sort(all.begin(), all.end(), comes_before);
  std::map<std::pair<std::string, std::string>, std::size_t> counts;
  findings kept;
  for (auto& one : all) {
    if (++counts[{one.file, one.code}] <= findings_a_code) kept.push_back(std::move(one));
  }
  for (auto const& [key, count] : counts) {
    if (count <= findings_a_code) continue;
    kept.push_back({severity::note,
                    "more-findings",
                    key.first,
                    0,
                    0,
                    {},
                    fmt::format("{} more of {}.", count - findings_a_code, key.second),
                    {}});
  }
  return kept;
}

std::size_t count_of(findings const& all, severity level) {
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [level](finding const& one) { return one.level == level; }));
}

std::string json_path(finding const& one) {
  if (one.row == 0 && one.column == 0) return one.file;
  return fmt::format("{}:{}{}", one.file, column_letters(one.column), one.row);
}

void write_file(std::string& out, check_report const& report, std::string const& file,
                std::string_view version) {
  json_writer json(out);
  bool bad = false;
  for (auto const& one : report.found) bad |= one.file == file && one.level == severity::error;
  json.begin_object();
  json.member("tool", "intake rules check").member("version", version).member("file", file);
  json.member("verdict", bad ? "bad" : "good");
  json.key("findings").begin_array();
  for (auto const& one : report.found) {
    if (one.file != file) continue;
    json.begin_object();
    json.member("severity", severity_name(one.level)).member("code", one.code);
    json.member("path", json_path(one)).member("line", static_cast<std::int64_t>(one.row));
    json.member("message", one.message).member("hint", one.hint);
    json.end_object();
  }
  json.end_array();
  if (lower_case(file).ends_with("accept.csv") && report.set) {
    json.key("summary").begin_object();
    json.member("tests_run", static_cast<std::int64_t>(report.tests_run));
    json.member("tests_failed", static_cast<std::int64_t>(report.tests_failed));
    json.member("plans_listed", static_cast<std::int64_t>(report.plans_listed));
    json.member("plans_accepted", static_cast<std::int64_t>(report.plans_accepted));
    json.end_object();
  }
  json.end_object();
  out += '\n';
}

}  // namespace

void finding_book::add(severity level, std::string_view table, std::uint32_t row,
                       std::string_view column, std::string code, std::string message,
                       std::string hint) {
  finding one{level, std::move(code),     fmt::format("{}.csv", table), row,
              0,     std::string(column), std::move(message),           std::move(hint)};
  for (auto const& layout : set_->tables().layouts) {
    if (layout.table != table) continue;
    one.file = layout.file;
    for (auto const& [name, position] : layout.columns) {
      if (name == column) one.column = position;
    }
  }
  found_->push_back(std::move(one));
}

check_report check_rules(std::span<named_text const> files, date today) {
  check_report report;
  for (auto const& file : files) {
    if (lower_case(file.name).ends_with(".csv")) report.files.emplace_back(file.name);
  }
  auto reading = read_rule_set(files);
  auto found = std::move(reading.problems);
  report.set = std::move(reading.set);
  if (report.set) {
    finding_book book(*report.set, found);
    check_table(*report.set, today, book);
    check_dates(*report.set, today, book);
    check_payers(*report.set, book);
    check_texts(*report.set, book);
    check_id_formats(*report.set, book);
    check_unasked(*report.set, book);
    check_cob(*report.set, book);
    check_tests(*report.set, book, report);
    count_plans(*report.set, today, report);
  }
  report.found = shortened(std::move(found));
  for (auto const& one : report.found) {
    bool const known =
        std::find(report.files.begin(), report.files.end(), one.file) != report.files.end();
    if (!known) report.files.push_back(one.file);
  }
  return report;
}

std::string to_text(check_report const& report) {
  std::string out;
  for (auto const& one : report.found) {
    out += fmt::format("{}: {}: {}", severity_name(one.level), place_of(one), one.message);
    if (!one.hint.empty()) out += fmt::format(" {}", one.hint);
    out += fmt::format(" [{}]\n", one.code);
  }
  if (!report.set) {
    out += fmt::format("The rule set cannot be used: {} errors.\n",
                       count_of(report.found, severity::error));
    return out;
  }
  auto const& tables = report.set->tables();
  out += fmt::format("{} rules, {} payers, {} contracts; {} of {} tests pass.\n",
                     tables.accept.size(), tables.payers.size(), tables.contracts.size(),
                     report.tests_run - report.tests_failed, report.tests_run);
  if (report.plans_listed > 0) {
    out += fmt::format(
        "{} of {} listed plans ({} %) end in accept without staff (no accident, referral in "
        "hand).\n",
        report.plans_accepted, report.plans_listed,
        100 * report.plans_accepted / report.plans_listed);
  }
  out += fmt::format("{} errors, {} warnings, {} notes: the rule set {} be activated.\n",
                     count_of(report.found, severity::error),
                     count_of(report.found, severity::warning),
                     count_of(report.found, severity::note), report.good() ? "can" : "cannot");
  return out;
}

std::string to_json_lines(check_report const& report, std::string_view version) {
  std::string out;
  for (auto const& file : report.files) write_file(out, report, file, version);
  return out;
}

}  // namespace intake::forms::insurance
