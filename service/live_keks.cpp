#include "service/live_keks.hpp"

#include <utility>

namespace intake::service {

live_keks::live_keks(std::vector<certs::kek> keks, std::shared_ptr<certs::pkcs11_token const> token)
    : held_(hold(std::move(keks), std::move(token))) {}

std::shared_ptr<live_keks::held const> live_keks::hold(
    std::vector<certs::kek> keks, std::shared_ptr<certs::pkcs11_token const> token) {
  std::vector<std::string> ids;
  for (auto const& each : keks) ids.push_back(each.id);
  return std::make_shared<held const>(certs::key_set_provider(std::move(keks), std::move(token)),
                                      std::move(ids));
}

void live_keks::replace(std::vector<certs::kek> keks,
                        std::shared_ptr<certs::pkcs11_token const> token) {
  auto made = hold(std::move(keks), std::move(token));
  std::lock_guard const lock(mutex_);
  held_ = std::move(made);
}

std::shared_ptr<certs::key_set_provider const> live_keks::now() const {
  std::lock_guard const lock(mutex_);
  return {held_, &held_->provider};
}

certs::wrapped_key live_keks::wrap(certs::secret const& dek) const {
  auto made = now()->wrap(dek);
  std::lock_guard const lock(mutex_);
  ++wraps_[made.kek_id];
  return made;
}

std::map<std::string, std::int64_t> live_keks::take_wraps() const {
  std::lock_guard const lock(mutex_);
  return std::exchange(wraps_, {});
}

void live_keks::put_back_wraps(std::map<std::string, std::int64_t> const& wraps) const {
  std::lock_guard const lock(mutex_);
  for (auto const& [kek, count] : wraps) wraps_[kek] += count;
}

std::vector<std::string> live_keks::ids() const {
  std::lock_guard const lock(mutex_);
  return held_->ids;
}

}  // namespace intake::service
