#include "service/keep_doing.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>

namespace intake::service {

std::jthread keep_doing(std::chrono::milliseconds every,
                        std::function<void(std::stop_token const&)> act) {
  return std::jthread([every, act = std::move(act)](std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any end;
    std::unique_lock lock(mutex);
    do act(stop);
    while (!end.wait_for(lock, stop, every, [&] { return stop.stop_requested(); }));
  });
}

std::jthread keep_doing(event_log const& log, log_word event, std::chrono::milliseconds every,
                        std::function<void(std::stop_token const&)> act) {
  return keep_doing(every, [&log, event, act = std::move(act)](std::stop_token const& stop) {
    try {
      act(stop);
    } catch (std::exception const& error) {
      log.write(log_level::warning, event, {{"because", log_name(error.what())}});
    }
  });
}

}  // namespace intake::service
