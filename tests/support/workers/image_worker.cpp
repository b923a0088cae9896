#include "service/worker/image_worker.hpp"

#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/// The program's own reader of files, with planted faults: what a file says instead of being one.
/// It answers "escape" with what the sandbox let through.
namespace {

using namespace intake::service::worker;

std::string escapes() {
  std::string out;
  if (::open("/etc/passwd", O_RDONLY) >= 0) out += "file read, ";
  if (::open("/tmp/intake-escape", O_CREAT | O_WRONLY, 0600) >= 0) out += "file written, ";
  if (::socket(AF_UNIX, SOCK_STREAM, 0) >= 0) out += "socket, ";
  if (::kill(::getppid(), 0) == 0) out += "signal, ";
  auto const child = ::fork();
  if (child == 0) ::_exit(0);
  if (child > 0) out += "process, ";
  return out;
}

or_fault<clean_file> work(std::string_view file) {
  if (file == "abort") std::abort();
  if (file == "segment") ::raise(SIGSEGV);
  if (file == "exit") ::_exit(0);
  if (file == "throw") throw std::runtime_error("planted");
  if (file == "memory") {
    for (std::vector<std::string> eaten;;) eaten.emplace_back(64 << 20, 'x');
  }
  if (file == "nonsense") {
    [[maybe_unused]] auto const written = ::write(STDOUT_FILENO, "\4\0\0\0what", 8);
    ::_exit(0);
  }
  while (file == "hang") ::getpid();
  if (file == "escape") return clean_file{file_kind::jpeg, escapes()};
  return read_file(file);
}

}  // namespace

int main() {
  return serve_one_file(work);
}
