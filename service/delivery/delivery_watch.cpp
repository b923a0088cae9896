#include "service/delivery/delivery_watch.hpp"

#include "service/delivery/deliveries.hpp"
#include "service/keep_doing.hpp"

#include <exception>

namespace intake::service::delivery {

void delivery_watch::once() {
  try {
    auto const made = deliver_due(app_);
    if (made.handed_over + made.postponed + made.given_up == 0) return;
    app_.log.write(made.given_up > 0 ? log_level::warning : log_level::info, "links-sent",
                   {{"handed_over", made.handed_over},
                    {"postponed", made.postponed},
                    {"given_up", made.given_up}});
  } catch (std::exception const& error) {
    app_.log.write(log_level::warning, "deliveries-failed", {{"because", log_name(error.what())}});
  }
}

void delivery_watch::keep_on(std::chrono::milliseconds every) {
  thread_ = keep_doing(every, [this](std::stop_token const&) { once(); });
}

}  // namespace intake::service::delivery
