#pragma once
#include "service/config.hpp"

namespace intake::service {

/// Held from reading the key file until it is written, so that of two changes at once none is lost:
/// a key that is dropped is everything sealed under it. A file beside the key file carries it,
/// because the key file itself is replaced.
class key_lock {
 public:
  /// Throws command_failed (refused) while another command changes the keys.
  explicit key_lock(config const&);
  key_lock(key_lock const&) = delete;
  key_lock& operator=(key_lock const&) = delete;
  ~key_lock();

 private:
  int file_;
};

}  // namespace intake::service
