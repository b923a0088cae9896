#include "service/key_lock.hpp"

#include "service/commands/exit_code.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace intake::service {

key_lock::key_lock(config const& settings)
    : file_(::open((settings.keys_file + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  auto const reason = errno;
  if (file_ >= 0) ::close(file_);
  if (reason == EWOULDBLOCK) {
    throw command_failed(exit_code::refused,
                         "another command is changing the keys just now; nothing was changed",
                         "call it again when that one has ended");
  }
  throw command_failed(exit_code::usage, "the keys can't be changed here: " + settings.keys_file +
                                             ".lock: " + std::strerror(reason));
}

key_lock::~key_lock() {
  ::close(file_);
}

}  // namespace intake::service
