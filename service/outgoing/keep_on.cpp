#include "service/outgoing/keep_on.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>

namespace intake::service::outgoing {

std::jthread keep_doing(event_log const& log, log_word event, std::chrono::milliseconds every,
                        std::function<void(std::stop_token const&)> act) {
  return std::jthread([&log, event, every, act = std::move(act)](std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any end;
    std::unique_lock lock(mutex);
    do {
      try {
        act(stop);
      } catch (std::exception const& error) {
        log.write(log_level::warning, event, {{"because", log_name(error.what())}});
      }
    } while (!end.wait_for(lock, stop, every, [&] { return stop.stop_requested(); }));
  });
}

}  // namespace intake::service::outgoing
