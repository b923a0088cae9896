#pragma once
#include "certs/secret.hpp"

namespace intake::service {

/// A core file would hold answers and keys; so would another process of the same user that reads
/// our memory. Every command that opens keys begins with this; again, it only tells how the first
/// went.
certs::secret_memory guard_memory();

}  // namespace intake::service
