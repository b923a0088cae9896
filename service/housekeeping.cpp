#include "service/housekeeping.hpp"

#include "db/drafts.hpp"
#include "db/sessions.hpp"
#include "service/clinic/in_force.hpp"
#include "service/decide_again.hpp"
#include "service/eligibility/folders.hpp"
#include "service/eligibility/rounds.hpp"
#include "service/keep_doing.hpp"

#include <exception>

namespace intake::service {
namespace {

constexpr std::chrono::hours ended_sessions_kept{12};

void remove_old_rows(application& app, certs::utc_time now) {
  if (auto const gone = db::remove_expired_drafts(app.portal, now); gone > 0) {
    app.log.write(log_level::info, "drafts-removed", {{"count", gone}});
  }
  // Longer than they are good for: what somebody had typed is bound to the session that it was of.
  db::remove_ended_sessions(app.desk, now - ended_sessions_kept,
                            {std::chrono::minutes(app.settings.session_idle_minutes),
                             std::chrono::hours(app.settings.session_absolute_hours)});
}

void decide_again(application& app, certs::utc_time now) {
  auto const again = decide_appointments(app, now);
  if (again.decided == 0) return;
  app.log.write(log_level::info, "decided-again",
                {{"count", again.decided}, {"changed", again.changed}});
}

void ask_payers(application& app, certs::utc_time now) {
  auto const ahead = eligibility::ask_ahead(app, now);
  if (!ahead.ran) return;
  app.log.write(log_level::info, "eligibility-asked-ahead",
                {{"count", static_cast<std::int64_t>(ahead.asked)}});
}

void write_late_files(application& app, certs::utc_time) {
  eligibility::put_late_files(app);
}

void pick_up_files(application& app, certs::utc_time now) {
  auto const files = eligibility::pick_up_files(app, now);
  if (files.taken + files.again + files.refused == 0) return;
  app.log.write(files.refused > 0 ? log_level::warning : log_level::info,
                "eligibility-files-picked-up",
                {{"taken", files.taken}, {"again", files.again}, {"refused", files.refused}});
}

}  // namespace

void housekeeping::once() {
  auto const now = app_.world.now();
  auto& app = app_.live.current();
  // One that fails keeps none of the others from being done.
  constexpr void (*chores[])(application&, certs::utc_time) = {
      remove_old_rows, decide_again, ask_payers, write_late_files, pick_up_files};
  for (auto const chore : chores) {
    try {
      chore(app, now);
    } catch (std::exception const& error) {
      app_.log.write(log_level::warning, "housekeeping-failed",
                     {{"because", log_name(error.what())}});
    }
  }
}

void housekeeping::keep_on(std::chrono::milliseconds every) {
  thread_ = keep_doing(every, [this](std::stop_token const&) { once(); });
}

}  // namespace intake::service
