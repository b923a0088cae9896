#include "service/worker/child.hpp"

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace intake::service::worker {
namespace {

[[noreturn]] void fail(int error, char const* what) {
  throw std::system_error(error, std::generic_category(), what);
}

struct pipe_ends {
  int read = -1;
  int write = -1;

  pipe_ends() {
    std::array<int, 2> both{};
    if (::pipe2(both.data(), O_CLOEXEC) != 0) fail(errno, "pipe");
    read = both[0];
    write = both[1];
  }
  ~pipe_ends() {
    if (read >= 0) ::close(read);
    if (write >= 0) ::close(write);
  }
  pipe_ends(pipe_ends const&) = delete;
  pipe_ends& operator=(pipe_ends const&) = delete;
};

/// What a child gets: its pipes, and no signal blocked or ignored that the parent blocks.
class spawn_plan {
 public:
  spawn_plan(int in, int out) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawn_file_actions_adddup2(&files_, in, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files_, out, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
  }
  ~spawn_plan() {
    ::posix_spawn_file_actions_destroy(&files_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  spawn_plan(spawn_plan const&) = delete;
  spawn_plan& operator=(spawn_plan const&) = delete;

  pid_t start(std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (auto& each : command) arguments.push_back(each.data());
    arguments.push_back(nullptr);
    // The environment may hold secrets, and the child needs none of it.
    char* environment[] = {nullptr};
    pid_t process = -1;
    auto const error =
        ::posix_spawn(&process, arguments[0], &files_, &attributes_, arguments.data(), environment);
    if (error != 0) fail(error, command.front().c_str());
    return process;
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

void make_nonblocking(int descriptor) {
  if (::fcntl(descriptor, F_SETFL, O_NONBLOCK) != 0) fail(errno, "fcntl");
}

}  // namespace

child::child(std::vector<std::string> command) {
  pipe_ends down;
  pipe_ends up;
  make_nonblocking(down.write);
  make_nonblocking(up.read);
  process_ = spawn_plan(down.read, up.write).start(command);
  to_ = std::exchange(down.write, -1);
  from_ = std::exchange(up.read, -1);
}

child::~child() {
  ::close(to_);
  ::close(from_);
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::optional<std::string> child::ask(std::string_view bytes, std::size_t answer_bytes_max,
                                      deadline until) {
  if (!write_frame(to_, bytes, until)) return std::nullopt;
  return read_frame(from_, answer_bytes_max, until);
}

}  // namespace intake::service::worker
