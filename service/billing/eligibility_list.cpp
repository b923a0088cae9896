#include "forms/insurance/calendar.hpp"
#include "service/audit.hpp"
#include "service/billing/asking_state.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/work_place.hpp"
#include "service/dispatch.hpp"
#include "service/pages/shell.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace intake::service::billing {
namespace {

using eligibility::work_row;

struct filter_row {
  std::string_view name;
  std::string_view words;
};
constexpr filter_row filters[] = {{"", "All"},
                                  {"to-do", "To do"},
                                  {"not-yet", "Not yet"},
                                  {"active", "Active"},
                                  {"inactive", "Inactive"},
                                  {"unclear", "Unclear"},
                                  {"could-not-check", "Could not check"},
                                  {"corrected", "Corrected"},
                                  {"changed", "Changed"},
                                  {"enrolment", "Waits for enrolment"},
                                  {"ask-patient", "Ask the patient"},
                                  {"cannot-send", "Can't be sent"}};

work_place list_place(work_place place) {
  place.in_list = true;
  return place;
}

std::string list_url(work_place const& place, std::chrono::sys_days day, std::string_view show) {
  auto other = list_place(place);
  other.day = day;
  other.show = show;
  return "/desk/eligibility" + other.query();
}

void add_frame(page_model& model, application const& app, work_place const& place,
               std::vector<work_row> const& all) {
  using std::chrono::days;
  model.set("DAY", app.clock.written_date(forms::insurance::write_date(place.day)))
      .set("BEFORE_URL", list_url(place, place.day - days(1), place.show))
      .set("AFTER_URL", list_url(place, place.day + days(1), place.show))
      .set("TODAY_URL", "/desk/eligibility")
      .set("CSV_URL", "/desk/eligibility.csv" + list_place(place).query());
  for (auto const& filter : filters) {
    auto const count = std::ranges::count_if(
        all, [&](work_row const& each) { return eligibility::passes(each, filter.name); });
    bool const here = filter.name == place.show;
    // What nobody is in is no choice, but for the first two.
    if (count == 0 && !here && !filter.name.empty() && filter.name != "to-do") continue;
    model.add("FILTER")
        .add(here ? "CURRENT" : "OTHER")
        .set("URL", list_url(place, place.day, filter.name))
        .set("NAME", fmt::format("{} ({})", filter.words, count));
  }
}

void add_row(page_model& table, application const& app, work_row const& row,
             work_place const& place, asking_states const& asking) {
  auto const stands = row.stands();
  auto& shown = table.add("ROW");
  shown
      .set("TIME", row.visit
                       ? app.places.of(row.visit->location).clock->time_of_day(row.visit->starts_at)
                       : std::string("no visit"))
      .set("PATIENT", patient_of(row))
      .set("BORN", app.clock.written_date(row.told.patient.birth_date))
      .set("PAYER", row.told.payer)
      .set("MEMBER", row.told.member_id)
      .set("PLACE", fmt::format("{} of {}", row.told.number, row.of))
      .set("URL", coverage_url(row, place))
      .set("TAG_CLASS", std::string(tag_class_of(stands)))
      .set("STANDS", std::string(words_of(stands)));
  if (row.latest) {
    shown.add("CHECKED").set("WHEN", app.clock.date_and_time(row.latest->head.as_of));
    if (row.latest->summary && row.latest->summary->simulated) shown.add("SIMULATED");
    if (row.latest->summary && !row.latest->summary->ends.empty()) {
      shown.add("ENDS").set("DATE", app.clock.written_date(row.latest->summary->ends));
    }
  }
  if (row.known) {
    shown.add("KNOWN")
        .set("WORDS", std::string(words_of(row.known->summary->status)))
        .set("WHEN", app.clock.date_and_time(row.known->head.as_of));
  }
  if (auto const changed = row.changed(); !changed.empty()) {
    shown.add("CHANGED").set("WHAT", changed);
  }
  if (auto const why = why_not_sent(row.told); !why.empty()) {
    shown.add("UNSENT").set("WHY", why);
  } else if (auto words = asking.words_of(row); !words.text.empty()) {
    shown.add("ASKING").set("TEXT", std::move(words.text));
  }
}

}  // namespace

response eligibility_list(application& app, call const& c) {
  auto const asked = read_work_place(app, c);
  if (!asked) return refuse(app, 400, "There is no such day or filter.", &c.asked);
  auto const place = list_place(*asked);
  auto const work = eligibility::work_of_day(app, place.day, c.asked.received);
  std::vector<work_row> rows;
  std::ranges::copy_if(work.rows, std::back_inserter(rows),
                       [&](work_row const& each) { return eligibility::passes(each, place.show); });
  page_model model;
  add_frame(model, app, place, work.rows);
  asking_states const asking(app, work.rows, c.asked.received);
  if (auto words = asking.progress(); !words.empty()) {
    model.add("PROGRESS").set("TEXT", std::move(words));
  }
  add_enrolments(model, app, c);
  if (rows.empty()) model.add(work.rows.empty() ? "NOBODY" : "EMPTY");
  if (!rows.empty()) {
    model.add("START").set("URL", coverage_url(rows.front(), place));
    auto& table = model.add("TABLE");
    for (auto const& each : rows) add_row(table, app, each, place, asking);
  }
  if (work.closed > 0) model.add("CLOSED").set("COUNT", std::to_string(work.closed));
  auto entry = entry_of(c, "list-shown");
  for (auto const& each : work.rows) {
    if (std::ranges::count(entry.shown, each.submission) == 0)
      entry.shown.push_back(each.submission);
  }
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Eligibility", .staff = &*c.staff}, "eligibility_list", model);
}

}  // namespace intake::service::billing
