#include "service/guarded_memory.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace intake::service {
namespace {

constexpr std::size_t secret_heap_bytes = 64 * 1024;

}  // namespace

certs::secret_memory guard_memory() {
  static auto const made = [] {
    rlimit const none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
    return certs::prepare_secret_memory(secret_heap_bytes);
  }();
  return made;
}

}  // namespace intake::service
