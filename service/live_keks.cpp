#include "service/live_keks.hpp"

namespace intake::service {

live_keks::live_keks(std::vector<certs::kek> keks) : held_(hold(std::move(keks))) {}

std::shared_ptr<live_keks::held const> live_keks::hold(std::vector<certs::kek> keks) {
  std::vector<std::string> ids;
  for (auto const& each : keks) ids.push_back(each.id);
  return std::make_shared<held const>(certs::key_set_provider(std::move(keks)), std::move(ids));
}

void live_keks::replace(std::vector<certs::kek> keks) {
  auto made = hold(std::move(keks));
  std::lock_guard const lock(mutex_);
  held_ = std::move(made);
}

std::shared_ptr<certs::key_set_provider const> live_keks::now() const {
  std::lock_guard const lock(mutex_);
  return {held_, &held_->provider};
}

std::vector<std::string> live_keks::ids() const {
  std::lock_guard const lock(mutex_);
  return held_->ids;
}

}  // namespace intake::service
