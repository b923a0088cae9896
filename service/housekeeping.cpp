#include "service/housekeeping.hpp"

#include "db/drafts.hpp"
#include "db/sessions.hpp"
#include "service/decide_again.hpp"
#include "service/eligibility/folders.hpp"
#include "service/eligibility/rounds.hpp"
#include "service/keep_doing.hpp"

#include <exception>

namespace intake::service {
namespace {

constexpr std::chrono::hours ended_sessions_kept{12};

}  // namespace

void housekeeping::once() {
  auto const now = app_.world.now();
  try {
    if (auto const gone = db::remove_expired_drafts(app_.portal, now); gone > 0) {
      app_.log.write(log_level::info, "drafts-removed", {{"count", gone}});
    }
    // Longer than they are good for: what somebody had typed is bound to the session that it was
    // of.
    db::remove_ended_sessions(app_.desk, now - ended_sessions_kept,
                              {std::chrono::minutes(app_.settings.session_idle_minutes),
                               std::chrono::hours(app_.settings.session_absolute_hours)});
    auto const again = decide_appointments(app_, now);
    if (again.decided > 0) {
      app_.log.write(log_level::info, "decided-again",
                     {{"count", again.decided}, {"changed", again.changed}});
    }
    if (auto const ahead = eligibility::ask_ahead(app_, now); ahead.ran) {
      app_.log.write(log_level::info, "eligibility-asked-ahead",
                     {{"count", static_cast<std::int64_t>(ahead.asked)}});
    }
    auto const files = eligibility::pick_up_files(app_, now);
    if (files.taken + files.again + files.refused > 0) {
      app_.log.write(files.refused > 0 ? log_level::warning : log_level::info,
                     "eligibility-files-picked-up",
                     {{"taken", files.taken}, {"again", files.again}, {"refused", files.refused}});
    }
  } catch (std::exception const& error) {
    app_.log.write(log_level::warning, "housekeeping-failed",
                   {{"because", log_name(error.what())}});
  }
}

void housekeeping::keep_on(std::chrono::milliseconds every) {
  thread_ = keep_doing(every, [this](std::stop_token const&) { once(); });
}

}  // namespace intake::service
