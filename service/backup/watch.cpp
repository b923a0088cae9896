#include "service/backup/watch.hpp"

#include "db/backup_checks.hpp"
#include "db/errors.hpp"
#include "service/keep_doing.hpp"

namespace intake::service::backup {

void watch::look() {
  try {
    auto const newest = db::newest_good_backup(around_.desk);
    if (!newest) {
      around_.log.write(around_.level, "backup-missing");
      return;
    }
    newest_seconds_ = std::chrono::floor<std::chrono::seconds>(newest->time_since_epoch()).count();
    auto const age = around_.world.now() - *newest;
    if (age <= age_max) return;
    around_.log.write(
        around_.level, "backup-old",
        {{"days", static_cast<std::int64_t>(std::chrono::floor<std::chrono::days>(age).count())}});
  } catch (db::database_error const&) {
    // /readyz and every request say so.
  }
}

void watch::keep_looking(std::chrono::milliseconds every) {
  thread_ = keep_doing(every, [this](std::stop_token const&) { look(); });
}

}  // namespace intake::service::backup
