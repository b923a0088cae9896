#include "service/key_watch.hpp"

#include "db/errors.hpp"
#include "db/rekey.hpp"

#include <condition_variable>
#include <mutex>

namespace intake::service {

void key_watch::tell() {
  try {
    db::note_key_reader(around_.desk, {around_.instance, around_.keks.ids(),
                                       around_.keks.current_id(), around_.world.now()});
  } catch (db::database_error const&) {
    // A rotation that does not hear of an instance waits; /readyz and every request say more.
  }
}

void key_watch::keep_telling(std::chrono::milliseconds every) {
  thread_ = std::jthread([this, every](std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any end;
    std::unique_lock lock(mutex);
    do tell();
    while (!end.wait_for(lock, stop, every, [&] { return stop.stop_requested(); }));
  });
}

}  // namespace intake::service
