#include "service/worker/sandbox.hpp"

#include <cerrno>
#include <memory>
#include <stdexcept>
#include <string>

#include <linux/close_range.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace intake::service::worker {
namespace {

// What memory, time, ending and pipes need. Everything else fails with EPERM: a library that asks
// for a file it can do without goes on without it, and nobody gets one.
constexpr int allowed_calls[] = {
    SCMP_SYS(read),           SCMP_SYS(write),         SCMP_SYS(writev),
    SCMP_SYS(close),          SCMP_SYS(brk),           SCMP_SYS(mmap),
    SCMP_SYS(munmap),         SCMP_SYS(mremap),        SCMP_SYS(mprotect),
    SCMP_SYS(madvise),        SCMP_SYS(futex),         SCMP_SYS(exit),
    SCMP_SYS(exit_group),     SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(getpid),        SCMP_SYS(gettid),
    SCMP_SYS(sched_yield),    SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),
    SCMP_SYS(restart_syscall)};

// Sanitizers find out through a pipe of their own whether memory may be read, and reserve
// terabytes.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif
constexpr rlim_t descriptors_max = is_sanitized ? 16 : 3;

[[noreturn]] void refuse(char const* what) {
  throw std::runtime_error(std::string("the worker's sandbox could not be made: ") + what);
}

void limit(__rlimit_resource what, rlim_t most, char const* name) {
  rlimit const both{most, most};
  if (::setrlimit(what, &both) != 0) refuse(name);
}

void limit_resources(sandbox_limits const& limits) {
  limit(RLIMIT_CORE, 0, "RLIMIT_CORE");
  limit(RLIMIT_FSIZE, 0, "RLIMIT_FSIZE");
  limit(RLIMIT_NOFILE, descriptors_max, "RLIMIT_NOFILE");
  if (!is_sanitized) limit(RLIMIT_AS, limits.memory_bytes_max, "RLIMIT_AS");
}

/// abort() sends SIGABRT to itself: tgkill is allowed for this process only.
bool allow_own_signals(scmp_filter_ctx filter) {
  auto const self = static_cast<scmp_datum_t>(::getpid());
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                          SCMP_A0(SCMP_CMP_EQ, self)) == 0;
}

void filter_calls() {
  std::unique_ptr<void, void (*)(scmp_filter_ctx)> const filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)),
                                                                seccomp_release);
  if (filter == nullptr) refuse("seccomp_init");
  for (auto const call : allowed_calls) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) refuse("seccomp_rule_add");
  }
  if constexpr (is_sanitized) {
    for (auto const call : {SCMP_SYS(pipe), SCMP_SYS(pipe2)}) {
      if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) refuse("seccomp_rule_add");
    }
  }
  if (!allow_own_signals(filter.get())) refuse("seccomp_rule_add");
  if (seccomp_load(filter.get()) != 0) refuse("seccomp_load");
}

}  // namespace

void enter_sandbox(sandbox_limits const& limits) {
  if (::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0) != 0) refuse("close_range");
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) refuse("PR_SET_DUMPABLE");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) refuse("PR_SET_NO_NEW_PRIVS");
  limit_resources(limits);
  filter_calls();
}

}  // namespace intake::service::worker
