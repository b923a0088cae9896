#include "service/eligibility/asking.hpp"

#include "db/outbox.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/eligibility/answers.hpp"
#include "service/eligibility/asking_rules.hpp"
#include "service/eligibility/questions.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

using db::request_reason;
using db::request_state;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

// CAQH CORE Connectivity Rule: a question that got no answer within 60 s is sent again no sooner
// than 90 s after it was sent, then at most five times within fifteen minutes.
constexpr seconds first_pause{90};
constexpr seconds later_pause{150};
/// How often a payer that says of itself that it is down is asked anew, with growing pauses.
constexpr int failures_max = 8;

constexpr int tasks_at_once = 20;
constexpr seconds tasks_hold{120};

/// What was not asked because somebody else has, or needs not be, is no failure.
bool is_wanted_anyway(request_reason why) {
  return why == request_reason::demand || why == request_reason::client;
}

class asker {
 public:
  asker(application& app, db::eligibility_request const& wanted, certs::utc_time now)
      : app_(app), wanted_(wanted), now_(now) {}

  void run(clearinghouse_line const& line, std::stop_token const& stop) {
    // Whoever took it before may have been stopped between the answer and the note of it.
    if (wanted_.inquiry && db::is_answered(app_.desk, *wanted_.inquiry)) {
      return end(request_state::answered);
    }
    auto const row = find_row();
    if (!row) return fail({ask_fault::record_closed, {}});
    if (!why_not_sent(row->told).empty()) return fail({ask_fault::cannot_send, {}});
    if (!is_wanted(*row)) return end(request_state::dropped);
    audit(*row);
    auto const made = make_question(app_, *row, wanted_.actor, now_);
    if (made.inquiries.empty()) return fail({ask_fault::cannot_send, {}});
    db::note_inquiry(app_.desk, wanted_, made.inquiries.front());
    auto const outcome = line(made.text, stop);
    if (auto const* const fault = std::get_if<exchange_fault>(&outcome)) return settle(*fault);
    keep(std::get<std::string>(outcome), made.inquiries.front(), *row);
  }

 private:
  std::optional<work_row> find_row() {
    certs::uuid const only[] = {wanted_.submission};
    auto work = coverages_of(app_, only, now_);
    auto const found = std::ranges::find_if(
        work.rows, [&](work_row const& each) { return each.told.number == wanted_.coverage; });
    if (found == work.rows.end()) return std::nullopt;
    if (auto const day = forms::insurance::read_iso_date(wanted_.service_date)) found->day = *day;
    return std::move(*found);
  }

  bool is_wanted(work_row const& row) {
    if (is_wanted_anyway(wanted_.reason)) return true;
    bool const over = std::chrono::sys_days(row.day) < std::chrono::sys_days{app_.clock.date(now_)};
    if (over) return false;
    // The second sending of a question is not kept back by the first.
    return wanted_.attempts > 1 || !rows_to_ask(app_, {row}, now_).empty();
  }

  void audit(work_row const& row) {
    db::audit_entry entry;
    entry.action = "eligibility-asked";
    entry.purpose = "eligibility";
    entry.subject = row.submission;
    entry.version = row.version;
    app_.writer.append(std::move(entry));
  }

  void end(request_state state, exchange_fault const* fault = nullptr) {
    db::end_request(app_.desk, wanted_, state,
                    fault == nullptr ? std::string() : std::string(name_of(fault->what)),
                    fault == nullptr ? std::string() : fault->detail);
  }

  void fail(exchange_fault const& fault) {
    note(fault);
    end(request_state::failed, &fault);
  }

  void settle(exchange_fault const& fault) {
    if (!may_pass(fault.what) || wanted_.attempts >= sendings_max) return fail(fault);
    note(fault);
    auto const pause = wanted_.attempts == 1 ? first_pause : later_pause;
    db::put_back(app_.desk, wanted_, app_.world.now() + pause, std::string(name_of(fault.what)),
                 fault.detail);
  }

  void note(exchange_fault const& fault) const {
    app_.log.write(log_level::warning, "eligibility-not-answered",
                   {{"fault", log_name(name_of(fault.what))},
                    {"detail", log_name(fault.detail)},
                    {"attempt", wanted_.attempts}});
  }

  void keep(std::string const& text, certs::uuid inquiry, work_row const& row) {
    auto const taken = take_file(
        app_, text,
        {.how = db::file_way::clearinghouse, .actor = wanted_.actor, .now = app_.world.now()});
    if (!taken.refused.empty()) return settle({ask_fault::not_x12, {}});
    if (std::ranges::count(taken.inquiries, inquiry) == 0) {
      bool const refused = taken.answers == 0 && taken.acknowledgements > 0;
      return fail({refused ? ask_fault::rejected : ask_fault::no_answer, {}});
    }
    end(request_state::answered);
    go_on(row);
  }

