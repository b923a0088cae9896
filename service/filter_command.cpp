#include "service/filter_command.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace intake::service {
namespace {

constexpr std::chrono::milliseconds poll_every{10};

/// A pipe whose reading end holds all of the input already: it fits into the pipe's buffer.
int filled_pipe(std::string_view input) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe to be had");
  ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
  auto const written = ::write(ends[1], input.data(), input.size());
  ::close(ends[1]);
  if (written == static_cast<ssize_t>(input.size())) return ends[0];
  ::close(ends[0]);
  throw std::runtime_error("the command's input is too large");
}

pid_t start(std::vector<std::string> const& command, int input) {
  std::vector<std::string> copy = command;
  std::vector<char*> arguments;
  for (auto& each : copy) arguments.push_back(each.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  // The service's threads block signals; the command starts without.
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  char* environment[] = {nullptr};
  pid_t child = -1;
  int const failure =
      ::posix_spawn(&child, arguments[0], &actions, &attributes, arguments.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  ::close(input);
  if (failure != 0) throw std::runtime_error(command.front() + " can't be started");
  return child;
}

}  // namespace

void feed_command(std::vector<std::string> const& command, std::string_view input,
                  std::chrono::milliseconds time_max) {
  auto const child = start(command, filled_pipe(input));
  auto const until = std::chrono::steady_clock::now() + time_max;
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > until) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      throw std::runtime_error(command.front() + " was not done in time");
    }
    std::this_thread::sleep_for(poll_every);
  }
  if (status != 0) throw std::runtime_error(command.front() + " did not end with 0");
}

}  // namespace intake::service
