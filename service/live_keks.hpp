#pragma once
#include "certs/key_set.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace intake::service {

/// The key-encryption keys of a running service: the set of a key file, replaced as one while
/// threads go on with the one that they have.
class live_keks final : public certs::kek_provider {
 public:
  explicit live_keks(std::vector<certs::kek> keks,
                     std::shared_ptr<certs::pkcs11_token const> token = nullptr);

  /// Throws std::invalid_argument where the set has a flaw; then nothing has changed.
  void replace(std::vector<certs::kek> keks,
               std::shared_ptr<certs::pkcs11_token const> token = nullptr);

  certs::wrapped_key wrap(certs::secret const& dek) const override;
  boost::system::result<certs::secret, certs::unwrap_error> unwrap(
      certs::wrapped_key const& wrapped) const override {
    return now()->unwrap(wrapped);
  }
  std::string current_id() const override { return now()->current_id(); }

  /// How often each key was used to wrap since the last call.
  std::map<std::string, std::int64_t> take_wraps() const;
  /// What could not be written down is counted again.
  void put_back_wraps(std::map<std::string, std::int64_t> const&) const;

  /// Of all keys, as in the file.
  std::vector<std::string> ids() const;

 private:
  struct held {
    certs::key_set_provider provider;
    std::vector<std::string> ids;
  };
  static std::shared_ptr<held const> hold(std::vector<certs::kek> keks,
                                          std::shared_ptr<certs::pkcs11_token const> token);
  std::shared_ptr<certs::key_set_provider const> now() const;

  // libstdc++'s atomic shared_ptr spins.
  mutable std::mutex mutex_;
  std::shared_ptr<held const> held_;
  mutable std::map<std::string, std::int64_t> wraps_;
};

}  // namespace intake::service