  /// AAA03 42, 80 with P or R: again with growing pauses; W, X: after the days that were said.
  void go_on(work_row const& row) {
    auto const checks = checks_of(app_.desk, app_.keks, row.submission, row.told.number);
    if (checks.empty() || !checks.front().summary) return;
    auto const& said = *checks.front().summary;
    auto const now = app_.world.now();
    auto const failures = failures_in_a_row(checks);
    certs::utc_time next{};
    if (said.action == "retry" && failures < failures_max) next = now + pause_after(failures);
    if (said.action == "schedule") next = now + days(said.days);
    auto const visit_ends = app_.clock.day(std::chrono::sys_days(row.day)).second;
    if (next == certs::utc_time{} || next >= visit_ends) return;
    db::add_request(app_.desk, {.number = 0,
                                .submission = wanted_.submission,
                                .coverage = wanted_.coverage,
                                .reason = request_reason::again,
                                .service_date = wanted_.service_date,
                                .created = now,
                                .not_before = next,
                                .off_peak = wanted_.off_peak});
  }

  application& app_;
  db::eligibility_request const& wanted_;
  certs::utc_time now_;
};

bool is_quiet_hour(application const& app, certs::utc_time now) {
  auto const from = app.settings.eligibility_medicare_from_hour;
  auto const until = app.settings.eligibility_medicare_until_hour;
  auto const midnight = app.clock.day(std::chrono::sys_days{app.clock.date(now)}).first;
  auto const hour = std::chrono::floor<hours>(now - midnight).count();
  return from <= until ? from <= hour && hour < until : hour >= from || hour < until;
}

std::string waiting_words(application const& app, db::eligibility_request const& one,
                          certs::utc_time now) {
  auto const fault = ask_fault_from(one.fault);
  auto text = fault ? fmt::format("{} ", words_of(*fault)) : std::string();
  if (one.off_peak && !is_quiet_hour(app, now)) {
    return text + fmt::format(
                      "Waits for {}:00: Medicare's system is asked about visits ahead in "
                      "its quiet hours only.",
                      app.settings.eligibility_medicare_from_hour);
  }
  if (one.not_before > now) {
    return text + "Asked again " + app.clock.date_and_time(one.not_before) + ".";
  }
  return text + "Queued: it is asked as soon as those before it are.";
}

}  // namespace

bool queue(db::pool& rows, wish const& wanted, certs::utc_time now) {
  return db::add_request(rows, {.number = 0,
                                .submission = wanted.submission,
                                .coverage = wanted.coverage,
                                .reason = wanted.why,
                                .service_date = wanted.service_date,
                                .actor = wanted.actor,
                                .created = now,
                                .not_before = now,
                                .off_peak = wanted.off_peak});
}

std::size_t queue_submissions(application& app, certs::utc_time now) {
  auto const tasks = db::take_tasks(app.desk, received_topic, tasks_at_once, now, tasks_hold);
  for (auto const& task : tasks) {
    certs::uuid const only[] = {task.submission};
    auto const work = coverages_of(app, only, now);
    for (auto const* row : rows_to_ask(app, work.rows, now)) {
      bool const over =
          std::chrono::sys_days(row->day) < std::chrono::sys_days{app.clock.date(now)};
      if (over) continue;
      queue(app.desk,
            {.submission = row->submission,
             .coverage = row->told.number,
             .why = request_reason::submission},
            now);
    }
    // Taken by another since: that one does the same, and a wish that is there is not doubled.
    if (!db::finish_task(app.desk, task)) break;
  }
  return tasks.size();
}

bool ask_next(application& app, clearinghouse_line const& line, std::stop_token const& stop) {
  auto const now = app.world.now();
  auto const wanted =
      db::take_request(app.desk, {.now = now,
                                  .is_off_peak = is_quiet_hour(app, now),
                                  .in_a_minute_max = app.settings.eligibility_asks_a_minute});
  if (!wanted) return false;
  asker(app, *wanted, now).run(line, stop);
  return true;
}

asking_words words_of(application const& app, db::eligibility_request const& one,
                      certs::utc_time now) {
  auto const fault = ask_fault_from(one.fault);
  switch (one.state) {
    case request_state::queued:
      return {waiting_words(app, one, now), true};
    case request_state::asking: {
      auto const waited = std::chrono::floor<seconds>(now - one.taken.value_or(now));
      if (waited < still_waiting_after) return {"Being asked now.", true};
      return {
          fmt::format("Still waiting for the payer, for {} seconds. After a minute it counts as "
                      "not answered, and is asked again.",
                      waited.count()),
          true};
    }
    case request_state::failed:
      if (!fault) break;
      return {one.detail.empty() ? std::string(words_of(*fault))
                                 : fmt::format("{} ({})", words_of(*fault), one.detail),
              false};
    case request_state::answered:
    case request_state::dropped:
      break;
  }
  return {};
}

}  // namespace intake::service::eligibility
