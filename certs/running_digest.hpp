#pragma once
#include "certs/hash_chain.hpp"

#include <memory>

namespace intake::certs {

/// SHA-256 of what is too large to be held at once.
class running_sha256 {
 public:
  running_sha256();
  ~running_sha256();
  running_sha256(running_sha256 const&) = delete;
  running_sha256& operator=(running_sha256 const&) = delete;

  void add(bytes_view data);
  /// Call once; nothing is added afterwards.
  hash256 end();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace intake::certs
