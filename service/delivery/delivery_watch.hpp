#pragma once
#include "service/application.hpp"

#include <chrono>
#include <thread>

namespace intake::service::delivery {

/// Sends what was promised, in a thread of its own: a slow mail server keeps nothing else waiting.
class delivery_watch {
 public:
  explicit delivery_watch(application& app) : app_(app) {}

  /// Once, now. What fails is in the log ("deliveries-failed", warning) and is left for the next
  /// time.
  void once();
  /// Every so often until this object ends.
  void keep_on(std::chrono::milliseconds every);

 private:
  application& app_;
  std::jthread thread_;
};

}  // namespace intake::service::delivery
