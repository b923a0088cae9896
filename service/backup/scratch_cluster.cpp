#include "service/backup/scratch_cluster.hpp"

#include "db/pool.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <pwd.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace intake::service::backup {
namespace {

constexpr char const* unprivileged_user = "postgres";
constexpr std::string_view folder_prefix = "intake-scratch-";
constexpr std::time_t left_over_seconds = 60;
constexpr std::chrono::seconds start_max{60};
constexpr std::uintmax_t room_needed = std::uintmax_t{256} << 20;
constexpr std::chrono::milliseconds poll_every{50};

// What a throw-away cluster need not survive, it need not wait for.
constexpr char const* configuration = R"(
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 4GB
maintenance_work_mem = 128MB
jit = off
log_min_messages = fatal
log_min_error_statement = panic
)";

/// The descriptor that holds the lock; negative where another program has it.
int claim(std::string const& folder) {
  int const file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  if (file >= 0) ::close(file);
  return -1;
}

/// The usual reason why a throw-away cluster ends early.
std::string room_in(std::filesystem::path const& folder) {
  std::error_code failed;
  auto const room = std::filesystem::space(folder, failed);
  if (failed || room.available > room_needed) return {};
  return " (" + folder.string() + " has " + std::to_string(room.available >> 20) +
         " MiB left; [backup] scratch_folder names another place)";
}

/// Nobody else's folder of that name; and a new one is claimed long before it is a minute old.
bool may_be_left_over(std::filesystem::path const& folder) {
  if (!folder.filename().string().starts_with(folder_prefix)) return false;
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return false;
  auto const* user = ::geteuid() == 0 ? ::getpwnam(unprivileged_user) : nullptr;
  bool const ours =
      status.st_uid == ::geteuid() || (user != nullptr && status.st_uid == user->pw_uid);
  return ours && ::time(nullptr) - status.st_mtime > left_over_seconds;
}

void remove_left_over(std::string const& parent) {
  std::error_code ignored;
  for (auto const& entry : std::filesystem::directory_iterator(parent, ignored)) {
    if (!may_be_left_over(entry.path())) continue;
    int const held = claim(entry.path());
    if (held < 0) continue;
    std::filesystem::remove_all(entry.path(), ignored);
    ::close(held);
  }
}

std::string new_folder(std::string const& parent) {
  remove_left_over(parent);
  auto path = parent + "/" + std::string(folder_prefix) + "XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) {
    throw std::runtime_error("can't make a folder in " + parent + ": " + std::strerror(errno));
  }
  return path;
}

void give_to_server_user(std::string const& folder) {
  if (::geteuid() != 0) return;
  auto const* user = ::getpwnam(unprivileged_user);
  if (user == nullptr) {
    throw std::runtime_error("there is no user postgres to run a throw-away PostgreSQL as");
  }
  if (::chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::runtime_error("can't give " + folder + " to postgres: " + std::strerror(errno));
  }
}

/// A server whose starter is gone goes as well: SIGQUIT is its immediate shutdown.
std::vector<std::string> as_server_user(std::vector<std::string> command) {
  std::vector<std::string> all{"/usr/bin/setpriv", "--pdeathsig", "QUIT"};
  if (::geteuid() == 0) {
    for (auto const* each : {"--reuid=postgres", "--regid=postgres", "--init-groups"}) {
      all.emplace_back(each);
    }
  }
  all.emplace_back("--");
  all.insert(all.end(), std::make_move_iterator(command.begin()),
             std::make_move_iterator(command.end()));
  return all;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}

}  // namespace

scratch_cluster::scratch_cluster(scratch_settings const& settings)
    : folder_(new_folder(settings.parent)), claim_(claim(folder_)) {
  try {
    give_to_server_user(folder_);
    create(settings);
    start(settings.programs);
  } catch (...) {
    remove();
    throw;
  }
}

scratch_cluster::~scratch_cluster() {
  remove();
}

std::string scratch_cluster::conninfo(std::string_view role, std::string_view database) const {
  return "host=" + folder_ + " user=" + std::string(role) + " dbname=" + std::string(database);
}

pid_t scratch_cluster::spawn(std::vector<std::string> command) const {
  auto all = as_server_user(std::move(command));
  std::vector<char*> arguments;
  for (auto& each : all) arguments.push_back(each.data());
  arguments.push_back(nullptr);
  char environment_c[] = "LC_ALL=C.UTF-8";
  char* environment[] = {environment_c, nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // A terminal's Ctrl-C ends the command, which then ends the server.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t child = -1;
  int const failure =
      ::posix_spawn(&child, arguments[0], &actions, &attributes, arguments.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) throw std::runtime_error(std::string("can't run setpriv (util-linux)"));
  return child;
}

void scratch_cluster::create(scratch_settings const& settings) {
  auto const initdb = settings.programs + "/initdb";
  if (!std::filesystem::exists(initdb)) {
    throw std::runtime_error(initdb +
                             " is not there; set [backup] postgres_programs to the folder of "
                             "PostgreSQL's server programs");
  }
  auto const status =
      wait_for(spawn({initdb, "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
                      "--username=postgres", "--pgdata=" + folder_ + "/data"}));
  if (status != 0) {
    throw std::runtime_error("initdb could not make a throw-away PostgreSQL in " + settings.parent +
                             room_in(settings.parent));
  }
  std::ofstream out(folder_ + "/data/postgresql.conf", std::ios::app);
  out << configuration << "unix_socket_directories = '" << folder_ << "'\n";
  if (!out.flush()) throw std::runtime_error("can't write into " + folder_);
}

void scratch_cluster::start(std::string const& programs) {
  server_ = spawn({programs + "/postgres", "-D", folder_ + "/data"});
  db::pool probe({.conninfo = conninfo("postgres", "postgres"), .connections_max = 1});
  auto const until = std::chrono::steady_clock::now() + start_max;
  while (!probe.reachable()) {
    if (::waitpid(server_, nullptr, WNOHANG) == server_) {
      server_ = -1;
      throw std::runtime_error("the throw-away PostgreSQL ended while it started" +
                               room_in(std::filesystem::path(folder_).parent_path()));
    }
    if (std::chrono::steady_clock::now() > until) {
      throw std::runtime_error("the throw-away PostgreSQL did not start in a minute");
    }
    std::this_thread::sleep_for(poll_every);
  }
}

void scratch_cluster::remove() noexcept {
  if (server_ > 0) {
    ::kill(server_, SIGQUIT);
    wait_for(server_);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  if (claim_ >= 0) ::close(claim_);
}

}  // namespace intake::service::backup
