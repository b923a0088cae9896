#include "service/eligibility/work_list.hpp"

#include "db/submissions.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/known_items.hpp"
#include "service/matching.hpp"
#include "service/record.hpp"

#include <algorithm>
#include <map>

namespace intake::service::eligibility {
namespace {

using forms::insurance::date;

struct standing_row {
  std::string_view name;
  std::string_view words;
  std::string_view tag_class;
};
constexpr standing_row standings[] = {{"active", "Active", "govuk-tag--green"},
                                      {"inactive", "Inactive", "govuk-tag--red"},
                                      {"unclear", "Unclear", "govuk-tag--yellow"},
                                      {"could-not-check", "Could not check", "govuk-tag--yellow"},
                                      {"not-yet", "Not yet", "govuk-tag--grey"},
                                      {"corrected", "Not yet: corrected", "govuk-tag--grey"}};

/// The visit that is next, else the one that was last.
std::optional<db::visit_of_submission> visit_of(std::vector<db::visit_of_submission> const& visits,
                                                certs::uuid submission, certs::utc_time from) {
  std::optional<db::visit_of_submission> found;
  for (auto const& each : visits) {
    if (each.submission != submission) continue;
    found = each;
    if (each.starts_at >= from) break;
  }
  return found;
}

date day_of(application const& app, std::optional<db::visit_of_submission> const& visit,
            opened_record const& record, certs::utc_time now) {
  if (visit) return date{app.places.of(visit->location).clock->date(visit->starts_at)};
  std::vector<answered_form> packet;
  for (auto const& each : record.forms) packet.push_back({each.form, &each.response.answers});
  auto const said = forms::insurance::read_iso_date(forms::code_in(packet, known::visit_date));
  return said.value_or(date{app.clock.date(now)});
}

class work_maker {
 public:
  work_maker(application& app, std::span<certs::uuid const> ids, certs::utc_time now)
      : app_(app), now_(now), rules_(app.rules.current()) {
    if (ids.empty()) return;
    for (auto& each : db::open_answers(app.desk, ids)) {
      auto const id = each.head.id;
      stored_.emplace(id, std::move(each));
    }
    checks_ = latest_checks(app.desk, app.keks, ids);
    visits_ = db::visits_of(app.desk, ids);
  }

  work_rows make(std::span<certs::uuid const> ids) {
    for (auto const& id : ids) add(id);
    return std::move(made_);
  }

 private:
  void add(certs::uuid id) {
    auto const stored = stored_.find(id);
    if (stored == stored_.end()) return;
    auto const reading =
        open_record(app_.keks, app_.forms, stored->second, record_files::left_alone);
    if (!reading.record) {
      ++made_.closed;
      return;
    }
    auto const& head = stored->second.head;
    auto const visit = visit_of(visits_, id, app_.clock.day(date{app_.clock.date(now_)}).first);
    auto const day = day_of(app_, visit, *reading.record, now_);
    auto coverages = told_coverages(*reading.record, *rules_, day);
    auto const of = coverages.size();
    for (auto& told : coverages) {
      auto latest = latest_of(id, told.number);
      made_.rows.push_back({.submission = id,
                            .version = head.version,
                            .receipt = head.receipt,
                            .visit = visit,
                            .told = std::move(told),
                            .of = of,
                            .day = day,
                            .latest = std::move(latest)});
      auto& made = made_.rows.back();
      if (made.stands() == standing::could_not_check) {
        made.known = last_known(checks_of(app_.desk, app_.keks, id, made.told.number));
      }
    }
  }

  std::optional<opened_check> latest_of(certs::uuid id, std::int16_t coverage) const {
    auto const found = std::ranges::find_if(checks_, [&](opened_check const& each) {
      return each.head.submission == id && each.head.coverage == coverage;
    });
    return found == checks_.end() ? std::nullopt : std::optional(*found);
  }

  application& app_;
  certs::utc_time now_;
  std::shared_ptr<named_rule_set const> rules_;
  std::map<certs::uuid, db::opened_submission> stored_;
  std::vector<opened_check> checks_;
  std::vector<db::visit_of_submission> visits_;
  work_rows made_;
};

}  // namespace

std::string_view name_of(standing value) {
  return standings[static_cast<std::size_t>(value)].name;
}

std::string_view words_of(standing value) {
  return standings[static_cast<std::size_t>(value)].words;
}

std::string_view tag_class_of(standing value) {
  return standings[static_cast<std::size_t>(value)].tag_class;
}

standing work_row::stands() const {
  if (!latest) return standing::not_yet;
  // A check whose envelope does not open says nothing; that there was one is shown.
  if (!latest->summary) return standing::could_not_check;
  if (latest->summary->asked != asked_of(told)) return standing::corrected;
  return static_cast<standing>(latest->summary->status);
}

std::string work_row::next_action() const {
  bool const failed = stands() == standing::could_not_check && latest->summary;
  return failed ? latest->summary->action : std::string();
}

std::string work_row::changed() const {
  return latest && latest->summary ? latest->summary->changed : std::string();
}

work_rows coverages_of(application& app, std::span<certs::uuid const> submissions,
                       certs::utc_time now) {
  return work_maker(app, submissions, now).make(submissions);
}

work_rows work_of_day(application& app, std::chrono::sys_days day, certs::utc_time now) {
  std::vector<db::appointment_row> visits;
  for (auto const& place : app.places.all()) {
    auto const [begins, ends] = place.clock->day(day);
    std::vector<opened_appointment> here;
    for (auto& each : db::list_appointments(app.desk, place.id, begins, ends, now)) {
      here.push_back(opened(app, std::move(each)));
    }
    match_by_name(app, here, now);
    for (auto& each : here) visits.push_back(std::move(each.row));
  }
  std::ranges::stable_sort(visits, {},
                           [](db::appointment_row const& each) { return each.what.starts_at; });
  std::vector<certs::uuid> ids;
  for (auto const& each : visits) {
    if (each.submissions.empty()) continue;
    auto const id = each.submissions.front();
    if (std::ranges::count(ids, id) == 0) ids.push_back(id);
  }
  return coverages_of(app, ids, now);
}

bool is_filter(std::string_view name) {
  constexpr std::string_view of_no_standing[] = {
      "", "to-do", "changed", "cannot-send", "enrolment", "ask-patient"};
  if (std::ranges::count(of_no_standing, name) != 0) return true;
  return std::ranges::find(standings, name, &standing_row::name) != std::end(standings);
}

bool passes(work_row const& row, std::string_view filter) {
  if (filter.empty()) return true;
  if (filter == "cannot-send") return !why_not_sent(row.told).empty();
  if (filter == "changed") return !row.changed().empty();
  if (filter == "enrolment") return row.next_action() == "enrolment";
  if (filter == "ask-patient") return row.next_action() == "correct-with-patient";
  auto const stands = row.stands();
  if (filter == "to-do") return stands != standing::active && stands != standing::inactive;
  return name_of(stands) == filter;
}

}  // namespace intake::service::eligibility
