#include "tests/support/simulator.hpp"

#include "certs/dev_ca.hpp"
#include "certs/random.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace intake::tests {
namespace {

[[noreturn]] void become(std::vector<std::string> const& command, int output) {
  ::dup2(output, STDOUT_FILENO);
  std::vector<char*> arguments;
  for (auto const& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

std::string read_line(int from) {
  std::string line;
  for (char c = 0; ::read(from, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

bool simulator::can_run() {
  auto const child = ::fork();
  if (child == 0) become({"node", "--version"}, ::open("/dev/null", O_WRONLY));
  int status = 1;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

simulator::simulator(std::string const& folder, std::string const& script, std::string arguments)
    : folder_(folder) {
  certs::create_development_files(certs::system_world(), folder, {});
  std::ofstream(folder + "/script.json") << script;
  std::vector<std::string> command{
      "node",          INTAKE_SOURCE "/tests/support/clearinghouse/simulator.mjs",
      "--certificate", folder + "/server.crt",
      "--key",         folder + "/server.key",
      "--script",      folder + "/script.json"};
  std::istringstream more(arguments);
  for (std::string each; more >> each;) command.push_back(each);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the simulator");
  process_ = ::fork();
  if (process_ == 0) become(command, ends[1]);
  ::close(ends[1]);
  output_ = ends[0];
  auto const line = read_line(output_);
  if (!line.starts_with("listening ")) throw std::runtime_error("the simulator did not come up");
  port_ = line.substr(10);
}

simulator::~simulator() {
  if (process_ > 0) {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  if (output_ >= 0) ::close(output_);
}

}  // namespace intake::tests
