#pragma once
#include "service/eligibility/asking.hpp"

#include <thread>
#include <vector>

namespace intake::service::eligibility {

/// Asks payers over the line while the program serves, in threads of its own and with connections
/// to the database of its own. Any number of instances may do so beside each other.
class asking_worker {
 public:
  /// `billing` is the application seen with the role intake_billing.
  explicit asking_worker(application& billing) : app_(billing) {}

  void keep_asking();

 private:
  void loop(std::stop_token const&);
  bool once(clearinghouse_line const&, std::stop_token const&);

  application& app_;
  std::vector<std::jthread> threads_;
};

}  // namespace intake::service::eligibility
