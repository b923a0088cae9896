#include "service/eligibility/asking_worker.hpp"

#include "service/clinic/in_force.hpp"
#include "service/eligibility/clearinghouse.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>

namespace intake::service::eligibility {
namespace {

constexpr std::chrono::seconds looked_at_every{1};
/// After the database was away.
constexpr std::chrono::seconds after_a_fault{10};

}  // namespace

void asking_worker::keep_asking() {
  for (int n = 0; n < app_.settings.eligibility_asks_at_once; ++n) {
    threads_.emplace_back([this](std::stop_token const& stop) { loop(stop); });
  }
}

void asking_worker::loop(std::stop_token const& stop) {
  auto const line = open_line(app_.settings, app_.world);
  std::mutex mutex;
  std::condition_variable_any end;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    std::chrono::seconds pause{0};
    try {
      if (!once(line, stop)) pause = looked_at_every;
    } catch (std::exception const& error) {
      app_.log.write(log_level::warning, "eligibility-worker-failed",
                     {{"because", log_name(error.what())}});
      pause = after_a_fault;
    }
    end.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); });
  }
}

bool asking_worker::once(clearinghouse_line const& line, std::stop_token const& stop) {
  auto app = seen_with(app_.live.current(), app_.desk);
  bool const came = queue_submissions(app, app.world.now()) > 0;
  return ask_next(app, line, stop) || came;
}

}  // namespace intake::service::eligibility
