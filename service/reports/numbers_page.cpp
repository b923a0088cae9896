// Forms a day, whether they were there in time, how long work took, decisions by payer: no patient
// is in it.
#include "db/numbers.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/decision_json.hpp"
#include "service/audit.hpp"
#include "service/pages/chart.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/reports/reports.hpp"
#include "service/stored_decisions.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace intake::service::reports {
namespace {

namespace insurance = forms::insurance;

struct period {
  std::string_view word;
  std::chrono::days length;
};

constexpr period periods[] = {
    {"7", std::chrono::days(7)}, {"30", std::chrono::days(30)}, {"90", std::chrono::days(90)}};
constexpr std::size_t decisions_of_max = 500;
constexpr std::size_t payers_max = 20;

struct asked_period {
  period const* chosen = nullptr;
  certs::utc_time from{};
  certs::utc_time until{};
  std::vector<std::string> days{};
};

/// Whole days at the clinic, today the last.
asked_period read_period(application const& app, call const& c) {
  asked_period asked;
  auto const word = patients::query_value(c.asked, "days");
  auto const* const found = std::ranges::find(periods, word, &period::word);
  asked.chosen = found == std::end(periods) ? &periods[1] : found;
  auto const today = std::chrono::sys_days{app.clock.date(c.asked.received)};
  auto const first = today - asked.chosen->length + std::chrono::days(1);
  asked.from = app.clock.day(first).first;
  asked.until = app.clock.day(today).second;
  for (auto day = first; day <= today; day += std::chrono::days(1)) {
    asked.days.push_back(insurance::write_date(insurance::date{day}));
  }
  return asked;
}

/// "11-28": the year is said above.
std::string axis_label(std::string const& day) {
  return day.substr(5);
}

/// A day without anything is a day of 0.
template <class Row, class Value>
std::vector<plotted> filled(asked_period const& asked, std::vector<Row> const& rows, Value value) {
  std::vector<plotted> out;
  for (auto const& day : asked.days) {
    auto const found = std::ranges::find(rows, day, &Row::day);
    out.push_back({axis_label(day), found == rows.end() ? 0.0 : value(*found)});
  }
  return out;
}

struct cell_list {
  std::vector<std::string> cells;
};

void add_table(page_model& block, std::string const& caption,
               std::vector<std::string> const& columns, std::vector<cell_list> const& rows) {
  auto& table = block.add("TABLE").set("CAPTION", caption);
  for (auto const& each : columns) table.add("COLUMN").set("NAME", each);
  for (auto const& each : rows) {
    auto& row = table.add("ROW");
    for (auto const& cell : each.cells) row.add("CELL").set("TEXT", cell);
  }
}

std::string count(std::int64_t number) {
  return std::to_string(number);
}

std::string percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? std::string("none")
                    : fmt::format("{:.0f} %",
                                  100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

void add_forms(page_model& model, application& app, asked_period const& asked) {
  auto const rows =
      db::forms_a_day(app.desk, asked.from, asked.until, app.settings.clinic_time_zone);
  std::int64_t all = 0;
  std::vector<cell_list> cells;
  for (auto const& each : rows) {
    all += each.submissions;
    cells.push_back({{each.day, count(each.submissions), count(each.corrections)}});
  }
  auto& block = model.add("PLOT").set("TITLE", "Forms received a day");
  block.set("TEXT", fmt::format("{} submissions in {} days.", all, asked.chosen->word));
  auto const values =
      filled(asked, rows, [](auto const& r) { return static_cast<double>(r.submissions); });
  block.set("SVG", bar_chart(values, {"Forms received a day; the table has the numbers"}));
  add_table(block, "Forms received a day", {"Day", "Submissions", "Corrections"}, cells);
}

void add_visits(page_model& model, application& app, asked_period const& asked) {
  auto const rows =
      db::visits_a_day(app.desk, asked.from, asked.until, app.settings.clinic_time_zone);
  std::int64_t visits = 0;
  std::int64_t with_forms = 0;
  std::vector<cell_list> cells;
  for (auto const& each : rows) {
    visits += each.visits;
    with_forms += each.with_forms;
    cells.push_back({{each.day, count(each.visits), count(each.with_forms),
                      percent(each.with_forms, each.visits), count(each.no_shows)}});
  }
  auto& block = model.add("PLOT").set("TITLE", "Forms there when the visit began");
  block.set("TEXT",
            fmt::format("{} of {} visits ({}).", with_forms, visits, percent(with_forms, visits)));
  auto const values = filled(asked, rows, [](auto const& r) {
    return r.visits == 0
               ? 0.0
               : 100.0 * static_cast<double>(r.with_forms) / static_cast<double>(r.visits);
  });
  block.set("SVG", bar_chart(values, {"Share of visits with forms, in percent; the table has the "
                                      "numbers",
                                      100}));
  add_table(block, "Forms there when the visit began",
            {"Day", "Visits", "With forms", "Share", "No-shows"}, cells);
}

void add_work(page_model& model, application& app, asked_period const& asked) {
  auto const rows =
      db::work_a_day(app.desk, asked.from, asked.until, app.settings.clinic_time_zone);
  std::int64_t done = 0;
  std::vector<cell_list> cells;
  for (auto const& each : rows) {
    done += each.done;
    cells.push_back({{each.day, count(each.done), fmt::format("{:.0f}", each.median_minutes)}});
  }
  auto& block = model.add("PLOT").set("TITLE", "Worklist: minutes from arrival to done");
  block.set("TEXT", fmt::format("{} marked done. The median of each day.", done));
  auto const values = filled(asked, rows, [](auto const& r) { return r.median_minutes; });
  block.set("SVG", bar_chart(values, {"Median minutes from arrival to done; the table has the "
                                      "numbers"}));
  add_table(block, "Worklist: minutes from arrival to done", {"Day", "Done", "Median minutes"},
            cells);
}

using outcome_counts = std::array<std::int64_t, 4>;

void add_decisions(page_model& model, application& app, call const& c) {
  std::map<std::string, outcome_counts> by_payer;
  auto const walked = for_each_decision(
      {app.desk, app.keks, app.writer, entry_of(c, "decisions-counted"), decisions_of_max},
      which_versions::newest, [&](stored_decision const& each) {
        auto const stored = insurance::read_stored_answer(each.json);
        if (!stored) return;
        auto const payer = stored->payer_name.empty() ? "(no payer)" : stored->payer_name;
        ++by_payer[payer][static_cast<std::size_t>(stored->result)];
      });
  std::vector<std::pair<std::string, outcome_counts>> sorted(by_payer.begin(), by_payer.end());
  auto const all = [](outcome_counts const& n) { return n[0] + n[1] + n[2] + n[3]; };
  std::ranges::stable_sort(sorted, std::greater{},
                           [&](auto const& each) { return all(each.second); });
  if (sorted.size() > payers_max) sorted.resize(payers_max);
  std::vector<cell_list> cells;
  for (auto const& [payer, n] : sorted) {
    cells.push_back({{payer, count(n[0]), count(n[1]), count(n[2]), count(n[3])}});
  }
  auto& block = model.add("PLOT").set("TITLE", "Decisions by payer");
  block.set("TEXT", fmt::format("Of the newest {} submissions, {} with a decision.",
                                walked.submissions, walked.decisions));
  add_table(block, "Decisions by payer",
            {"Payer", "Accepted", "With conditions", "Review", "Not accepted"}, cells);
}

}  // namespace

response numbers_page(application& app, call const& c) {
  auto const asked = read_period(app, c);
  page_model model;
  model.set("FROM", app.clock.written_date(asked.days.front()))
      .set("UNTIL", app.clock.written_date(asked.days.back()))
      .set("ZONE", app.settings.clinic_time_zone);
  for (auto const& each : periods) {
    auto& choice = model.add("PERIOD");
    choice.add(&each == asked.chosen ? "CURRENT" : "OTHER")
        .set("NAME", std::string(each.word) + " days")
        .set("URL", "/desk/numbers?days=" + std::string(each.word));
  }
  add_forms(model, app, asked);
  add_visits(model, app, asked);
  add_work(model, app, asked);
  add_decisions(model, app, c);
  app.writer.append(entry_of(c, "report-made"));
  return show_page(app, {.title = "Numbers", .staff = &*c.staff}, "numbers", model);
}

}  // namespace intake::service::reports
