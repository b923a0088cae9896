#include "service/desk/work.hpp"

#include "service/desk/people.hpp"
#include "service/record.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr int rows_at_once = 200;
constexpr int batches_max = 10;
constexpr std::string_view interpreter_code = "interpreter";
constexpr std::array<std::string_view, 5> acts{"put back", "marked as needing attention", "taken",
                                               "marked done", "moved to the day list"};

struct time_unit {
  std::chrono::minutes length;
  std::string_view words;
};
constexpr time_unit units[] = {
    {std::chrono::days(1), "days"}, {std::chrono::hours(1), "h"}, {std::chrono::minutes(1), "min"}};

db::work_item item_of(application const& app, db::listed_submission const& row,
                      certs::utc_time now) {
  auto const opened = open_summary(app.keks, row).content;
  bool const urgent = !opened || needs_attention(*opened);
  return {.submission = row.head.id,
          .received = row.head.first_received,
          .state = urgent ? db::work_state::attention : db::work_state::fresh,
          .number = 1,
          .at = now,
          .actor = {}};
}

}  // namespace

bool needs_attention(summary const& s) {
  bool const alerts = std::ranges::any_of(
      s.alerts, [](std::string const& code) { return code != interpreter_code; });
  return alerts || !s.missing.empty() || s.outcome == "review" || s.outcome == "not_accepted";
}

void sort_in_work(application& app, certs::utc_time now) {
  for (int batch = 0; batch < batches_max; ++batch) {
    auto const rows = db::list_unsorted(app.desk, now, rows_at_once);
    std::vector<db::work_item> items;
    for (auto const& row : rows) items.push_back(item_of(app, row, now));
    db::add_work_items(app.desk, items);
    if (rows.size() < rows_at_once) break;
  }
  db::follow_matches(app.desk, now);
  db::follow_amendments(app.desk, now);
}

std::string ago_words(certs::utc_time at, certs::utc_time now) {
  for (auto const& unit : units) {
    auto const count = (now - at) / unit.length;
    if (count > 0) return fmt::format("{} {} ago", count, unit.words);
  }
  return "just now";
}

std::string last_act_words(application& app, db::work_item const& item, certs::utc_time now) {
  auto text =
      fmt::format("{} {}", acts[static_cast<std::size_t>(item.state)], ago_words(item.at, now));
  if (!item.actor) return text;
  people names(app.desk);
  return text + " by " + names.described(*item.actor);
}

}  // namespace intake::service::desk
