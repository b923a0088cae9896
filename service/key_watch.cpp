#include "service/key_watch.hpp"

#include "db/errors.hpp"
#include "db/rekey.hpp"
#include "service/keep_doing.hpp"

#include <mutex>

namespace intake::service {

namespace {

constexpr std::chrono::hours alarm_every{1};

}  // namespace

std::int64_t tell_wraps(db::pool& desk, live_keks const& keks) {
  auto wraps = keks.take_wraps();
  auto const current = keks.current_id();
  wraps.try_emplace(current, 0);
  std::int64_t of_current = 0;
  try {
    for (auto& [kek, count] : wraps) {
      auto const sum = db::add_kek_wraps(desk, kek, count);
      count = 0;
      if (kek == current) of_current = sum;
    }
  } catch (db::database_error const&) {
    keks.put_back_wraps(wraps);
    throw;
  }
  return of_current;
}

void key_watch::count() {
  wraps_ = tell_wraps(around_.desk, around_.keks);
  auto const current = around_.keks.current_id();
  auto const now = around_.world.now();
  if (wraps_ <= around_.wraps_max || now < silent_until_) return;
  silent_until_ = now + alarm_every;
  around_.log.write(log_level::error, "key-worn",
                    {{"key", log_name(current)}, {"wraps", wraps_.load()}});
}

void key_watch::tell() {
  std::lock_guard const lock(telling_);
  try {
    count();
    db::note_key_reader(around_.desk, {around_.instance, around_.keks.ids(),
                                       around_.keks.current_id(), around_.world.now()});
  } catch (db::database_error const&) {
    // A rotation that does not hear of an instance waits; /readyz and every request say more.
  }
}

void key_watch::keep_telling(std::chrono::milliseconds every) {
  thread_ = keep_doing(every, [this](std::stop_token const&) { tell(); });
}

}  // namespace intake::service
