#include "service/worker/frame.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include <poll.h>
#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>

namespace intake::service::worker {
namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;

/// False when the deadline passes first. A pipe whose other end is gone counts as ready.
bool wait_for(int descriptor, short what, deadline until) {
  if (until == no_deadline) return true;
  for (;;) {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd asked{descriptor, what, 0};
    auto const ready =
        ::poll(&asked, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 1'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

/// Writing to a pipe that nobody reads sends SIGPIPE to this thread, which ends a process that does
/// not ignore it: here it is an answer like another.
class without_sigpipe {
 public:
  without_sigpipe() {
    ::sigemptyset(&pipe_);
    ::sigaddset(&pipe_, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~without_sigpipe() {
    timespec const at_once{};
    if (broken_ && ::sigismember(&before_, SIGPIPE) == 0) {
      ::sigtimedwait(&pipe_, nullptr, &at_once);
    }
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  without_sigpipe(without_sigpipe const&) = delete;
  without_sigpipe& operator=(without_sigpipe const&) = delete;
  void note(bool broken) { broken_ = broken; }

 private:
  sigset_t pipe_{};
  sigset_t before_{};
  bool broken_ = false;
};

bool passed_over(ssize_t done) {
  return done < 0 && (errno == EINTR || errno == EAGAIN);
}

/// What is left of two stretches of bytes that follow each other.
class two_parts {
 public:
  two_parts(std::string_view first, std::string_view second) : parts_{first, second} {}

  bool empty() const { return parts_[0].empty() && parts_[1].empty(); }
  ssize_t write_to(int descriptor) const {
    iovec pieces[2];
    for (std::size_t at = 0; at < parts_.size(); ++at) {
      auto const piece = parts_[at].substr(0, chunk_bytes);
      pieces[at] = {const_cast<char*>(piece.data()), piece.size()};  // it only reads
    }
    return ::writev(descriptor, pieces, 2);
  }
  void remove(std::size_t count) {
    for (auto& part : parts_) {
      auto const here = std::min(count, part.size());
      part.remove_prefix(here);
      count -= here;
    }
  }

 private:
  std::array<std::string_view, 2> parts_;
};

bool write_all(int descriptor, two_parts left, deadline until) {
  without_sigpipe quiet;
  while (!left.empty()) {
    if (!wait_for(descriptor, POLLOUT, until)) return false;
    auto const done = left.write_to(descriptor);
    if (passed_over(done)) continue;
    quiet.note(done < 0 && errno == EPIPE);
    if (done <= 0) return false;
    left.remove(static_cast<std::size_t>(done));
  }
  return true;
}

bool read_all(int descriptor, char* into, std::size_t count, deadline until) {
  while (count > 0) {
    if (!wait_for(descriptor, POLLIN, until)) return false;
    auto const done = ::read(descriptor, into, std::min(count, chunk_bytes));
    if (passed_over(done)) continue;
    if (done <= 0) return false;
    into += done;
    count -= static_cast<std::size_t>(done);
  }
  return true;
}

}  // namespace

bool write_frame(int descriptor, std::string_view bytes, deadline until) {
  auto const length = static_cast<std::uint32_t>(bytes.size());
  if (length != bytes.size()) return false;
  char head[sizeof length];
  std::memcpy(head, &length, sizeof length);
  // In one go: length and bytes apart would wake the other end twice.
  return write_all(descriptor, {{head, sizeof head}, bytes}, until);
}

std::optional<std::string> read_frame(int descriptor, std::size_t bytes_max, deadline until) {
  char head[sizeof(std::uint32_t)];
  if (!read_all(descriptor, head, sizeof head, until)) return std::nullopt;
  std::uint32_t length = 0;
  std::memcpy(&length, head, sizeof length);
  if (length > bytes_max) return std::nullopt;
  std::string out(length, '\0');
  if (!read_all(descriptor, out.data(), out.size(), until)) return std::nullopt;
  return out;
}

}  // namespace intake::service::worker
