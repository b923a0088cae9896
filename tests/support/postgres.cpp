#include "tests/support/postgres.hpp"

#include "db/schema.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <memory>
#include <stdexcept>

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace intake::tests {
namespace {

using pg_connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using pg_result = std::unique_ptr<PGresult, decltype(&PQclear)>;

struct pipe_ends {
  int read = -1;
  int write = -1;
};

pipe_ends make_pipe() {
  std::array<int, 2> ends{};
  // Close-on-exec: a child that held our end open would keep the cluster alive.
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe to be had");
  return {ends[0], ends[1]};
}

pid_t spawn_keeper(std::vector<std::string> const& settings, int input, int output) {
  std::string const script = INTAKE_SOURCE "/tests/support/throwaway_postgres";
  std::vector<char*> arguments{const_cast<char*>(script.c_str())};
  for (auto const& setting : settings) arguments.push_back(const_cast<char*>(setting.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t keeper = -1;
  int const failure =
      ::posix_spawn(&keeper, script.c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) throw std::runtime_error(script + " does not start");
  return keeper;
}

pg_connection connect(std::string const& conninfo) {
  pg_connection link(PQconnectdb(conninfo.c_str()), &PQfinish);
  if (PQstatus(link.get()) != CONNECTION_OK) {
    throw std::runtime_error(PQerrorMessage(link.get()));
  }
  PQsetNoticeProcessor(
      link.get(), [](void*, char const*) {}, nullptr);
  return link;
}

pg_result execute(pg_connection const& link, std::string const& statements) {
  return {PQexec(link.get(), statements.c_str()), &PQclear};
}

bool succeeded(pg_result const& result) {
  auto const status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}  // namespace

cluster::cluster(std::vector<std::string> const& settings) {
  auto const to_keeper = make_pipe();
  auto const from_keeper = make_pipe();
  orders_ = to_keeper.write;
  answers_ = from_keeper.read;
  keeper_ = spawn_keeper(settings, to_keeper.read, from_keeper.write);
  ::close(to_keeper.read);
  ::close(from_keeper.write);
  socket_directory_ = read_line();
  if (socket_directory_.empty()) throw std::runtime_error("no throw-away PostgreSQL to be had");
}

cluster::~cluster() {
  ::close(orders_);
  ::close(answers_);
  ::waitpid(keeper_, nullptr, 0);
}

std::string cluster::conninfo(std::string_view role, std::string_view database) const {
  return "host=" + socket_directory_ + " user=" + std::string(role) +
         " dbname=" + std::string(database);
}

std::string cluster::read_line() {
  std::string line;
  for (char c = 0;;) {
    auto const got = ::read(answers_, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || c == '\n') return line;
    line += c;
  }
}

void cluster::order(std::string_view command) {
  auto const line = std::string(command) + "\n";
  auto const written = ::write(orders_, line.data(), line.size());
  if (written != static_cast<ssize_t>(line.size()) || read_line() != "ok") {
    throw std::runtime_error("the throw-away PostgreSQL did not " + std::string(command));
  }
}

std::string const& cluster::template_database() {
  if (template_.empty()) {
    std::string const name = "intake_template";
    db::bootstrap(conninfo("postgres", "postgres"), name);
    db::migrate(conninfo("intake_migrate", name));
    template_ = name;
  }
  return template_;
}

cluster& shared_cluster() {
  static cluster one({"--no-fsync"});
  return one;
}

database::database(cluster& home) : database(home, home.template_database()) {}

std::unique_ptr<database> database::copy_of(database const& original) {
  return std::unique_ptr<database>(new database(original.home_, original.name_));
}

database::database(cluster& home, std::string const& original) : home_(home) {
  static std::atomic<int> made = 0;
  name_ = "test_" + std::to_string(++made);
  auto const link = connect(home_.conninfo("postgres", "postgres"));
  if (!succeeded(execute(
          link, "CREATE DATABASE " + name_ + " TEMPLATE " + original + " OWNER intake_owner"))) {
    throw std::runtime_error(PQerrorMessage(link.get()));
  }
}

database::~database() {
  // The cluster may be stopped by now; its databases go with it.
  pg_connection const link(PQconnectdb(home_.conninfo("postgres", "postgres").c_str()), &PQfinish);
  execute(link, "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
}

std::string database::conninfo(std::string_view role) const {
  return home_.conninfo(role, name_);
}

std::vector<std::vector<std::string>> database::sql(std::string const& statements) const {
  auto const link = connect(conninfo("postgres") + " options='-c search_path=intake'");
  auto const result = execute(link, statements);
  if (!succeeded(result)) throw std::runtime_error(PQerrorMessage(link.get()));
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < PQntuples(result.get()); ++i) {
    auto& row = rows.emplace_back();
    for (int k = 0; k < PQnfields(result.get()); ++k) {
      row.emplace_back(PQgetvalue(result.get(), i, k));
    }
  }
  return rows;
}

std::string database::value(std::string const& query) const {
  auto const rows = sql(query);
  if (rows.empty()) throw std::runtime_error("no row: " + query);
  return rows[0].at(0);
}

std::string database::refusal(std::string_view role, std::string const& statements) const {
  auto const link = connect(conninfo(role) + " options='-c search_path=intake'");
  auto const result = execute(link, statements);
  if (succeeded(result)) return "";
  char const* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  return state == nullptr ? "?" : state;
}

}  // namespace intake::tests
