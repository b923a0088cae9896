#pragma once
#include "service/application.hpp"

#include <chrono>
#include <thread>

namespace intake::service {

/// What is done while nobody asks: drafts whose time is over are deleted, visits to come are
/// decided on by the rules in force, payers are asked about the
/// visits ahead, their answers are picked up from their folder.
class housekeeping {
 public:
  explicit housekeeping(application& app) : app_(app) {}

  /// Once, now. The database being away leaves it for the next time.
  void once();
  /// Every so often, in a thread of its own, until this object ends.
  void keep_on(std::chrono::milliseconds every);

 private:
  application& app_;
  std::jthread thread_;
};

}  // namespace intake::service
