#pragma once
#include "service/log.hpp"

#include <chrono>
#include <functional>
#include <thread>

namespace intake::service {

/// Does something now and then every so often, in a thread that ends with what is returned. `act`
/// must not throw.
std::jthread keep_doing(std::chrono::milliseconds every,
                        std::function<void(std::stop_token const&)> act);

/// The same for what may throw: that goes to the log under `event`.
std::jthread keep_doing(event_log const&, log_word event, std::chrono::milliseconds every,
                        std::function<void(std::stop_token const&)> act);

}  // namespace intake::service
